"""Old workbooks (XLS, ET): their sheets as they are printed, by a reader that a damaged file cannot crash."""

import struct
from collections.abc import Iterator
from io import BytesIO, StringIO

import olefile
import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError
from xlrd.sheet import Sheet as OldSheet
from xlrd.xldate import XLDateError, xldate_as_datetime

from parsers.carriers.number_formats import write_number, write_plainly
from parsers.carriers.refusals import RefusalError
from parsers.carriers.sheet_blocks import Sheet, check_size

_VISIBLE = 0
_STREAMS = ("Workbook", "Book", "ETWorkbook")
_ENCRYPTED_STREAM = "EncryptedPackage"
_MIDNIGHT = " 00:00:00"
_DAMAGES = (
    xlrd.XLRDError,
    CompDocError,
    FormulaError,
    struct.error,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    MemoryError,
    RecursionError,
    NotImplementedError,
    EOFError,
    OSError,
)


def list_old_sheets(data: bytes) -> Iterator[Sheet | None]:
    """The sheets in order, null for a hidden one. Raises RefusalError `encrypted`, `damaged_file` or `too_large`."""
    try:
        workbook = xlrd.open_workbook(
            file_contents=read_workbook_stream(data), formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
        for sheet in workbook.sheets():
            yield None if sheet.visibility != _VISIBLE else _read_sheet(workbook, sheet)
    except RefusalError:
        raise
    except _DAMAGES as error:
        reason = "encrypted" if "encrypted" in str(error) else "damaged_file"
        raise RefusalError(reason, f"{type(error).__name__}: {error}") from error


def read_workbook_stream(data: bytes) -> bytes:
    """The stream of a compound file that holds the workbook: what leads in a circle there ends here."""
    with olefile.OleFileIO(BytesIO(data)) as container:
        if container.exists(_ENCRYPTED_STREAM):
            raise RefusalError("encrypted", "an encrypted package")
        for name in _STREAMS:
            if container.exists(name):
                return container.openstream(name).read()
    raise RefusalError("damaged_file", "no workbook among the streams of the file")


def _read_sheet(workbook: Book, sheet: OldSheet) -> Sheet:
    check_size(sheet.nrows, sheet.ncols)
    return Sheet(
        name=sheet.name,
        rows=[
            [_print_cell(workbook, sheet, row, column) for column in range(sheet.row_len(row))]
            for row in range(sheet.nrows)
        ],
        merges=tuple(((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells),
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
    )


def _print_cell(workbook: Book, sheet: OldSheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return error_text_from_code.get(cell.value, "#ERROR")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _print_date(float(cell.value), workbook.datemode)
    if cell.ctype != xlrd.XL_CELL_NUMBER:
        return ""
    code = workbook.format_map[workbook.xf_list[sheet.cell_xf_index(row, column)].format_key].format_str
    shown = write_number(float(cell.value), code)
    return write_plainly(float(cell.value)) if shown is None else shown


def _print_date(number: float, base: int) -> str:
    """A date, with its time where it has one; what is no date is printed as its number in brackets, never bare."""
    try:
        return str(xldate_as_datetime(number, base)).removesuffix(_MIDNIGHT)
    except (XLDateError, OverflowError, ValueError):
        return f"[{write_plainly(number)}]"
