"""Files that cannot be opened are named with the reason and the remedy."""

import os
from pathlib import Path

import pytest

from gongkai.commands.files import FileProblem, read_file
from gongkai.messages import LANGUAGES


def make_missing(folder: Path) -> Path:
    return folder / "nothing.html"


def make_folder(folder: Path) -> Path:
    return folder


def make_dangling_link(folder: Path) -> Path:
    link = folder / "link.html"
    link.symlink_to(folder / "gone.html")
    return link


def make_looping_link(folder: Path) -> Path:
    link = folder / "loop.html"
    link.symlink_to(link)
    return link


def make_special(folder: Path) -> Path:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    return pipe


def make_name_too_long(folder: Path) -> Path:
    return folder / ("长" * 200)


def make_path_through_file(folder: Path) -> Path:
    (folder / "file.html").write_text("x")
    return folder / "file.html" / "inside.html"


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (make_missing, "missing"),
        (make_folder, "folder"),
        (make_dangling_link, "dangling_link"),
        (make_looping_link, "looping_link"),
        (make_special, "special"),
        (make_name_too_long, "name_too_long"),
        (make_path_through_file, "missing"),
    ],
)
def test_file_that_cannot_be_opened_names_reason_and_remedy(tmp_path: Path, make, kind: str) -> None:
    path = make(tmp_path)
    problem = read_file(path)
    assert isinstance(problem, FileProblem)
    assert problem.kind == kind
    for language in LANGUAGES:
        assert str(path) in problem.describe(language)
        assert problem.advise(language)


def test_path_with_a_null_character_is_a_problem_and_not_a_crash() -> None:
    problem = read_file(Path("a\0b"))
    assert isinstance(problem, FileProblem)
    assert problem.kind == "other"


def test_bytes_are_read_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"\xff\x00")
    (tmp_path / "b.html").symlink_to(tmp_path / "a.html")
    assert read_file(tmp_path / "b.html") == b"\xff\x00"
