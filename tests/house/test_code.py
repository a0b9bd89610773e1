"""How a module is written: its length, its docstrings, and what it must not do."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tracked import ROOT, SOURCE_ROOMS, list_files, list_modules, parse_module, read_text

LINES_AT_MOST = 400


def find_undocumented(path: Path) -> Iterator[str]:
    """The module itself, and its public functions and classes, where they have no docstring."""
    tree = parse_module(path)
    if ast.get_docstring(tree) is None:
        yield f"{path}"
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield f"{path}:{node.lineno} {node.name}"


def is_default_zero(node: ast.AST) -> bool:
    """Whether a call is `.get(key, 0)`, which turns what is not there into a figure."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "get":
        return False
    return len(node.args) == 2 and isinstance(node.args[1], ast.Constant) and node.args[1].value in (0, "0")


def is_broad_handler(node: ast.AST) -> bool:
    """Whether an `except` swallows everything, the programmer's own mistakes included; one that raises on does not."""
    if not isinstance(node, ast.ExceptHandler) or ast.unparse(node.body[-1]) == "raise":
        return False
    return node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")


def has_check(test: ast.AST) -> bool:
    """Whether a test can fail by its own judgement: an `assert`, or a call that raises or asserts."""
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and any(word in ast.unparse(node.func) for word in ("assert", "raises")))
        for node in ast.walk(test)
    )


def test_public_code_has_docstrings() -> None:
    missing = [place for path in list_modules(*SOURCE_ROOMS) for place in find_undocumented(path)]
    assert not missing, f"{missing}; hint: say in a sentence what it reads or does, its grain, units and errors"


def test_modules_stay_short() -> None:
    lengths = {
        path: len((read_text(path) or "").splitlines())
        for path in list_files()
        if path.suffix in (".py", ".sql", ".ts")
    }
    long = {str(path): length for path, length in lengths.items() if length > LINES_AT_MOST}
    assert not long, f"{long}; hint: split the module by subject; {LINES_AT_MOST} lines are the most"


def test_missing_values_are_not_read_as_zero() -> None:
    offences = [
        f"{path}:{node.lineno}"
        for path in list_modules(*SOURCE_ROOMS)
        for node in ast.walk(parse_module(path))
        if isinstance(node, ast.Call) and is_default_zero(node)
    ]
    assert not offences, f"{offences}; hint: handle the missing key by name, or let it raise"


def test_errors_are_caught_by_name() -> None:
    offences = [
        f"{path}:{node.lineno}"
        for path in list_modules(*SOURCE_ROOMS, "tests")
        for node in ast.walk(parse_module(path))
        if isinstance(node, ast.ExceptHandler) and is_broad_handler(node)
    ]
    assert not offences, f"{offences}; hint: name the errors that are expected here"


def test_every_test_checks_something() -> None:
    idle = [
        f"{path}:{node.lineno} {node.name}"
        for path in list_modules("tests")
        for node in ast.walk(parse_module(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not has_check(node)
    ]
    assert not idle, f"{idle}; hint: a test without an assertion cannot fail"


def test_modules_of_the_house_are_found() -> None:
    assert (ROOT / "parsers/page.py").is_file()
    assert {path.parts[0] for path in list_modules(*SOURCE_ROOMS)} >= {"gongkai", "orchestration", "parsers"}
