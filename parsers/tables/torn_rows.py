"""Finds rows whose label was torn: the line of the form is blank, and its figures stand beside the rest of its label.

A label that goes on in a row of its own, as where a page break cuts it, is found there; its row prints nothing, and a
row next to it prints figures beside what is no label of the form. Whose figures these are is not decided.
"""

from collections.abc import Iterable

from parsers.tables.alignment import Alignment
from parsers.tables.labels import LISTED
from parsers.tables.rows import Row
from parsers.tables.tokens import Token


def find_torn_rows(
    alignment: Alignment, rows: list[Row], tokens: tuple[Token, ...], taken: frozenset[int]
) -> dict[str, tuple[Token, ...]]:
    """The figures without a place next to each row that is blank and not called what the form calls it, by line id."""
    grids = {tokens[match.token_no].grid_no for match in alignment.matches if match.label.kind in ("line", "column")}
    placed = {id(cell) for row in rows for cell in row.cells}
    found: dict[str, tuple[Token, ...]] = {}
    labels = {id(tokens[match.token_no]): match for match in alignment.matches if match.label.kind == "line"}
    for row in rows:
        match = labels.get(id(row.place.row_label))
        if match is None or match.likeness >= LISTED or any(cell.text.strip() for cell in row.cells):
            continue
        behind = match.token_no + len(row.cells) + 1
        for reach in (range(match.token_no - 1, -1, -1), range(behind, len(tokens))):
            strays = [token for token in _walk(reach, tokens, taken, placed) if token.grid_no in grids]
            if strays:
                found[match.label.id] = tuple(sorted(strays, key=lambda token: (token.row, token.column)))
    return found


def _walk(reach: Iterable[int], tokens: tuple[Token, ...], taken: frozenset[int], placed: set[int]) -> Iterable[Token]:
    """The figures up to the next label of the form or the next figure that has a place."""
    for token_no in reach:
        token = tokens[token_no]
        if token_no in taken or id(token) in placed:
            return
        if token.text.strip() and not token.label:
            yield token
