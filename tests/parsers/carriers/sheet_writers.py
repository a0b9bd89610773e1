"""Writes workbooks with the form's tables for tests, with openpyxl and xlwt."""

from collections.abc import Iterable
from io import BytesIO

import openpyxl
import xlwt

from tests.parsers.carriers.form_tables import CHAPTERS, TITLE, FormTable


def value_of(text: str) -> str | int | None:
    """Figures as numbers, as people type them; nothing for a blank cell."""
    if text.isdigit():
        return int(text)
    return text or None


def save_xlsx(workbook: openpyxl.Workbook) -> bytes:
    """The workbook's bytes."""
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def write_xlsx(tables: Iterable[FormTable], *, in_one_sheet: bool = True) -> openpyxl.Workbook:
    """A workbook with a title and the tables under their chapters, in one sheet or a sheet each."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "年报"
    sheet["A1"] = TITLE
    sheet.merge_cells("A1:J1")
    row = 2
    for table in tables:
        if not in_one_sheet:
            sheet, row = workbook.create_sheet(table.table_id), 1
        sheet.cell(row, 1, CHAPTERS[table.table_id])
        for cell in table.cells:
            top, left = row + 1 + cell.row, 1 + cell.column
            sheet.cell(top, left, value_of(cell.text))
            if cell.row_span > 1 or cell.column_span > 1:
                bottom, right = top + cell.row_span - 1, left + cell.column_span - 1
                sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        row += table.height + 2
    return workbook


def write_xls(tables: Iterable[FormTable]) -> bytes:
    """The same as XLS, in one sheet."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("年报")
    sheet.write_merge(0, 0, 0, 9, TITLE)
    row = 1
    for table in tables:
        sheet.write(row, 0, CHAPTERS[table.table_id])
        for cell in table.cells:
            top, left = row + 1 + cell.row, cell.column
            bottom, right = top + cell.row_span - 1, left + cell.column_span - 1
            sheet.write_merge(top, bottom, left, right, value_of(cell.text))
        row += table.height + 2
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
