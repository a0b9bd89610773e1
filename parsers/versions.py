"""What a result depends on, as hashes: a corrected label must not repeat hours of reading scans.

The carriers' version covers `parsers/carriers/`, `page.py` and the modules of `parsers` that they import; the form's
version covers all of `parsers/` but the carriers. Both cover the libraries that this code imports, as installed, and
Python's minor version. Nothing is typed by hand. Line ends count as one, so Windows has the same versions.
"""

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
VERSION_DIGITS = 16
# Made by the interpreter or the system from what is hashed already.
LEFT_OUT_SUFFIXES = frozenset({".pyc", ".pyo"})


@cache
def compute_carrier_version() -> str:
    """The version of what turns bytes into pages."""
    own = [path for path in list_files() if is_carrier_file(path)]
    return hash_files(follow_imports([*own, PACKAGE / "page.py"]))


@cache
def compute_form_version() -> str:
    """The version of what turns a page into reports."""
    return hash_files(path for path in list_files() if not is_carrier_file(path))


def list_files() -> list[Path]:
    """Every file of the package, code and data, sorted by its path from the package's root."""
    found = [
        path
        for path in PACKAGE.rglob("*")
        if path.is_file()
        and path.suffix not in LEFT_OUT_SUFFIXES
        and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(PACKAGE).parts)
    ]
    return sorted(found, key=_name_file)


def is_carrier_file(path: Path) -> bool:
    """Whether a file belongs to the carriers."""
    return path.is_relative_to(PACKAGE / "carriers")


def follow_imports(files: Iterable[Path]) -> set[Path]:
    """These files and every module of the package that they import, directly or through one another."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        waiting.extend(module for name in list_imports(path) if (module := locate_module(name)) is not None)
    return found


def list_imports(path: Path) -> Iterator[str]:
    """The dotted names a module imports, `from a import b` as `a.b`; none for a file that is no Python."""
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def locate_module(name: str) -> Path | None:
    """The file of a module of this package, or of the module that an imported name stands in; else null."""
    first, *rest = name.split(".")
    if first != PACKAGE.name:
        return None
    for depth in range(len(rest), 0, -1):
        place = PACKAGE.joinpath(*rest[:depth])
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file():
                return file
    return None


def hash_files(files: Iterable[Path]) -> str:
    """The hash of files by path and content, of the libraries they import, and of Python's minor version."""
    ordered = sorted(files, key=_name_file)
    digest = hashlib.sha256(f"python {sys.version_info.major}.{sys.version_info.minor}\n".encode())
    for name, installed in list_libraries(ordered).items():
        digest.update(f"{name} {installed}\n".encode())
    for path in ordered:
        content = normalise_lines(path.read_bytes())
        digest.update(f"{_name_file(path)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:VERSION_DIGITS]


def list_libraries(files: Iterable[Path]) -> dict[str, str]:
    """The distributions that the files import, with the versions installed; `missing` for what is not."""
    modules = {name.split(".")[0] for path in files for name in list_imports(path)}
    distributions = _map_distributions()
    libraries = {}
    for module in sorted(modules - sys.stdlib_module_names - {PACKAGE.name}):
        names = distributions.get(module)
        if names is None:
            libraries[module] = "missing"
            continue
        libraries.update({name: version(name) for name in sorted(set(names))})
    return libraries


def normalise_lines(content: bytes) -> bytes:
    """Text with line feeds only; bytes that are no text as they are."""
    return content if b"\0" in content else content.replace(b"\r\n", b"\n")


@cache
def _map_distributions() -> dict[str, list[str]]:
    return dict(packages_distributions())


def _name_file(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()
