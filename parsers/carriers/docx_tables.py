"""Tables of a Word document: rows and cells as printed, each at its place in the table's grid.

A cell merged over rows stands in its first row. Deleted and hidden rows, and deleted cells, are left out. Text that
a merge covers is not printed; it is named in `covered`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from parsers.carriers.docx_words import (
    DEL,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    W,
    find_child,
    get_number,
    is_on,
    read_whole_number,
)
from parsers.page import Cell

_GRID_SPAN, _V_MERGE, _H_MERGE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_DELETED = f"{W}cellDel"
_WIDEST_SPAN = 200


class Merges(NamedTuple):
    """How far a `w:tc` reaches. `rows` and `columns` are null, `restart` or `continue`."""

    span: int
    rows: str | None
    columns: str | None


_SINGLE = Merges(1, None, None)


@dataclass(slots=True)
class PlacedCell:
    """A printed cell while merges still extend it: the nodes it begins with and covers."""

    row: int
    column: int
    span: int
    node: etree._Element
    row_span: int = 1


@dataclass
class PlacedTable:
    """The printed cells of a table in reading order. `covered` are the nodes whose content a merge hides."""

    cells: list[PlacedCell] = field(default_factory=list)
    covered: list[etree._Element] = field(default_factory=list)
    row_count: int = 0
    deleted: int = 0
    hidden: int = 0


def place_table(table: etree._Element) -> PlacedTable:
    """Give every cell of the table's own rows its place."""
    placed = PlacedTable()
    above: dict[int, PlacedCell] = {}
    for row in list_inside(table, TR):
        properties = find_child(row, TR_PR)
        column = 0
        if properties is not None:
            if find_child(properties, DEL) is not None:
                placed.deleted += 1
                continue
            if is_on(properties, f"{W}hidden"):
                placed.hidden += 1
                continue
            column = min(get_number(properties, f"{W}gridBefore") or 0, _WIDEST_SPAN)
        above = _place_row(row, column, above, placed)
        placed.row_count += 1
    return placed


def list_inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, in content controls and other wrappers too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from list_inside(child, tag)


def make_cell(placed: PlacedCell, text: str, locator: str) -> Cell:
    """The cell as every carrier gives it."""
    return Cell(text, placed.row, placed.column, locator, placed.row_span, placed.span)


def _place_row(
    row: etree._Element, column: int, above: dict[int, PlacedCell], placed: PlacedTable
) -> dict[int, PlacedCell]:
    """Place one row; gives the cells that merges of the next row may extend, by their first column."""
    open_cells: dict[int, PlacedCell] = {}
    last: PlacedCell | None = None
    for node in list_inside(row, TC):
        cell = _read_merges(node)
        if cell is None:
            placed.deleted += 1
            continue
        span = cell.span
        owner = above.get(column) if cell.rows == "continue" else None
        if cell.columns == "continue" and last is not None:
            placed.covered.append(node)
            if last.row == placed.row_count:
                last.span += span
        elif owner is not None:
            placed.covered.append(node)
            owner.row_span = placed.row_count - owner.row + 1
            open_cells[column] = owner
            last = owner
        else:
            last = PlacedCell(placed.row_count, column, span, node)
            placed.cells.append(last)
            if cell.rows is not None:
                open_cells[column] = last
        column += span
    return open_cells


def _read_merges(node: etree._Element) -> Merges | None:
    """The cell's spans and merges; null for a deleted cell."""
    properties = find_child(node, TC_PR)
    if properties is None:
        return _SINGLE
    span, rows, columns = 1, None, None
    for mark in properties:
        tag = mark.tag
        if tag == _GRID_SPAN:
            span = min(max(1, read_whole_number(mark.get(VAL)) or 1), _WIDEST_SPAN)
        elif tag == _V_MERGE:
            rows = mark.get(VAL) or "continue"
        elif tag == _H_MERGE:
            columns = mark.get(VAL) or "continue"
        elif tag == _DELETED:
            return None
    return Merges(span, rows, columns) if span != 1 or rows or columns else _SINGLE
