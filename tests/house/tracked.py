"""The repository's files and their syntax trees, as the house rules look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_ROOMS = ("gongkai", "orchestration", "crawler", "parsers", "benchmarks")


@cache
def list_files() -> tuple[Path, ...]:
    """Paths, from the repository's root, of every file in git or about to enter it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return tuple(sorted(Path(name) for name in set(listing.split("\0")) if name and (ROOT / name).is_file()))


def list_modules(*rooms: str) -> tuple[Path, ...]:
    """Python files in the given top folders."""
    return tuple(path for path in list_files() if path.suffix == ".py" and path.parts[0] in rooms)


@cache
def parse_module(path: Path) -> ast.Module:
    """The syntax tree of one Python file."""
    return ast.parse((ROOT / path).read_text(encoding="utf8"), filename=str(path))


def read_text(path: Path) -> str | None:
    """The file's text, or none when it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf8")
    except UnicodeDecodeError:
        return None
