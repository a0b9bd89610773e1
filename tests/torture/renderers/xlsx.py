"""Writes reports as spreadsheets with openpyxl: on one sheet or several, figures as numbers or as text."""

from decimal import Decimal, InvalidOperation
from io import BytesIO
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.torture.printing import Draft, PrintedTable, place_cells
from tests.torture.renderers.record import OTHER_TABLE, Renderer, list_lines, settle_times


def draw_style(random: Random) -> dict[str, str]:
    """How many sheets, and what figures are kept as."""
    return {"sheets": random.choice(("one", "chapters")), "numbers": random.choice(("text", "number"))}


def write_xlsx(draft: Draft) -> bytes:
    """The whole workbook."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has no sheet")
    sheet.title = "年报"
    row = _write_lines(sheet, 1, list_lines(draft))
    for number, chapter in enumerate(draft.chapters, start=1):
        if draft.style["sheets"] == "chapters" and any(isinstance(block, PrintedTable) for block in chapter.blocks):
            sheet, row = book.create_sheet(f"表{number}"), 1
        row = _write_lines(sheet, row, [chapter.heading] if chapter.heading else [])
        if "other_tables" in draft.style and chapter in (draft.chapters[0], draft.chapters[-1]):
            for texts in OTHER_TABLE:
                for column, text in enumerate(texts, start=1):
                    sheet.cell(row, column, text)
                row += 1
        for block in chapter.blocks:
            if isinstance(block, str):
                row = _write_lines(sheet, row, [block])
            else:
                row = _write_table(sheet, row, block, keeps_numbers=draft.style["numbers"] == "number")
    _write_lines(sheet, row, draft.closing)
    buffer = BytesIO()
    book.save(buffer)
    return settle_times(buffer.getvalue())


def _write_lines(sheet: Worksheet, row: int, lines: list[str]) -> int:
    for line in lines:
        sheet.cell(row, 1, line)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=10)
        row += 1
    return row


def _write_table(sheet: Worksheet, first_row: int, table: PrintedTable, *, keeps_numbers: bool) -> int:
    height = len(table.rows)
    for number, row in enumerate(place_cells(table)):
        for place in row:
            printed = place.cell
            last_row = first_row + min(number + printed.down, height) - 1
            cell = sheet.cell(first_row + number, place.column + 1)
            value = _choose_value(printed.text) if keeps_numbers and printed.kind == "figure" else printed.text
            cell.value = value if value != "" else None
            if isinstance(value, str):
                cell.data_type = "s" if value else cell.data_type
            if (printed.down, printed.across) != (1, 1):
                sheet.merge_cells(
                    start_row=first_row + number,
                    start_column=place.column + 1,
                    end_row=last_row,
                    end_column=place.column + printed.across,
                )
    return first_row + height + 1


def _choose_value(text: str) -> str | int | float:
    """A number where the cell would show the same figure again, the text everywhere else."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if str(value) != text or not value.is_finite():
        return text
    return int(value) if value == value.to_integral_value() else float(value)


RENDERER = Renderer("xlsx", draw_style, write_xlsx)
