"""Sheets of a workbook as blocks: a grid for each run of rows that is a table, paragraphs for lines of text.

Left out: hidden rows and columns, and places that a merge covers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.carriers.office_blocks import BlockCollector, CellDraft, TableDraft, Text
from parsers.carriers.refusals import RefusalError
from parsers.carriers.text_lines import is_chapter_heading, is_figure, is_prose
from parsers.page import Cell

MOST_CELLS = 500_000
# A row and a column, from zero.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet as it is printed, from its first row and column. `merges` are first and last place of merged
    cells."""

    name: str
    rows: list[list[str]]
    merges: tuple[tuple[Place, Place], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def check_size(height: int, width: int) -> None:
    """Raises RefusalError `too_large` for a sheet of more places than any report has cells."""
    if height * width > MOST_CELLS:
        raise RefusalError("too_large", f"a sheet of {height} by {width} cells, limit {MOST_CELLS} cells")


def add_sheet(collector: BlockCollector, sheet: Sheet) -> None:
    """Keep a sheet's rows: a line of text alone in its row ends a table and is a paragraph, if it cannot be a row."""
    width = max(map(len, sheet.rows), default=0)
    spans, covered = _place_merges(sheet.merges, len(sheet.rows), width)
    table: list[CellDraft] = []
    for row_no in range(len(sheet.rows)):
        if row_no in sheet.hidden_rows:
            continue
        row = list(_read_row(sheet, row_no, width, spans, covered))
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


def _place_merges(
    merges: Iterable[tuple[Place, Place]], height: int, width: int
) -> tuple[dict[Place, tuple[int, int]], set[Place]]:
    """The spans of merged cells by their first place, and the places they cover; what leaves the sheet is cut off."""
    spans: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    area = 0
    for (top, left), (bottom, right) in merges:
        rows, columns = min(bottom + 1, height) - top, min(right + 1, width) - left
        if (top, left) in covered or rows < 1 or columns < 1:
            continue
        area += rows * columns
        if area > MOST_CELLS:
            raise RefusalError("too_large", f"merged cells over more than {MOST_CELLS} places")
        spans[top, left] = (rows, columns)
        covered.update((row, column) for row in range(top, top + rows) for column in range(left, left + columns))
        covered.discard((top, left))
    return spans, covered


def _is_line(text: str, *, is_first: bool) -> bool:
    """Whether a cell alone in its row is a line of text and no label: before a table, a heading, or a sentence."""
    return not is_figure(text) and (is_first or is_chapter_heading(text) or is_prose(text))


def _add_table(collector: BlockCollector, sheet: Sheet, drafts: list[CellDraft]) -> None:
    if not any(draft.cell.text.strip() for draft in drafts):
        return
    collector.number_table()
    first, last = drafts[0].cell.row + 1, drafts[-1].cell.row + 1
    collector.add_table(TableDraft(tuple(drafts), f"sheet {sheet.name}, rows {first} to {last}"))


def _read_row(
    sheet: Sheet, row_no: int, width: int, spans: dict[Place, tuple[int, int]], covered: set[Place]
) -> Iterator[CellDraft]:
    """The printed cells of a row, to the width of the sheet."""
    row = sheet.rows[row_no]
    for column in range(width):
        if (row_no, column) in covered or column in sheet.hidden_columns:
            continue
        text = row[column] if column < len(row) else ""
        row_span, column_span = spans.get((row_no, column), (1, 1))
        locator = f"sheet {sheet.name}, cell {name_column(column)}{row_no + 1}"
        yield CellDraft(Cell(text, row_no, column, locator, row_span, column_span), (Text(text),))


def name_column(number: int) -> str:
    """The letters of a column by its number from zero."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
