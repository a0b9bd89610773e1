"""Spreadsheets: the form's tables without a finding, numbers as shown, what is hidden left out, limits kept."""

import datetime as dt
import zipfile
from io import BytesIO

import msoffcrypto
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from parsers.carriers.detection import detect_format, get_format
from parsers.carriers.number_formats import BUILT_IN, write_number, write_plainly
from parsers.carriers.reasons import get_reason
from parsers.carriers.sheet_blocks import name_column
from parsers.carriers.spreadsheet import read_spreadsheet_members
from parsers.carriers.workbook_parts import read_column
from parsers.page import Grid, Page, Paragraph
from tests.parsers.carriers.form_tables import CHAPTERS, TITLE, lay_out_form
from tests.parsers.carriers.readings import PRINTED, draw_figures, number_figures, read_printed, take_page
from tests.parsers.carriers.sheet_writers import save_xlsx, write_xls, write_xlsx

EDITIONS = ["format_2021", "format_2019"]


def read(data: bytes) -> Page:
    return take_page(read_spreadsheet_members(data, detect_format(data)))


def read_reason(data: bytes, format_id: str) -> str | None:
    (member,) = read_spreadsheet_members(data, get_format(format_id))
    return member.status_reason


def list_cells(page: Page) -> dict[str, str]:
    """The printed text of every cell by the last word of its locator: its name in the sheet."""
    return {
        cell.locator.rpartition(" ")[2]: cell.text
        for block in page.blocks
        if isinstance(block, Grid)
        for cell in block.cells
    }


@pytest.mark.parametrize("in_one_sheet", [True, False])
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_whole_workbook_is_read_without_findings(edition_id: str, *, in_one_sheet: bool) -> None:
    figures = number_figures(edition_id)
    page = read(save_xlsx(write_xlsx(lay_out_form(figures, edition_id), in_one_sheet=in_one_sheet)))
    printed, reading = read_printed(page)
    assert printed == figures
    assert reading.findings == ()
    assert set(reading.editions.values()) == {edition_id}
    assert page.blocks[0] == Paragraph(TITLE, "sheet 年报, cell A1")
    texts = [block.text for block in page.blocks if isinstance(block, Paragraph)]
    assert [text for text in texts if text in CHAPTERS.values()] == list(CHAPTERS.values())


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_whole_old_workbook_is_read_without_findings(edition_id: str) -> None:
    figures = number_figures(edition_id)
    page = read(write_xls(lay_out_form(figures, edition_id)))
    printed, reading = read_printed(page)
    assert (printed, reading.findings) == (figures, ())
    assert page.reader == "xlrd"


@pytest.mark.parametrize("old", [False, True])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_blanks_slashes_and_figures_are_read_as_printed(data: st.DataObject, *, old: bool) -> None:
    figures = draw_figures(data, "format_2021", PRINTED)
    last = [cell_id for cell_id in figures if cell_id.startswith("t4.")]
    figures |= dict.fromkeys(last[-1:], "3")
    tables = lay_out_form(figures)
    printed, reading = read_printed(read(write_xls(tables) if old else save_xlsx(write_xlsx(tables))))
    assert (printed, reading.findings) == (figures, ())


def make_sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["规章", "行政规范性文件"])
    return workbook, sheet


def test_numbers_are_printed_as_the_sheet_shows_them() -> None:
    workbook, sheet = make_sheet()
    values: list[tuple[object, str, str]] = [
        (5, "General", "5"),
        (1136, "#,##0", "1,136"),
        (4166.241619, "General", "4166.241619"),
        (4166.241619, "0.00", "4166.24"),
        (0.1 + 0.2, "General", "0.3"),
        (0.5, "0%", "50%"),
        (0, BUILT_IN[41], "-"),
        (0, "0;;;", ""),
        (12.5, "0", "13"),
        (3, '0"件"', "3件"),
        (dt.date(2023, 1, 5), "yyyy-mm-dd", "2023-01-05"),
        (5, "yyyy-mm-dd", "1900-01-05"),
        (True, "General", "TRUE"),
        ("３", "General", "３"),
        ("=SUM(A1:A2)", "General", "=SUM(A1:A2)"),
    ]
    for value, code, _ in values:
        sheet.append(["x", value])
        sheet.cell(sheet.max_row, 2).number_format = code
    cells = list_cells(read(save_xlsx(workbook)))
    assert [cells[f"B{row}"] for row in range(2, len(values) + 2)] == [text for _, _, text in values]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (-5, BUILT_IN[41], "(5)"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-0.4, "0", "0"),
        (0.5, "#.##", ".5"),
        (5, "000", "005"),
        (2.5, "0.0#", "2.5"),
        (2, "0.##", "2"),
        (1690.9913, '0.0000"万元"', "1690.9913万元"),
        (7, "0\\件", "7件"),
        (1e10, "0.00E+00", None),
        (3, "[>=100]0;0.0", None),
        (0.5, "# ?/?", None),
        (12345, "0,", None),
        (1e300, "0.00", None),
        (float("inf"), "0", None),
        (1, "0." + "0" * 40, None),
    ],
)
def test_number_formats_are_known_or_refused(value: float, code: str, shown: str | None) -> None:
    assert write_number(value, code) == shown


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_have_no_fraction(number: int) -> None:
    assert write_plainly(float(number)) == str(number)
    assert write_number(float(number), "0") == str(number)


@given(st.integers(0, 16_383))
def test_columns_are_named_as_sheets_do(number: int) -> None:
    assert read_column(name_column(number)) == number


def test_hidden_sheets_rows_and_columns_are_left_out() -> None:
    workbook, sheet = make_sheet()
    sheet.append([1, 2])
    sheet.append([3, 4])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    workbook.create_sheet("草稿").append([9])
    workbook["草稿"].sheet_state = "hidden"
    page = read(save_xlsx(workbook))
    assert set(list_cells(page).values()) == {"3"}
    assert [item.value for item in page.metadata] == ["1 hidden sheets left out"]


def test_printed_blank_row_below_the_last_value_is_kept() -> None:
    workbook, sheet = make_sheet()
    sheet.append(["一", "二"])
    sheet.cell(3, 1).border = Border(bottom=Side("thin"))
    assert list_cells(read(save_xlsx(workbook))) == {
        "A1": "规章",
        "B1": "行政规范性文件",
        "A2": "一",
        "B2": "二",
        "A3": "",
        "B3": "",
    }


def rewrite_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return buffer.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_cells_at_far_corners_are_refused_before_they_are_laid_out() -> None:
    workbook, _ = make_sheet()
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = rewrite_part(save_xlsx(workbook), "xl/worksheets/sheet1.xml", SHEET % rows)
    assert read_reason(data, "xlsx") == "too_large"


def test_formula_whose_result_is_no_text_prints_nothing() -> None:
    workbook, _ = make_sheet()
    formula = b'<c r="B1" t="str"><f>IF(A1=7,"",1)</f><v></v></c>'
    row = b'<row r="1"><c r="A1"><v>7</v></c>' + formula + b'<c r="C1"><v>8</v></c></row>'
    cells = list_cells(read(rewrite_part(save_xlsx(workbook), "xl/worksheets/sheet1.xml", SHEET % row)))
    assert cells == {"A1": "7", "B1": "", "C1": "8"}


def test_sheet_that_unpacks_without_end_is_refused() -> None:
    workbook, _ = make_sheet()
    data = rewrite_part(save_xlsx(workbook), "xl/worksheets/sheet1.xml", SHEET % (b" " * 80_000_000))
    assert read_reason(data, "xlsx") == "archive_limit"


def test_entities_are_refused() -> None:
    workbook, _ = make_sheet()
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + SHEET % b""
    data = rewrite_part(save_xlsx(workbook), "xl/worksheets/sheet1.xml", bomb)
    assert read_reason(data, "xlsx") == "damaged_file"


def test_encrypted_workbook_is_named() -> None:
    workbook, _ = make_sheet()
    buffer = BytesIO()
    OOXMLFile(BytesIO(save_xlsx(workbook))).encrypt("x", buffer)
    assert msoffcrypto.OfficeFile(BytesIO(buffer.getvalue())).is_encrypted()
    assert read_reason(buffer.getvalue(), "xls") == "encrypted"


@settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4),
    keeps=st.floats(0.1, 1),
    old=st.booleans(),
)
def test_any_damage_has_a_listed_reason(changes: list[tuple[float, int]], keeps: float, *, old: bool) -> None:
    tables = lay_out_form(number_figures())[:1]
    data = bytearray(write_xls(tables) if old else save_xlsx(write_xlsx(tables)))
    for place, value in changes:
        data[int(place * len(data))] = value
    cut = bytes(data[: int(len(data) * keeps)])
    for member in read_spreadsheet_members(cut, get_format("xls" if old else "xlsx")):
        assert member.page is not None or get_reason(member.status_reason or "").status == member.status
