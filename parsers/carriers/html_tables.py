"""Tables of a page: rows and cells as printed, spans given their places, frames and index tables told apart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from selectolax.lexbor import LexborNode

from parsers.carriers.html_nodes import Attributes, prints_all, read_single_text, read_text
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


# How many rows and columns a cell asks for, by the identity of its element; 0 rows are the whole row group.
Spans = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """The visible cells of a table in their places. `holds_tables` is true where tables stand inside it."""

    cells: tuple[Cell, ...]
    locator: str
    caption: str
    holds_tables: bool


def find_spans(root: LexborNode) -> Spans:
    """What the cells of a page ask for that ask for more than their own place."""
    return {node.mem_id: _read_spans(node.attributes) for node in root.css("[rowspan], [colspan]")}


def read_table(table: LexborNode, number: int, hidden: frozenset[int], spans: Spans) -> Table:
    """Read the table's own rows; tables inside its cells are left to themselves. Rows and cells count from one."""
    holds_tables = len(table.css("table")) > 1
    caption: list[str] = []
    groups: list[list[LexborNode]] = []
    for group in _list_visible(table, hidden):
        if group.tag == "caption":
            caption.append(read_text(group, hidden))
        elif group.tag in _GROUPS:
            groups.append([row for row in _list_visible(group, hidden) if row.tag == "tr"])
    plain = not holds_tables and prints_all(table, hidden)
    placing = _Placing(f"table {number}", groups, hidden, spans, plain)
    return Table(placing.read_cells(), placing.locator, "\n".join(caption), holds_tables)


def _list_visible(parent: LexborNode, hidden: frozenset[int]) -> Iterator[LexborNode]:
    return (node for node in parent.iter() if not hidden or node.mem_id not in hidden)


def _read_spans(attributes: Attributes) -> tuple[int, int]:
    row_span = _read_span(attributes["rowspan"], least=0) if "rowspan" in attributes else 1
    return row_span, _read_span(attributes["colspan"], least=1) if "colspan" in attributes else 1


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


@dataclass
class _Placing:
    """Gives every cell its row and column as it is read. `plain` is true where cells print all of their text."""

    locator: str
    groups: list[list[LexborNode]]
    hidden: frozenset[int]
    spans: Spans
    plain: bool
    cells: list[Cell] = field(default_factory=list)
    row_no: int = 0

    def read_cells(self) -> tuple[Cell, ...]:
        """Read all row groups. A span that leaves its group ends there."""
        for rows in self.groups:
            # The first row below the cells that reach down from above, by column.
            reach: dict[int, int] = {}
            for rows_left, row in zip(range(len(rows), 0, -1), rows, strict=True):
                self.read_row(row, reach, rows_left)
                self.row_no += 1
        return tuple(self.cells)

    def read_row(self, row: LexborNode, reach: dict[int, int], rows_left: int) -> None:
        """Read the cells of one row, and note in `reach` how far down they go."""
        row_no = self.row_no
        locator = f"{self.locator}, row {row_no + 1}, cell "
        column = 0
        for cell_no, cell in enumerate(_list_cells(row, self.hidden), start=1):
            text = read_single_text(cell) if self.plain else None
            if text is None:
                text = read_text(cell, self.hidden)
            while reach and reach.get(column, row_no) > row_no:
                column += 1
            asked = self.spans.get(cell.mem_id)
            down, across = self.limit_spans(*asked, rows_left, column) if asked else (1, 1)
            self.cells.append(Cell(text, row_no, column, f"{locator}{cell_no}", down, across))
            for place in range(column, column + across) if down > 1 else ():
                reach[place] = max(reach.get(place, row_no), row_no + down)
            column += across

    def limit_spans(self, down: int, across: int, rows_left: int, column: int) -> tuple[int, int]:
        """Spans as far as there are rows; a blown-up column span ends with the widest row."""
        if across > _WIDEST_SPAN:
            across = max(1, min(across, self.width - column))
        return min(down or rows_left, rows_left), across

    @cached_property
    def width(self) -> int:
        """The columns of the widest row, where a blown-up span counts as one."""
        rows = (_list_cells(row, self.hidden) for group in self.groups for row in group)
        return max(sum(map(self.count_columns, row)) for row in rows)

    def count_columns(self, cell: LexborNode) -> int:
        """The columns a cell asks for, one where the number is blown up."""
        _, across = self.spans.get(cell.mem_id, (1, 1))
        return across if across <= _WIDEST_SPAN else 1


def _list_cells(row: LexborNode, hidden: frozenset[int]) -> list[LexborNode]:
    cells = []
    node = row.first_child
    while node is not None:
        if node.tag in _CELLS:
            cells.append(node)
        node = node.next
    return [cell for cell in cells if cell.mem_id not in hidden] if hidden else cells


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
