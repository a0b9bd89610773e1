"""Reads scanned pages: their tables, cell by cell, and the lines of text outside them, in points from the top left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.carriers.pdf_assembly import PageContent
from parsers.carriers.pdf_lattice import Lattice, find_lattices
from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.pdf_print import Character
from parsers.carriers.pdf_tables import RuledCell, RuledTable
from parsers.carriers.scan_cells import CellPrint, cut_cells
from parsers.carriers.scan_figures import CellReading, check_figures, read_cells
from parsers.carriers.scan_models import read_lines
from parsers.carriers.scan_picture import Dots, Picture, make_picture
from parsers.carriers.scan_rules import find_rules
from parsers.carriers.scan_upright import Box, cut_box, set_upright

# Points across a page of unknown size: A4.
PAGE_WIDTH = 595.0
_NARROWEST_TABLE = 0.2
_MOST_CROSSINGS = 200_000
_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class _TableDraft:
    """A table before its figures are checked; `scale` is points a dot."""

    lattice: Lattice
    cells: tuple[CellPrint, ...]
    readings: tuple[CellReading, ...]
    scale: float


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page before its figures are checked against the rest of the document; `doubts` are what was left out, by
    name."""

    number: int
    height: float
    tables: tuple[_TableDraft, ...]
    lines: tuple[FlowLine, ...]
    doubts: tuple[str, ...]


def read_page(number: int, dots: Dots, across: float = PAGE_WIDTH) -> PageDraft:
    """Read a page whose shorter side is `across` points."""
    picture, boxes = set_upright(make_picture(dots))
    scale = across / min(picture.width, picture.height)
    rules = find_rules(picture, scale)
    doubts = []
    lattices: list[Lattice] = []
    if len(rules.levels) * len(rules.uprights) > _MOST_CROSSINGS:
        doubts.append(f"too_many_lines: {len(rules.levels) + len(rules.uprights)} lines")
    else:
        least = _NARROWEST_TABLE * picture.width * scale
        found = find_lattices(rules.levels, rules.uprights)
        lattices = [lattice for lattice in found if lattice.xs[-1] - lattice.xs[0] >= least]
    tables = []
    for lattice in lattices:
        printed = cut_cells(picture, rules, lattice, scale)
        tables.append(_TableDraft(lattice, printed.cells, tuple(read_cells(printed)), scale))
    outside = [box for box in boxes if not any(_holds(lattice, box, scale) for lattice in lattices)]
    lines = _read_lines(number, picture, outside, scale)
    return PageDraft(number, picture.height * scale, tuple(tables), tuple(lines), tuple(doubts))


def complete_pages(drafts: Sequence[PageDraft]) -> list[PageContent]:
    """The pages of one document, their figures held against one another."""
    checked = iter(check_figures([reading for page in drafts for table in page.tables for reading in table.readings]))
    return [PageContent(page.number, page.height, tuple(_make_tables(page, checked)), page.lines) for page in drafts]


def _make_tables(page: PageDraft, checked: Iterator[CellReading]) -> Iterator[RuledTable]:
    for number, draft in enumerate(page.tables, start=1):
        locator = f"page {page.number}, table {number}"
        lattice = draft.lattice
        cells = []
        in_row: dict[int, int] = {}
        for placed, printed in zip(lattice.cells, draft.cells, strict=True):
            reading = next(checked)
            if placed.is_outside and not any(reading.lines):
                continue
            in_row[placed.row] = in_row.setdefault(placed.row, 0) + 1
            left, right = lattice.xs[placed.column], lattice.xs[placed.column + placed.column_span]
            cells.append(
                RuledCell(
                    text="\n".join(reading.lines),
                    left=left,
                    right=right,
                    row=placed.row,
                    row_span=placed.row_span,
                    locator=f"{locator}, row {placed.row + 1}, cell {in_row[placed.row]}",
                    characters=tuple(_list_characters(reading, printed, draft.scale)),
                    has_top=placed.has_top,
                    has_bottom=placed.has_bottom,
                    confidence=reading.confidence,
                )
            )
        yield RuledTable(locator, page.number, lattice.ys[0], lattice.ys[-1], lattice.xs, len(lattice.ys) - 1, cells)


def _list_characters(reading: CellReading, printed: CellPrint, scale: float) -> Iterator[Character]:
    """Every line of a cell as if it were one character, so that its place and size are known."""
    for text, box in zip(reading.lines, printed.lines, strict=False):
        yield Character(text, box.left * scale, box.top * scale, box.right * scale, box.bottom * scale, 0)


def _holds(lattice: Lattice, box: Box, scale: float) -> bool:
    x, y = (float(place) * scale for place in box.mean(axis=0))
    return lattice.xs[0] <= x <= lattice.xs[-1] and lattice.ys[0] <= y <= lattice.ys[-1]


def _read_lines(page: int, picture: Picture, boxes: list[Box], scale: float) -> list[FlowLine]:
    """Lines of text from the top, pieces of one line put together."""
    readings = read_lines([cut_box(picture, box) for box in boxes])
    pieces = []
    for box, reading in zip(boxes, readings, strict=True):
        left, top = (float(place) * scale for place in box.min(axis=0))
        right, bottom = (float(place) * scale for place in box.max(axis=0))
        if reading.text.strip():
            pieces.append(FlowLine(page, reading.text.strip(), left, top, right, bottom, bottom - top, ()))
    rows: list[list[FlowLine]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and abs(piece.middle - rows[-1][-1].middle) < _SAME_ROW * min(piece.size, rows[-1][-1].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_join_pieces(page, sorted(row, key=lambda piece: piece.left)) for row in rows]


def _join_pieces(page: int, pieces: list[FlowLine]) -> FlowLine:
    return FlowLine(
        page=page,
        text=" ".join(piece.text for piece in pieces),
        left=pieces[0].left,
        top=min(piece.top for piece in pieces),
        right=max(piece.right for piece in pieces),
        bottom=max(piece.bottom for piece in pieces),
        size=max(piece.size for piece in pieces),
        pieces=(),
    )
