"""The files under a folder, in a fixed order, with the traps of real folders named."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.store.problems import FileProblem, explain_file_error

# Files that systems and office programs leave in folders; never a report.
IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
IGNORED_PREFIXES = (".", "~$")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file passed over by its name: hidden, or left by a program."""

    path: Path


def walk_files(root: Path, leave_out: Path) -> Iterator[Path | Ignored | FileProblem]:
    """Every file under `root`, sorted by name folder by folder; `root` may be one file.

    Links are followed, but no folder is entered twice, so circles end. `leave_out` (the home folder) is not entered.
    """
    if not root.is_dir():
        yield root
        return
    seen = {_identify_folder(leave_out)} if leave_out.is_dir() and leave_out.resolve() != root.resolve() else set()
    yield from _walk_folder(root, seen)


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is passed over."""
    return name.startswith(IGNORED_PREFIXES) or name.lower() in IGNORED_NAMES


def show_path(path: Path) -> str:
    """The path as text; bytes that are no UTF-8 are written as `\\xNN`, so that it can always be stored and shown."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Ignored | FileProblem]:
    try:
        identity = _identify_folder(folder)
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        yield FileProblem(show_path(folder), "folder_not_readable", error.strerror)
        return
    if identity in seen:
        return
    seen.add(identity)
    for name in names:
        path = folder / name
        if is_ignored(name):
            yield Ignored(path)
            continue
        yield from _walk_entry(path, seen)


def _walk_entry(path: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Ignored | FileProblem]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        reason = "broken_link" if path.is_symlink() else "file_vanished"
        yield FileProblem(show_path(path), reason, error.strerror)
        return
    except OSError as error:
        yield explain_file_error(show_path(path), error)
        return
    if stat.S_ISDIR(mode):
        yield from _walk_folder(path, seen)
    elif stat.S_ISREG(mode):
        yield path
    else:
        yield FileProblem(show_path(path), "not_a_regular_file")


def _identify_folder(folder: Path) -> tuple[int, int]:
    found = folder.stat()
    return found.st_dev, found.st_ino
