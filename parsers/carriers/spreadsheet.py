"""Reads spreadsheets (XLSX, XLSB, XLS, ET, ODS), every visible sheet in order.

Numbers are printed as the sheet shows them where the file says how; whole numbers without a fraction elsewhere. Dates
are dates and no counts. A formula whose result the file does not hold is printed as the formula. Left out: hidden
sheets, rows and columns, charts, and cells that a merge covers.
"""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from parsers.carriers.detection import Format
from parsers.carriers.member import Carrier, MemberPage, accept_page
from parsers.carriers.number_formats import write_number, write_plainly
from parsers.carriers.office_blocks import BlockCollector
from parsers.carriers.office_package import open_package
from parsers.carriers.old_workbook import list_old_sheets
from parsers.carriers.open_sheets import check_open_document
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.carriers.sheet_blocks import Place, Sheet, add_sheet, check_size
from parsers.carriers.workbook_parts import SheetParts, read_sheet_parts
from parsers.page import Page

_READER, _OLD_READER = "calamine", "xlrd"
_MAX_BYTES = 32 * 1024 * 1024
_ZIP = b"PK"
_XLSX_WORKBOOK = "xl/workbook.xml"
_OPEN_DOCUMENT = "content.xml"

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_spreadsheet_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one workbook. `unreadable` where it is encrypted, damaged, or lays out more cells than any report."""
    try:
        page = read_spreadsheet_page(data, detected.id)
    except RefusalError as refusal:
        return refuse_member(detected, _READER if data.startswith(_ZIP) else _OLD_READER, refusal)
    return (accept_page(detected, page),)


def read_spreadsheet_page(data: bytes, carrier: str) -> Page:
    """The page of a workbook's bytes. Raises RefusalError."""
    collector = BlockCollector()
    is_new = data.startswith(_ZIP)
    hidden = 0
    for sheet in _list_sheets(data) if is_new else list_old_sheets(data):
        if sheet is None:
            hidden += 1
        else:
            add_sheet(collector, sheet)
    if hidden:
        collector.note("hidden_sheets", f"{hidden} hidden sheets left out")
    return collector.make_page(carrier, _READER if is_new else _OLD_READER)


def _list_sheets(data: bytes) -> Iterator[Sheet | None]:
    """The sheets of cells in order, null for a hidden one."""
    parts = _read_parts(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            for number, stated in enumerate(workbook.sheets_metadata):
                if stated.visible != SheetVisibleEnum.Visible:
                    yield None
                elif stated.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.DialogSheet):
                    yield _read_sheet(workbook, number, stated.name, parts.get(stated.name) or SheetParts())
    except PasswordError as error:
        raise RefusalError("encrypted", str(error)) from error
    except CalamineError as error:
        raise RefusalError("damaged_file", str(error)) from error


def _read_parts(data: bytes) -> dict[str, SheetParts]:
    """What an XLSX file says beside its values; an ODS file is only measured."""
    package = open_package(data)
    if _OPEN_DOCUMENT in package.members:
        check_open_document(package.read(_OPEN_DOCUMENT) or b"")
    if _XLSX_WORKBOOK not in package.members:
        return {}
    return read_sheet_parts(package, _XLSX_WORKBOOK)


def _read_sheet(workbook: CalamineWorkbook, number: int, name: str, parts: SheetParts) -> Sheet:
    sheet = workbook.get_sheet_by_index(number)
    check_size(sheet.total_height, sheet.total_width)
    rows = [
        [_print_value(value, (row_no, column), parts) for column, value in enumerate(row)]
        for row_no, row in enumerate(sheet.to_python(skip_empty_area=False))
    ]
    if rows and len(rows) in parts.blank_rows:
        rows.append([])
    merges = tuple(sheet.merged_cell_ranges or ())
    return Sheet(name, rows, merges, frozenset(parts.hidden_rows), frozenset(parts.hidden_columns))


def _print_value(value: Value, place: Place, parts: SheetParts) -> str:
    """A value as its cell shows it."""
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


CARRIER = Carrier(_READER, frozenset({"xlsx", "xls", "ods"}), _MAX_BYTES, read_spreadsheet_members)
