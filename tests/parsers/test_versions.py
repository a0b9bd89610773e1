"""The parsers' versions follow the code, the data, the libraries and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers import versions

IMPORTING = "import yaml\nfrom parsers.text import fold\nfrom parsers import page\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small package that stands in the place of `parsers`."""
    made = tmp_path / "parsers"
    files = {
        "__init__.py": "",
        "page.py": "from dataclasses import dataclass\n",
        "report.py": "",
        "text.py": "import unicodedata\n",
        "carriers/__init__.py": IMPORTING,
        "carriers/formats.yml": "a: 1\nb: 2\n",
        "form/labels.yml": "甲: 乙\n",
    }
    for name, content in files.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf8")
    monkeypatch.setattr(versions, "PACKAGE", made)
    yield made
    forget_versions()


def forget_versions() -> None:
    for function in (versions.compute_carrier_version, versions.compute_form_version):
        function.cache_clear()


def compute() -> tuple[str, str]:
    forget_versions()
    return versions.compute_carrier_version(), versions.compute_form_version()


@pytest.mark.parametrize(
    ("name", "changes_carrier", "changes_form"),
    [
        ("carriers/formats.yml", True, False),
        ("carriers/__init__.py", True, False),
        ("page.py", True, True),
        ("text.py", True, True),
        ("report.py", False, True),
        ("form/labels.yml", False, True),
    ],
)
def test_version_follows_the_files_of_its_stage(
    package: Path, name: str, changes_carrier: bool, changes_form: bool
) -> None:
    carrier, form = compute()
    with (package / name).open("a", encoding="utf8") as file:
        file.write("# changed\n")
    changed_carrier, changed_form = compute()
    assert (changed_carrier != carrier, changed_form != form) == (changes_carrier, changes_form)


def test_new_file_and_new_name_change_the_version(package: Path) -> None:
    before = compute()[1]
    (package / "form/labels.yml").rename(package / "form/names.yml")
    renamed = compute()[1]
    (package / "form/more.yml").write_text("")
    assert len({before, renamed, compute()[1]}) == 3


def test_line_ends_and_compiled_files_do_not_count(package: Path) -> None:
    before = compute()
    formats = package / "carriers/formats.yml"
    formats.write_bytes(formats.read_bytes().replace(b"\n", b"\r\n"))
    (package / "carriers/__pycache__").mkdir()
    (package / "carriers/__pycache__/x.pyc").write_bytes(b"\0")
    (package / ".DS_Store").write_bytes(b"\0")
    assert compute() == before


def test_library_versions_count_where_they_are_imported(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [package / "carriers/__init__.py"]
    assert list(versions.list_libraries(files)) == ["PyYAML"]
    assert versions.list_libraries([package / "text.py"]) == {}
    carrier, form = compute()
    monkeypatch.setattr(versions, "version", lambda name: "99")
    assert compute() != (carrier, form)
    assert compute()[1] == form


def test_library_that_is_not_installed_is_said_to_be_missing(package: Path) -> None:
    path = package / "carriers/scan.py"
    path.write_text("import no_such_library\n", encoding="utf8")
    assert versions.list_libraries([path]) == {"no_such_library": "missing"}


def test_versions_of_the_parsers_are_sixteen_digits() -> None:
    for version in compute():
        assert len(version) == 16
        assert int(version, 16) >= 0
