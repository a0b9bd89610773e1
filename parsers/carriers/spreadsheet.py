"""Reads spreadsheets (XLSX, XLS, ET, ODS): a grid for each run of rows that is a table, paragraphs for lines of text.

Numbers are printed as the sheet shows them where the file says how (XLSX); elsewhere whole numbers without a fraction.
Dates are dates and no counts. Left out: hidden sheets, rows and columns, and cells that a merge covers.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from parsers.carriers.detection import Format
from parsers.carriers.member import Carrier, MemberPage, accept_page
from parsers.carriers.number_formats import write_number, write_plainly
from parsers.carriers.office_blocks import BlockCollector, CellDraft, TableDraft, Text
from parsers.carriers.office_package import open_package
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.carriers.sheet_limits import check_open_document
from parsers.carriers.text_lines import is_chapter_heading, is_figure, is_prose
from parsers.carriers.workbook_parts import MOST_CELLS, SheetParts, read_sheet_parts
from parsers.page import Cell, Page

_READER = "calamine"
_MAX_BYTES = 32 * 1024 * 1024
_ZIP = b"PK"
_XLSX_WORKBOOK = "xl/workbook.xml"
_OPEN_DOCUMENT = "content.xml"

# A row and a column, from zero.
Place = tuple[int, int]
Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet. `merges` are the spans of merged cells by their first place, `covered` all other places."""

    name: str
    rows: list[list[Value]]
    merges: dict[Place, tuple[int, int]]
    covered: frozenset[Place]
    parts: SheetParts = field(default_factory=SheetParts)


def read_spreadsheet_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one workbook. `unreadable` where it is encrypted, damaged, or lays out more cells than any report."""
    try:
        page = read_spreadsheet_page(data, detected.id)
    except RefusalError as refusal:
        return refuse_member(detected, _READER, refusal)
    return (accept_page(detected, page),)


def read_spreadsheet_page(data: bytes, carrier: str) -> Page:
    """The page of a workbook's bytes. Raises RefusalError."""
    parts = _read_parts(data)
    collector = BlockCollector()
    hidden = 0
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            for number, stated in enumerate(workbook.sheets_metadata, start=1):
                if stated.visible != SheetVisibleEnum.Visible:
                    hidden += 1
                elif stated.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.DialogSheet):
                    sheet = _read_sheet(workbook, number, stated.name, parts.get(stated.name) or SheetParts())
                    _add_sheet(collector, sheet)
    except PasswordError as error:
        raise RefusalError("encrypted", str(error)) from error
    except CalamineError as error:
        raise RefusalError("damaged_file", str(error)) from error
    if hidden:
        collector.note("hidden_sheets", f"{hidden} hidden sheets left out")
    return collector.make_page(carrier, _READER)


def _read_parts(data: bytes) -> dict[str, SheetParts]:
    """What an XLSX file says beside its values; an ODS file is only measured. Old formats are not compressed."""
    if not data.startswith(_ZIP):
        return {}
    package = open_package(data)
    if _OPEN_DOCUMENT in package.members:
        check_open_document(package.read(_OPEN_DOCUMENT) or b"")
    if _XLSX_WORKBOOK not in package.members:
        return {}
    return read_sheet_parts(package, _XLSX_WORKBOOK)


def _read_sheet(workbook: CalamineWorkbook, number: int, name: str, parts: SheetParts) -> Sheet:
    sheet = workbook.get_sheet_by_index(number - 1)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        detail = f"a sheet of {sheet.total_height} by {sheet.total_width} cells, limit {MOST_CELLS} cells"
        raise RefusalError("too_large", detail)
    rows = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    if rows and len(rows) in parts.blank_rows:
        rows.append([""] * width)
    merges, covered = _read_merges(sheet.merged_cell_ranges or [], len(rows), width)
    return Sheet(name, rows, merges, covered, parts)


def _read_merges(
    ranges: list[tuple[Place, Place]], height: int, width: int
) -> tuple[dict[Place, tuple[int, int]], frozenset[Place]]:
    """The spans of merged cells by their first place, and the places they cover; what leaves the sheet is cut off."""
    merges: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    area = 0
    for (top, left), (bottom, right) in ranges:
        rows, columns = min(bottom + 1, height) - top, min(right + 1, width) - left
        if (top, left) in covered or rows < 1 or columns < 1:
            continue
        area += rows * columns
        if area > MOST_CELLS:
            raise RefusalError("too_large", f"merged cells over more than {MOST_CELLS} places")
        merges[top, left] = (rows, columns)
        covered.update((row, column) for row in range(top, top + rows) for column in range(left, left + columns))
        covered.discard((top, left))
    return merges, frozenset(covered)


def _add_sheet(collector: BlockCollector, sheet: Sheet) -> None:
    """Keep a sheet's rows: a line of text alone in its row ends a table and is a paragraph, if it cannot be a row."""
    table: list[CellDraft] = []
    for row_no in range(len(sheet.rows)):
        if row_no in sheet.parts.hidden_rows:
            continue
        row = list(_read_row(sheet, row_no))
        printed = [draft for draft in row if draft.cell.text.strip()]
        if not printed and not table:
            continue
        if len(printed) == 1 and _is_line(printed[0].cell.text, is_first=not table):
            _add_table(collector, sheet, table)
            table = []
            collector.add_text(Text(printed[0].cell.text), printed[0].cell.locator)
        else:
            table.extend(row)
    _add_table(collector, sheet, table)


def _is_line(text: str, *, is_first: bool) -> bool:
    """Whether a cell alone in its row is a line of text and no label: before a table, a heading, or a sentence."""
    return not is_figure(text) and (is_first or is_chapter_heading(text) or is_prose(text))


def _add_table(collector: BlockCollector, sheet: Sheet, drafts: list[CellDraft]) -> None:
    if not any(draft.cell.text.strip() for draft in drafts):
        return
    collector.number_table()
    first, last = drafts[0].cell.row + 1, drafts[-1].cell.row + 1
    collector.add_table(TableDraft(tuple(drafts), f"sheet {sheet.name}, rows {first} to {last}"))


def _read_row(sheet: Sheet, row_no: int) -> Iterator[CellDraft]:
    for column, value in enumerate(sheet.rows[row_no]):
        place = (row_no, column)
        if place in sheet.covered or column in sheet.parts.hidden_columns:
            continue
        text = _print_value(value, place, sheet.parts)
        row_span, column_span = sheet.merges.get(place, (1, 1))
        locator = f"sheet {sheet.name}, cell {name_column(column)}{row_no + 1}"
        yield CellDraft(Cell(text, row_no, column, locator, row_span, column_span), (Text(text),))


def _print_value(value: Value, place: Place, parts: SheetParts) -> str:
    """A value as its cell shows it. A formula whose result the file does not hold is printed as the formula."""
    if place in parts.uncomputed:
        return f"={parts.uncomputed[place]}"
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        shown = write_number(value, parts.formats[place]) if place in parts.formats else None
        return write_plainly(value) if shown is None else shown
    return str(value)


def name_column(number: int) -> str:
    """The letters of a column by its number from zero."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


CARRIER = Carrier(_READER, frozenset({"xlsx", "xls", "ods"}), _MAX_BYTES, read_spreadsheet_members)
