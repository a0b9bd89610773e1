"""Two readings of one document, cell by cell: where they differ in what they print, no reading is to be trusted.

The second reading comes from another program: it is the page of a converted document. Rows are paired by their labels
and their order, cells by their order in the row; places in the grid are not compared, as old formats leave them open.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile

from parsers.carriers.docx import read_docx_page
from parsers.carriers.page_words import squeeze_text
from parsers.page import Cell, Grid, Page, Paragraph

_READER = "libreoffice"
# A figure with its unit and remark, a stand-in for one, or nothing.
_FIGURE = re.compile(r"[+\-−–—―/\\]*[\d,.]*(?:万元|亿元|元|件|条|项|宗|个|份|次|篇|部|起|人次|人)?(?:\([^()]*\))?")
Convert = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a page: its labels in one text, and the cells behind the last label. Cells are named by their place:
    the number of their block, and their number in it."""

    labels: str
    cells: tuple[tuple[tuple[int, int], str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.cells)

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        return (place for place, _ in self.cells)


def read_with_office(data: bytes, carrier: str, convert: Convert) -> Page:
    """The page of a document that `convert` turns into DOCX; its `reader` is `libreoffice`. Raises RefusalError."""
    return replace(read_docx_page(convert(data), carrier), reader=_READER)


def merge_readings(first: Page, second: Page) -> Page:
    """The first reading, in which the confidence of every figure is 0 that the second does not bear out.

    It is the second's page where the first has no grids, and the first's where the second has none. Labels are not
    doubted: the form knows them.
    """
    first_rows, second_rows = list(_list_rows(first)), list(_list_rows(second))
    if not first_rows:
        return second
    if not second_rows:
        return first
    doubted = frozenset(_list_doubted(first_rows, second_rows))
    blocks = tuple(_doubt_cells(block, block_no, doubted) for block_no, block in enumerate(first.blocks))
    return replace(first, blocks=blocks, reader=f"{first.reader}, {second.reader}")


def _list_rows(page: Page) -> Iterator[_Row]:
    for block_no, block in enumerate(page.blocks):
        if not isinstance(block, Grid):
            continue
        rows: dict[int, list[tuple[tuple[int, int], str]]] = {}
        for cell_no, cell in enumerate(block.cells):
            rows.setdefault(cell.row, []).append(((block_no, cell_no), squeeze_text(cell.text)))
        for row in rows.values():
            figures = tuple(takewhile(lambda cell: _FIGURE.fullmatch(cell[1]) is not None, reversed(row)))
            yield _Row("".join(text for _, text in row[: len(row) - len(figures)]), tuple(reversed(figures)))


def _list_doubted(first: list[_Row], second: list[_Row]) -> Iterator[tuple[int, int]]:
    """The places, in the first reading, of figures that the second has otherwise or not at all."""
    matcher = SequenceMatcher(None, [row.labels for row in first], [row.labels for row in second], autojunk=False)
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        if end - start == other_end - other_start:
            for row, other in zip(first[start:end], second[other_start:other_end], strict=True):
                yield from _compare_rows(row, other)
            continue
        for row in first[start:end]:
            if any(row.texts):
                yield from row.places


def _compare_rows(row: _Row, other: _Row) -> Iterator[tuple[int, int]]:
    """Cell by cell where the rows are of one length; all of a row where they are not and either prints anything."""
    if len(row.cells) == len(other.cells):
        yield from (place for (place, text), (_, text_2) in zip(row.cells, other.cells, strict=True) if text != text_2)
    elif any(row.texts) or any(other.texts):
        yield from row.places


def _doubt_cells(block: Paragraph | Grid, block_no: int, doubted: frozenset[tuple[int, int]]) -> Paragraph | Grid:
    if not isinstance(block, Grid):
        return block
    cells: tuple[Cell, ...] = tuple(
        cell._replace(confidence=0.0) if (block_no, cell_no) in doubted else cell
        for cell_no, cell in enumerate(block.cells)
    )
    return replace(block, cells=cells)
