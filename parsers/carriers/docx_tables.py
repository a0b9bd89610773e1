"""Tables of a Word document: rows and cells as printed, each at its place in the table's grid.

A cell merged over rows stands in its first row. Deleted and hidden rows, and deleted cells, are left out. Text that
a merge covers is not printed; it is named in `covered`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from parsers.carriers.docx_words import (
    DEL,
    TC,
    TR,
    TR_PR,
    VAL,
    W,
    find_child,
    get_number,
    is_on,
    read_whole_number,
)
from parsers.carriers.office_blocks import CellDraft, Content, join_texts
from parsers.carriers.records import new_record
from parsers.page import Cell

_GRID_SPAN, _V_MERGE, _H_MERGE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_DELETED = f"{W}cellDel"
_MARKS = (_GRID_SPAN, _V_MERGE, _H_MERGE, _DELETED)
_WIDEST_SPAN = 200


class Merges(NamedTuple):
    """How far a `w:tc` reaches. `rows` and `columns` are null, `restart` or `continue`."""

    span: int
    rows: str | None
    columns: str | None


_SINGLE = Merges(1, None, None)
# By cell: the elements that tell its reach, with their values.
Tag = str | bytes | bytearray | etree.QName
Marks = Mapping[etree._Element, Mapping[Tag, str | None]]


@dataclass
class PlacedTable:
    """The printed cells of a table in reading order. `covered` are the nodes whose content a merge hides.

    `marks` are what cells say of their reach; most say nothing. `read_content` is asked for what stands in each printed
    cell, in reading order.
    """

    locator: str
    marks: Marks
    read_content: Callable[[etree._Element], Content]
    drafts: list[CellDraft] = field(default_factory=list)
    covered: list[etree._Element] = field(default_factory=list)
    row_count: int = 0
    deleted: int = 0
    hidden: int = 0

    def place_rows(self, table: etree._Element) -> None:
        """Give every cell of the table's own rows its place."""
        above: dict[int, int] = {}
        for row in list_inside(table, TR):
            properties = find_child(row, TR_PR)
            column = 0
            if properties is not None:
                if find_child(properties, DEL) is not None:
                    self.deleted += 1
                    continue
                if is_on(properties, f"{W}hidden"):
                    self.hidden += 1
                    continue
                column = min(get_number(properties, f"{W}gridBefore") or 0, _WIDEST_SPAN)
            above = self._place_row(row, column, above)
            self.row_count += 1

    def _place_row(self, row: etree._Element, column: int, above: dict[int, int]) -> dict[int, int]:
        """Place one row; gives the cells that merges of the next row may extend, by their first column."""
        open_cells: dict[int, int] = {}
        first = len(self.drafts)
        last: int | None = None
        for node in list_inside(row, TC):
            marks = self.marks.get(node)
            reach = _SINGLE if marks is None else _read_merges(marks)
            if reach is None:
                self.deleted += 1
                continue
            owner = above.get(column) if reach.rows == "continue" else None
            if reach.columns == "continue" and last is not None:
                self.covered.append(node)
                if last >= first:
                    self._extend(last, columns=reach.span)
            elif owner is not None:
                self.covered.append(node)
                self._extend(owner, rows=1)
                open_cells[column] = last = owner
            else:
                last = len(self.drafts)
                content = self.read_content(node)
                place = f"{self.locator}, row {self.row_count + 1}, cell {last - first + 1}"
                values = (join_texts(content), self.row_count, column, place, 1, reach.span, 1.0)
                self.drafts.append(new_record(CellDraft, (new_record(Cell, values), content)))
                if reach.rows is not None:
                    open_cells[column] = last
            column += reach.span
        return open_cells

    def _extend(self, number: int, *, rows: int = 0, columns: int = 0) -> None:
        cell, content = self.drafts[number]
        cell = cell._replace(row_span=cell.row_span + rows, column_span=cell.column_span + columns)
        self.drafts[number] = CellDraft(cell, content)


def find_marks(body: etree._Element) -> Marks:
    """What the cells of a body say of their spans, merges and deletion."""
    marks: dict[etree._Element, dict[Tag, str | None]] = {}
    for mark in body.iter(*_MARKS):
        properties = mark.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is not None:
            marks.setdefault(cell, {})[mark.tag] = mark.get(VAL)
    return marks


def list_inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, in content controls and other wrappers too."""
    for child in parent[:]:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from list_inside(child, tag)


def _read_merges(marks: Mapping[Tag, str | None]) -> Merges | None:
    """The cell's spans and merges; null for a deleted cell."""
    if _DELETED in marks:
        return None
    span = read_whole_number(marks.get(_GRID_SPAN))
    return Merges(
        min(max(1, span or 1), _WIDEST_SPAN),
        marks[_V_MERGE] or "continue" if _V_MERGE in marks else None,
        marks[_H_MERGE] or "continue" if _H_MERGE in marks else None,
    )
