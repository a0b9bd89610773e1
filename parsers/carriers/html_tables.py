"""Tables of a page: rows and cells as printed, spans given their places, frames and index tables told apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from parsers.carriers.html_nodes import is_hidden, is_plain, read_plain_text, read_text
from parsers.carriers.page_words import holds_form_marks, load_page_words, squeeze_text
from parsers.page import Cell, Grid, MetadataItem

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_FIGURE = re.compile(r"[+\-−–—/]?[\d,.]*(万元|元)?")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_FEWEST_FIGURES = 3
_LONGEST_CELL = 200
_FEWEST_SENTENCES = 2
_WIDEST_SPAN = 100
_FEWEST_INDEX_NAMES = 2
_MOST_INDEX_CELLS = 60


class PrintedCell(NamedTuple):
    """A cell as it stands in its row: text, the spans it asks for, and its locator. `row_span` 0 is the whole group."""

    text: str
    row_span: int
    column_span: int
    locator: str


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The visible rows of a table in its row groups. `holds_tables` is true where tables stand inside it."""

    groups: tuple[tuple[tuple[PrintedCell, ...], ...], ...]
    locator: str
    caption: str
    holds_tables: bool

    @property
    def cells(self) -> tuple[PrintedCell, ...]:
        return tuple(cell for group in self.groups for row in group for cell in row)


def read_printed_table(table: LexborNode, number: int, *, with_hidden: bool) -> PrintedTable:
    """Read the table's own rows; tables inside its cells are left to themselves. Rows and cells count from one."""
    holds_tables = len(table.css("table")) > 1
    plain = with_hidden and not holds_tables and is_plain(table)
    groups: list[tuple[tuple[PrintedCell, ...], ...]] = []
    caption: list[str] = []
    row_no = 0
    for group in _list_visible(table, with_hidden):
        if group.tag == "caption":
            caption.append(read_text(group, with_hidden=with_hidden))
        if group.tag not in _GROUPS:
            continue
        rows = []
        for row in _list_visible(group, with_hidden):
            if row.tag != "tr":
                continue
            row_no += 1
            rows.append(_read_row(row, f"table {number}, row {row_no}", plain=plain, with_hidden=with_hidden))
        groups.append(tuple(rows))
    return PrintedTable(tuple(groups), f"table {number}", "\n".join(caption), holds_tables)


def _list_visible(parent: LexborNode, with_hidden: bool) -> Iterator[LexborNode]:
    return (node for node in parent.iter() if with_hidden or not is_hidden(node.attributes))


def _read_row(row: LexborNode, locator: str, *, plain: bool, with_hidden: bool) -> tuple[PrintedCell, ...]:
    cells: list[PrintedCell] = []
    for cell in row.iter():
        if cell.tag not in ("td", "th"):
            continue
        attributes = cell.attributes
        if not with_hidden and is_hidden(attributes):
            continue
        text = read_plain_text(cell) if plain else None
        if text is None:
            text = read_text(cell, with_hidden=with_hidden)
        row_span = _read_span(attributes["rowspan"], least=0) if "rowspan" in attributes else 1
        column_span = _read_span(attributes["colspan"], least=1) if "colspan" in attributes else 1
        cells.append(PrintedCell(text, row_span, column_span, f"{locator}, cell {len(cells) + 1}"))
    return tuple(cells)


def _read_span(printed: str | None, *, least: int) -> int:
    """A span attribute; 1 where it is no number, as browsers have it."""
    match = _SPAN.match(printed or "")
    return max(int(match[1]), least) if match else 1


def is_figure(text: str) -> bool:
    """Whether a cell holds a bare figure or its stand-in (`/`, `-`); blank is neither."""
    if text.isdigit():
        return True
    squeezed = squeeze_text(text)
    return bool(squeezed) and _FIGURE.fullmatch(squeezed) is not None


def is_layout(table: PrintedTable) -> bool:
    """Whether a table only places text on the page: it has one cell, or frames tables or prose, and has no figures."""
    cells = table.cells
    if sum(is_figure(cell.text) for cell in cells) >= _FEWEST_FIGURES:
        return False
    if len(cells) == 1:
        return not is_figure(cells[0].text)
    return table.holds_tables or any(_is_prose(cell.text) for cell in cells)


def _is_prose(text: str) -> bool:
    return len(text) >= _LONGEST_CELL and text.count("。") >= _FEWEST_SENTENCES


def place_cells(table: PrintedTable) -> Grid:
    """Give every cell its row and column. A span that leaves its row group ends there; a blown-up column span ends with
    the widest row."""
    width = max((sum(map(_count_columns, row)) for row in _list_rows(table)), default=0)
    cells: list[Cell] = []
    first_row = 0
    for group in table.groups:
        reach: dict[int, int] = {}
        for row_no, row in enumerate(group):
            column = 0
            for printed in row:
                while reach.get(column, -1) >= row_no:
                    column += 1
                rows_left = len(group) - row_no
                row_span = min(printed.row_span or rows_left, rows_left)
                span = printed.column_span
                column_span = span if span <= _WIDEST_SPAN else max(1, min(span, width - column))
                cells.append(Cell(printed.text, first_row + row_no, column, printed.locator, row_span, column_span))
                for place in range(column, column + column_span) if row_span > 1 else ():
                    reach[place] = max(reach.get(place, row_no), row_no + row_span - 1)
                column += column_span
        first_row += len(group)
    return Grid(tuple(cells), "placed", table.locator)


def _count_columns(cell: PrintedCell) -> int:
    return cell.column_span if cell.column_span <= _WIDEST_SPAN else 1


def _list_rows(table: PrintedTable) -> Iterator[tuple[PrintedCell, ...]]:
    return (row for group in table.groups for row in group)


def read_index_table(table: PrintedTable) -> tuple[MetadataItem, ...]:
    """The names and values of an index table (索引号 …), in order; none where the table is something else.

    A name stands in a cell of its own before its value, or with a colon in one cell with it.
    """
    if len(table.cells) > _MOST_INDEX_CELLS or holds_form_marks("\n".join(cell.text for cell in table.cells)):
        return ()
    items = [item for row in _list_rows(table) for item in _read_pairs(row)]
    known = [item for item in items if item.name in load_page_words().index_names]
    if len({item.name for item in known}) < _FEWEST_INDEX_NAMES or len(known) * 2 < len(items):
        return ()
    return tuple(items)


def _read_pairs(row: tuple[PrintedCell, ...]) -> Iterator[MetadataItem]:
    place = 0
    while place < len(row):
        cell = row[place]
        place += 1
        name, colon, value = cell.text.replace("：", ":").partition(":")
        if colon and value.strip() and squeeze_text(name) in load_page_words().index_names:
            yield MetadataItem(squeeze_text(name), cell.text[len(name) + 1 :].strip(), cell.locator)
            continue
        following = row[place] if place < len(row) else None
        place += 1
        if squeeze_text(cell.text) or (following is not None and squeeze_text(following.text)):
            text = following.text.strip() if following is not None else ""
            yield MetadataItem(squeeze_text(cell.text).strip(":[]【】"), text, (following or cell).locator)
