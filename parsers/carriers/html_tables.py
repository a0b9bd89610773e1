"""Tables of a page: rows and cells as printed, spans given their places, frames and index tables told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from selectolax.lexbor import LexborNode

from parsers.carriers.html_nodes import prints_all, read_single_text, read_text
from parsers.carriers.page_words import holds_form_marks, load_page_words, squeeze_text
from parsers.page import Cell, MetadataItem

_CELLS = frozenset({"td", "th"})
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_FIGURE = re.compile(r"[+\-−–—/]?[\d,.]*(万元|元)?")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_FEWEST_FIGURES = 3
_LONGEST_CELL = 200
_FEWEST_SENTENCES = 2
_WIDEST_SPAN = 100
_FEWEST_INDEX_NAMES = 2
_MOST_INDEX_CELLS = 60


# The text of a cell as it stands in its row, and the rows and columns it asks for; 0 rows are the whole row group.
_Printed = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """The visible cells of a table in their places. `holds_tables` is true where tables stand inside it."""

    cells: tuple[Cell, ...]
    locator: str
    caption: str
    holds_tables: bool


def read_table(table: LexborNode, number: int, hidden: frozenset[int]) -> Table:
    """Read the table's own rows; tables inside its cells are left to themselves. Rows and cells count from one."""
    holds_tables = len(table.css("table")) > 1
    plain = not holds_tables and prints_all(table, hidden)
    groups: list[list[list[_Printed]]] = []
    caption: list[str] = []
    for group in _list_visible(table, hidden):
        if group.tag == "caption":
            caption.append(read_text(group, hidden))
        elif group.tag in _GROUPS:
            rows = (row for row in _list_visible(group, hidden) if row.tag == "tr")
            groups.append([_read_row(row, hidden, plain=plain) for row in rows])
    locator = f"table {number}"
    return Table(tuple(_place_cells(groups, locator)), locator, "\n".join(caption), holds_tables)


def _list_visible(parent: LexborNode, hidden: frozenset[int]) -> Iterator[LexborNode]:
    return (node for node in parent.iter() if not hidden or node.mem_id not in hidden)


def _read_row(row: LexborNode, hidden: frozenset[int], *, plain: bool) -> list[_Printed]:
    cells: list[_Printed] = []
    for cell in row.iter():
        if cell.tag not in _CELLS or (hidden and cell.mem_id in hidden):
            continue
        text = read_single_text(cell) if plain else None
        if text is None:
            text = read_text(cell, hidden)
        attributes = cell.attributes
        row_span = _read_span(attributes["rowspan"], least=0) if "rowspan" in attributes else 1
        column_span = _read_span(attributes["colspan"], least=1) if "colspan" in attributes else 1
        cells.append((text, row_span, column_span))
    return cells


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


def is_layout(cells: Sequence[Cell], *, holds_tables: bool) -> bool:
    """Whether a table only places text on the page: it has one cell, or frames tables or prose, and has no figures."""
    if len(cells) == 1:
        return not is_figure(cells[0].text)
    if not holds_tables and not any(_is_prose(cell.text) for cell in cells):
        return False
    return sum(is_figure(cell.text) for cell in cells) < _FEWEST_FIGURES


def _is_prose(text: str) -> bool:
    return len(text) >= _LONGEST_CELL and text.count("。") >= _FEWEST_SENTENCES


def _place_cells(groups: list[list[list[_Printed]]], locator: str) -> Iterator[Cell]:
    """Give every cell its row and column. A span that leaves its row group ends there; a blown-up column span ends with
    the widest row."""
    width = max((sum(map(_count_columns, row)) for group in groups for row in group), default=0)
    row_no = 0
    for group in groups:
        # The first row below the cells that reach down from above, by column.
        reach: dict[int, int] = {}
        for rows_left, row in zip(range(len(group), 0, -1), group, strict=True):
            row_locator = f"{locator}, row {row_no + 1}, cell "
            column = 0
            for cell_no, (text, down, across) in enumerate(row, start=1):
                while reach.get(column, row_no) > row_no:
                    column += 1
                row_span = min(down or rows_left, rows_left)
                column_span = across if across <= _WIDEST_SPAN else max(1, min(across, width - column))
                for place in range(column, column + column_span) if row_span > 1 else ():
                    reach[place] = max(reach.get(place, row_no), row_no + row_span)
                yield Cell(text, row_no, column, f"{row_locator}{cell_no}", row_span, column_span)
                column += column_span
            row_no += 1


def _count_columns(cell: _Printed) -> int:
    return cell[2] if cell[2] <= _WIDEST_SPAN else 1


def read_index_table(cells: Sequence[Cell]) -> tuple[MetadataItem, ...]:
    """The names and values of an index table (索引号 …), in order; none where the table is something else.

    A name stands in a cell of its own before its value, or with a colon in one cell with it.
    """
    if len(cells) > _MOST_INDEX_CELLS or holds_form_marks("\n".join(cell.text for cell in cells)):
        return ()
    rows = (list(row) for _, row in groupby(cells, key=attrgetter("row")))
    items = [item for row in rows for item in _read_pairs(row)]
    known = [item for item in items if item.name in load_page_words().index_names]
    if len({item.name for item in known}) < _FEWEST_INDEX_NAMES or len(known) * 2 < len(items):
        return ()
    return tuple(items)


def _read_pairs(row: list[Cell]) -> Iterator[MetadataItem]:
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
