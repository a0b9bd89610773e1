"""Reads PDF files that hold text: paragraphs and ruled tables in reading order, tables joined over page breaks.

Left out, by name: page numbers, lines that every page repeats, invisible or slanted text. Frames around a page are no
tables. Tables without rules are read by alignment. Pages that hold only a picture have no text layer: a document of
such pages `needs_tool`, in a document with others they are named.
"""

from collections.abc import Iterator
from itertools import groupby

from parsers.carriers.detection import Format, get_format
from parsers.carriers.member import Carrier, MemberPage, accept_page, refuse_document
from parsers.carriers.pdf_breaks import goes_on, join_tables, place_columns
from parsers.carriers.pdf_columns import find_region, read_region
from parsers.carriers.pdf_document import read_printed_pages
from parsers.carriers.pdf_edges import leave_out_edges
from parsers.carriers.pdf_lines import FlowLine, read_flow_lines
from parsers.carriers.pdf_paragraphs import find_area, join_paragraphs
from parsers.carriers.pdf_print import PrintedPage
from parsers.carriers.pdf_streams import Refusal
from parsers.carriers.pdf_tables import RuledTable, read_ruled_tables
from parsers.page import Cell, Grid, MetadataItem, Page, Paragraph

_READER = "pypdfium2"
_MAX_BYTES = 64 * 1024 * 1024
# A page with a picture and fewer characters than this is a scan that bears a page number or a stamp.
_FEWEST_CHARACTERS = 20

Item = FlowLine | RuledTable | Grid


def read_pdf(data: bytes) -> MemberPage:
    """Read one PDF: `unreadable` with a password, damaged or too large, `needs_tool` where it has no text."""
    (member,) = read_pdf_members(data, get_format("pdf"))
    return member


def read_pdf_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one PDF as the registry asks for it."""
    pages = read_printed_pages(data)
    if isinstance(pages, Refusal):
        return (refuse_document(detected.media_type, detected.id, _READER, pages.reason, pages.detail),)
    if not any(map(_has_text, pages)):
        detail = f"{len(pages)} pages, none with text"
        return (refuse_document(detected.media_type, detected.id, _READER, "scan_needs_ocr", detail),)
    return (accept_page(detected, read_page(pages, detected.id)),)


def has_text_layer(data: bytes) -> bool:
    """Whether a PDF can be read and any of its pages has text that is to be seen."""
    pages = read_printed_pages(data)
    return not isinstance(pages, Refusal) and any(map(_has_text, pages))


def _has_text(page: PrintedPage) -> bool:
    count = sum(character.text != " " for character in page.characters)
    return count >= (_FEWEST_CHARACTERS if page.has_picture else 1)


def read_page(pages: tuple[PrintedPage, ...], carrier: str) -> Page:
    """Put printed pages together to one page of blocks."""
    tables: list[list[RuledTable]] = []
    lines: list[list[FlowLine]] = []
    for page in pages:
        ruled, outside = read_ruled_tables(page)
        tables.append(ruled)
        lines.append(read_flow_lines(page.number, outside))
    lines, heads = leave_out_edges(lines, [page.height for page in pages])
    items: list[Item] = []
    for page_tables, page_lines in zip(tables, lines, strict=True):
        _add_page(items, sorted([*page_tables, *page_lines], key=lambda item: item.top), len(page_tables))
    return Page(carrier, _READER, tuple(_list_blocks(items)), (*_list_doubts(pages), *heads))


def _add_page(items: list[Item], page_items: list[FlowLine | RuledTable], table_count: int) -> None:
    """Add what a page prints, from its top; a table that begins it may go on from the page before."""
    if page_items and items:
        first, last = page_items[0], items[-1]
        if isinstance(first, RuledTable) and isinstance(last, RuledTable) and goes_on(last, first):
            items[-1] = join_tables(last, first)
            page_items = page_items[1:]
    for is_table, run in groupby(page_items, key=lambda item: isinstance(item, RuledTable)):
        if is_table:
            items.extend(run)
            continue
        for item in _find_grids([line for line in run if isinstance(line, FlowLine)], table_count):
            table_count += isinstance(item, Grid)
            items.append(item)


def _find_grids(lines: list[FlowLine], table_count: int) -> Iterator[FlowLine | Grid]:
    """Lines, and tables without rules among them, numbered behind the ruled tables of the page."""
    place = 0
    while place < len(lines):
        end = find_region(lines, place)
        if end is None:
            yield lines[place]
            place += 1
            continue
        table_count += 1
        yield read_region(lines[place:end], f"page {lines[place].page}, table {table_count}")
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
        )
        for cell in table.cells
    ]
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), "placed", table.locator)


def _list_doubts(pages: tuple[PrintedPage, ...]) -> Iterator[MetadataItem]:
    scanned = [str(page.number) for page in pages if page.has_picture and not _has_text(page)]
    if scanned:
        yield MetadataItem("scanned_pages", ", ".join(scanned), "document")
    for page in pages:
        for doubt in page.doubts:
            name, _, value = doubt.partition(": ")
            yield MetadataItem(name, value, f"page {page.number}")


CARRIER = Carrier(_READER, frozenset({"pdf"}), _MAX_BYTES, read_pdf_members)
