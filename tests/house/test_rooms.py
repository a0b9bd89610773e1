"""Who may know what: imports and calls that a room must not have."""

import ast
from collections.abc import Iterator

import pytest
import yaml

from tests.house.tracked import ROOT, list_modules, parse_module

ROOMS = yaml.safe_load((ROOT / "tests/house/rooms.yml").read_text(encoding="utf8"))


def find_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, `from a import b` as `a.b`, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def find_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def is_under(name: str, prefix: str) -> bool:
    """Whether a dotted name is the prefix or stands below it."""
    return name == prefix or name.startswith(f"{prefix}.")


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_nothing_it_must_not_know(room: str) -> None:
    rule = ROOMS[room]
    offences = [
        f"{path}:{line} imports {name}"
        for path in list_modules(room)
        for line, name in find_imports(parse_module(path))
        if any(is_under(name, prefix) for prefix in rule["modules"])
    ]
    assert not offences, f"{offences}; hint: {rule['why']}"


@pytest.mark.parametrize("room", ROOMS)
def test_room_calls_nothing_it_must_not_call(room: str) -> None:
    rule = ROOMS[room]
    offences = [
        f"{path}:{line} calls {name}"
        for path in list_modules(room)
        for line, name in find_calls(parse_module(path))
        if any(name == end or name.endswith(f".{end}") for end in rule["calls"])
    ]
    assert not offences, f"{offences}; hint: {rule['why']}"


def test_rules_catch_a_module_that_breaks_them() -> None:
    tree = ast.parse("import datetime as dt\nfrom duckdb import connect\nfrom urllib import request\ndt.datetime.now()")
    imports = [name for _, name in find_imports(tree)]
    calls = [name for _, name in find_calls(tree)]
    parsers = ROOMS["parsers"]
    assert [name for name in imports if any(is_under(name, prefix) for prefix in parsers["modules"])] == [
        "duckdb.connect",
        "urllib.request",
    ]
    assert [name for name in calls if any(name.endswith(f".{end}") for end in parsers["calls"])] == ["dt.datetime.now"]
