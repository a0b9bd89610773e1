"""What the documents promise: sections, records, commands that exist."""

import re

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from gongkai.cli import COMMANDS, build_app
from tests.house.tracked import ROOT, list_files

SECTIONS = ["Coverage", "Schema", "Corrections", "Parsers", "Tooling"]
PUBLIC_TARGETS = {
    "run",
    "test",
    "test-slow",
    "check",
    "ui",
    "docs",
    "bench",
    "clean",
    "format",
    "evaluate-prose",
    "torture",
}
GUIDES = [path for path in list_files() if path.suffix == ".md" and path.parts[0] not in ("data", "tests")]


def read_targets() -> dict[str, str]:
    """The Makefile's targets with their help; a target without help has an empty one."""
    text = (ROOT / "Makefile").read_text(encoding="utf8")
    rules = re.findall(r"^([a-z][a-z-]*):(?!=)(.*)$", text, flags=re.MULTILINE)
    return {name: rest.partition("## ")[2] for name, rest in rules}


def test_makefile_targets_all_have_help() -> None:
    targets = read_targets()
    assert set(targets) >= PUBLIC_TARGETS
    assert not [name for name, text in targets.items() if not text]


def test_makefile_targets_are_all_phony() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf8"), flags=re.MULTILINE)
    assert phony is not None
    assert set(phony.group(1).split()) == set(read_targets())


def test_changelog_has_the_sections_data_users_expect() -> None:
    releases = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(encoding="utf8"), flags=re.MULTILINE)[1:]
    assert releases
    for release in releases:
        found = re.findall(r"^### (.*)$", release, flags=re.MULTILINE)
        assert found == [section for section in SECTIONS if section in found], release.splitlines()[0]


def test_decisions_are_indexed_numbered_and_short() -> None:
    folder = ROOT / "docs/decisions"
    records = sorted(path.name for path in folder.glob("0*.md"))
    linked = re.findall(r"\]\((0[^)]+)\)", (folder / "README.md").read_text(encoding="utf8"))
    assert linked == records
    for number, name in enumerate(records, start=1):
        text = (folder / name).read_text(encoding="utf8")
        assert text.startswith(f"# {number}. ")
        assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"], name
        assert len(text.splitlines()) <= 45, f"{name}; hint: a record stays under a page"


@pytest.mark.parametrize("guide", GUIDES, ids=str)
def test_guide_names_only_make_targets_that_exist(guide: object) -> None:
    text = (ROOT / str(guide)).read_text(encoding="utf8")
    named = set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text, flags=re.MULTILINE))
    assert named <= set(read_targets())


@pytest.mark.parametrize("guide", GUIDES, ids=str)
def test_guide_links_only_files_that_exist(guide: object) -> None:
    path = ROOT / str(guide)
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf8"))
    missing = [target for target in targets if not (path.parent / target).exists()]
    assert not missing


def read_commands() -> dict[str, set[str]]:
    """The commands of `gongkai` with their options, as the application itself defines them."""
    group = get_command(build_app("en"))
    assert isinstance(group, TyperGroup)
    return {
        name: {option for parameter in command.params for option in parameter.opts}
        for name, command in group.commands.items()
    }


def test_application_has_the_commands_it_knows_hints_for() -> None:
    assert set(read_commands()) == set(COMMANDS)
    assert "--format" in read_commands()["parse"]


@pytest.mark.parametrize("guide", GUIDES, ids=str)
def test_guide_names_only_commands_and_options_that_exist(guide: object) -> None:
    text = (ROOT / str(guide)).read_text(encoding="utf8")
    commands = read_commands()
    for command, rest in re.findall(r"(?:`|run )gongkai ([a-z]+)([^`|\n]*)", text):
        assert command in commands
        assert set(re.findall(r"--[a-z-]+", rest)) <= commands[command], f"gongkai {command}{rest}"
