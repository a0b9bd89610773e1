"""Which printed cell of a row belongs to which column.

A row is given a column by its place under the header, by its number in the row, or, where spans were lost, by the one
window of cells that leaves only blanks outside. Where more than one way is open, every way is kept: a column that
reads the same in all of them is certain, any other is unreadable. Figures are never looked at to choose a way.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from parsers.tables.numbers import normalise_text
from parsers.tables.tokens import Token

_MOST_EXTRA_CELLS = 3
# Rows of tables 3 and 4; a figure of table 2 may have as many digits as its row has cells.
_FEWEST_IN_RUN = 5
_RUN_WITH_WORDS = re.compile(r"\d{5,}[^\d.,件条项人次万元]")


@dataclass(frozen=True, slots=True)
class Placement:
    """The ways to read one row: each way has one token (or null: not printed) a column.

    `extra` are printed cells with no column. `is_whole` is true when the row has just the cells it should have.
    `lead` is the number of blank cells before the figures, known only where there is one way.
    """

    ways: tuple[tuple[Token | None, ...], ...]
    extra: tuple[Token, ...] = ()
    is_whole: bool = True
    is_fused: bool = False
    lead: int | None = None


def place_row(
    columns: tuple[str, ...],
    cells: tuple[Token, ...],
    places: dict[str, Token],
    leads: frozenset[int],
    *,
    is_ordered: bool,
    is_padded: bool,
) -> Placement:
    """Place the cells of one row under `columns` (ids in printed order).

    `places` are the header cells of a placed grid by column id; `leads` are the numbers of leading blanks that rows
    of this page with one reading only are known to have. With `is_ordered` false the header prints its columns in
    another order than the form, so that only their place under it can tell figures apart. With `is_padded` other
    rows of the table hold blank cells beside their figures, so that a blank at an edge may be one of those.
    """
    width = len(columns)
    if not cells:
        return Placement(((None,) * width,), is_whole=False)
    if any(cell.is_fused for cell in cells) and width > 1:
        return Placement(((None,) * width,), cells, is_whole=False, is_fused=True)
    filled = _list_filled(cells)
    if len(filled) == 1 and _is_run(filled[0], width):
        return Placement(((None,) * width,), filled, is_whole=False, is_fused=True)
    under_header = _place_under_header(columns, cells, places, is_ordered=is_ordered)
    if under_header is not None:
        return under_header
    if not is_ordered:
        return Placement(((None,) * width,), cells, is_whole=False)
    if len(cells) == width and is_padded and _has_blank_edge(cells) and not _is_blank(cells):
        return Placement(((None,) * width,), _list_filled(cells), is_whole=False)
    if len(cells) == width:
        return Placement((cells,), lead=0, is_whole=not _is_shifted(columns, cells, places))
    if len(cells) > width:
        return _place_in_window(cells, width, leads)
    return Placement(((None,) * width,), filled, is_whole=False, is_fused=len(filled) == 1)


def _is_run(cell: Token, width: int) -> bool:
    """Whether the only filled cell of a long row holds as many digits as the row has cells, which no count has, or
    figures run together with words."""
    text = normalise_text(cell.text)
    is_long = width >= _FEWEST_IN_RUN and len(text) >= width
    return is_long and (text.isdigit() or holds_run(text))


def holds_run(text: str) -> bool:
    """Whether a text with words in it begins with the digits of several figures: 0142111460不涉及0."""
    return _RUN_WITH_WORDS.match(normalise_text(text)) is not None


def _place_under_header(
    columns: tuple[str, ...], cells: tuple[Token, ...], places: dict[str, Token], *, is_ordered: bool
) -> Placement | None:
    """Every printed header has one cell below it and all other cells of the row are blank.

    No place is sure where each row of the header stands in the form's order and all together do not, as where a merged
    cell is missing or claims too few columns; a cell more behind the last column says that the row may have been moved.
    Columns whose header is not printed are left out only where the row, too, has no more cells than the header.
    """
    if not places or not cells or (len(places) < len(columns) and len(places) != len(cells)):
        return None
    if is_ordered and not _are_in_order([places[column] for column in columns if column in places]):
        return None
    way: list[Token | None] = []
    for column in columns:
        covering = [cell for cell in cells if column in places and _covers(cell, places[column])]
        if len(covering) != (column in places):
            return None
        way.append(covering[0] if covering else None)
    figures = [cell for cell in way if cell is not None and normalise_text(cell.text)]
    placed = {id(cell) for cell in figures}
    if len(placed) < len(figures):
        return None
    if any(id(cell) not in placed and normalise_text(cell.text) for cell in cells):
        return None
    if cells[-1].column >= max(map(_find_end, places.values())):
        return None
    return Placement((tuple(way),))


def _find_end(cell: Token) -> int:
    return cell.column + cell.column_span


def _are_in_order(headers: list[Token]) -> bool:
    return all(one.column < other.column for one, other in pairwise(headers))


def _covers(cell: Token, header: Token) -> bool:
    return cell.column <= header.column < cell.column + cell.column_span


def _is_shifted(columns: tuple[str, ...], cells: tuple[Token, ...], places: dict[str, Token]) -> bool:
    """The row is as long as the header but some cell does not touch the column of its number, as where a row span was
    declared too short. Header and row may be spanned differently."""
    return any(
        cell.column + cell.column_span <= places[column].column
        or cell.column >= places[column].column + places[column].column_span
        for column, cell in zip(columns, cells, strict=True)
        if column in places
    )


def _place_in_window(cells: tuple[Token, ...], width: int, leads: frozenset[int]) -> Placement:
    """More cells than columns: blanks that were filled in for lost spans, or figures too many.

    A window is sure when figures stand at both its edges. One that begins with a blank needs `leads`; one that ends
    with a blank may hide a lost figure and is never sure.
    """
    windows = [
        start
        for start in range(len(cells) - width + 1)
        if _is_blank(cells[:start]) and _is_blank(cells[start + width :])
    ]
    if _is_blank(cells):
        return Placement((cells[:width],))
    for start in windows:
        window = cells[start : start + width]
        if not _has_blank_edge(window):
            return Placement((window,), lead=start)
        if leads == {start} and normalise_text(window[-1].text):
            return Placement((window,))
    if windows:
        return Placement(((None,) * width,), _list_filled(cells), is_whole=False)
    filled = trim_blanks(cells, width)
    surplus = len(filled) - width
    if surplus > _MOST_EXTRA_CELLS:
        return Placement(((None,) * width,), filled, is_whole=False)
    ways = tuple(filled[shift : shift + width] for shift in range(surplus + 1))
    return Placement(ways, filled[width:], is_whole=False)


def _is_blank(cells: tuple[Token, ...]) -> bool:
    return not any(normalise_text(cell.text) for cell in cells)


def _has_blank_edge(cells: tuple[Token, ...]) -> bool:
    return not (normalise_text(cells[0].text) and normalise_text(cells[-1].text))


def _list_filled(cells: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(cell for cell in cells if normalise_text(cell.text))


def trim_blanks(cells: tuple[Token, ...], width: int) -> tuple[Token, ...]:
    """Take blanks off both ends while more cells remain than columns."""
    trimmed = list(cells)
    while len(trimmed) > width and not normalise_text(trimmed[-1].text):
        trimmed.pop()
    while len(trimmed) > width and not normalise_text(trimmed[0].text):
        trimmed.pop(0)
    return tuple(trimmed)
