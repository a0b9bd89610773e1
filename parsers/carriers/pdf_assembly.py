"""Puts printed pages together to the blocks of one document: tables joined over page breaks, paragraphs, and tables
without rules found among the lines.

Left out, by name: page numbers, and lines that every page repeats.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from parsers.carriers.pdf_breaks import goes_on, join_tables, place_columns
from parsers.carriers.pdf_columns import FEWEST_ROWS, find_region, read_region
from parsers.carriers.pdf_edges import leave_out_edges
from parsers.carriers.pdf_heads import find_parted_header
from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.pdf_paragraphs import find_area, join_paragraphs
from parsers.carriers.pdf_tables import RuledTable
from parsers.page import Cell, Grid, MetadataItem, Paragraph

Item = FlowLine | RuledTable | Grid


@dataclass(frozen=True, slots=True)
class PageContent:
    """What was found on a page, each from its top, measured in points."""

    number: int
    height: float
    tables: tuple[RuledTable, ...]
    lines: tuple[FlowLine, ...]


def assemble_pages(pages: Sequence[PageContent]) -> tuple[tuple[Paragraph | Grid, ...], tuple[MetadataItem, ...]]:
    """The blocks of pages in reading order, and the running heads and repeated headers that were left out."""
    lines, heads = leave_out_edges([list(page.lines) for page in pages], [page.height for page in pages])
    items: list[Item] = []
    for page, page_lines in zip(pages, lines, strict=True):
        _add_page(items, sorted([*page.tables, *page_lines], key=lambda item: item.top), len(page.tables))
    repeated = [
        MetadataItem("repeated_header", f"{count} rows", locator)
        for item in items
        if isinstance(item, RuledTable)
        for locator, count in item.left_out
    ]
    return tuple(_list_blocks(items)), (*heads, *repeated)


def _add_page(items: list[Item], page_items: list[FlowLine | RuledTable], table_count: int) -> None:
    """Add what a page prints, from its top; a table that begins it may go on from the page before."""
    if page_items and items:
        first, last = page_items[0], items[-1]
        if isinstance(first, RuledTable) and isinstance(last, RuledTable) and goes_on(last, first):
            items[-1] = join_tables(last, first)
            page_items = page_items[1:]
    goes_on_below = bool(items) and isinstance(items[-1], Grid)
    for is_table, run in groupby(page_items, key=lambda item: isinstance(item, RuledTable)):
        if is_table:
            items.extend(run)
            continue
        lines = [line for line in run if isinstance(line, FlowLine)]
        is_first = lines[0] is page_items[0]
        goes_on_below = goes_on_below and is_first
        if is_first:
            lines = [*_take_header(items, lines), *lines]
        for item in _find_grids(lines, table_count, is_continued=goes_on_below):
            table_count += isinstance(item, Grid)
            items.append(item)


def _take_header(items: list[Item], lines: list[FlowLine]) -> list[FlowLine]:
    """The header of the table a page begins with out of the lines that end the page before."""
    ending = takewhile(lambda item: isinstance(item, FlowLine), reversed(items))
    above = [line for line in ending if isinstance(line, FlowLine) and line.page == lines[0].page - 1]
    header = find_parted_header(above[::-1], lines)
    del items[len(items) - len(header) :]
    return header


def _find_grids(lines: list[FlowLine], table_count: int, *, is_continued: bool) -> Iterator[FlowLine | Grid]:
    """Lines, and tables without rules among them, numbered behind the ruled tables of the page. Where a table goes on
    from the page before, one row may be all that is left of it."""
    place = 0
    while place < len(lines):
        end = find_region(lines, place, fewest_rows=1 if is_continued and not place else FEWEST_ROWS)
        if end is None:
            yield lines[place]
            place += 1
            continue
        table_count += 1
        yield read_region(lines[place:end], f"page {lines[end - 1].page}, table {table_count}")
        place = end


def _list_blocks(items: list[Item]) -> Iterator[Paragraph | Grid]:
    area = find_area([item for item in items if isinstance(item, FlowLine)])
    counts: dict[int, int] = {}
    for kind, run in groupby(items, key=type):
        if kind is FlowLine:
            yield from join_paragraphs([item for item in run if isinstance(item, FlowLine)], area, counts)
            continue
        for item in run:
            if isinstance(item, RuledTable):
                yield _make_grid(item)
            elif isinstance(item, Grid):
                yield item


def _make_grid(table: RuledTable) -> Grid:
    places = place_columns(table)
    cells = [
        Cell(
            text=cell.text,
            row=cell.row,
            column=places[cell.left],
            locator=cell.locator,
            row_span=cell.row_span,
            column_span=max(1, places[cell.right] - places[cell.left]),
            confidence=cell.confidence,
        )
        for cell in table.cells
    ]
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), "placed", table.locator)
