"""Reads the statistics sheet of a report of before 2019: one line an indicator, for the year and for all years so far.

Sheets differ by place. A line keeps the label it prints; it has the id of the sheet of 2014 only where its label is
that sheet's, and a number otherwise. Nothing is bridged to the tables of 2019 and later.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from parsers.findings import make_finding
from parsers.form.sheet import load_sheet
from parsers.page import Cell, Grid, Page
from parsers.report import EditionId, Finding, ReportCell
from parsers.tables.labels import normalise_label, strip_ordinal
from parsers.tables.numbers import CellReading, normalise_text, read_number

_YEAR_HEADER = re.compile(r"(?:19|20)\d\d年(?:度|份)?(?:数|统计数)?")
_OF_WHICH = re.compile(r"^其中:?")
# The sheet of 2014 has 51 lines with figures; a sheet that prints most of them is that sheet.
_SHARE_OF_KNOWN_LINES = 0.5


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The cells of a sheet in printed order, and whether it is the sheet of 2014 or a local one.

    `locators` are those of all cells that were used: figures, labels, units and the header. `findings` name the rows
    that have more or fewer cells than the header (R15): which figure is whose cannot be told.
    """

    edition: EditionId
    cells: tuple[ReportCell, ...]
    locators: frozenset[str]
    findings: tuple[Finding, ...]


def read_sheet(page: Page) -> SheetReading | None:
    """Read the first grid whose header names indicators and this year's figures; null where there is none."""
    for grid in (block for block in page.blocks if isinstance(block, Grid)):
        columns = _find_columns(grid)
        if columns is not None:
            return _read_lines(grid, columns)
    return None


def _find_columns(grid: Grid) -> dict[str, Cell] | None:
    """The header cells of the first row by what they head; label and this year must be there."""
    words = load_sheet().header
    kinds = {"label": words.label, "unit": words.unit, "this_year": words.this_year, "cumulative": words.cumulative}
    columns: dict[str, Cell] = {}
    for cell in grid.cells:
        if cell.row > 0:
            break
        text = normalise_text(cell.text)
        kind = next((kind for kind, names in kinds.items() if text in names), None)
        if kind is None and _YEAR_HEADER.fullmatch(text):
            kind = "this_year"
        if kind is not None:
            columns.setdefault(kind, cell)
    has_more = "unit" in columns or "cumulative" in columns
    return columns if grid.layout != "stream" and has_more and {"label", "this_year"} <= set(columns) else None


def _read_lines(grid: Grid, columns: dict[str, Cell]) -> SheetReading:
    cells: list[ReportCell] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    width = _find_end(cell for cell in grid.cells if cell.row == 0)
    used = {cell.locator for cell in columns.values()}
    known = 0
    rows = [row for row in _list_rows(grid) if columns["label"].column in row]
    for number, row in enumerate(rows, start=1):
        label = row[columns["label"].column]
        line_id = _find_line_id(label.text)
        if line_id is None or line_id in seen:
            line_id = f"line_{number:02d}"
        else:
            known += 1
        seen.add(line_id)
        unit = row.get(columns["unit"].column) if "unit" in columns else None
        used |= {cell.locator for cell in (label, unit) if cell is not None}
        end = _find_end(cell for cell in row.values() if cell.column < width or normalise_text(cell.text))
        figures = [
            _make_cell(line_id, column_id, figure, label, columns[column_id], unit, is_whole=end == width)
            for column_id in ("this_year", "cumulative")
            if column_id in columns and (figure := row.get(columns[column_id].column)) is not None
        ]
        cells += figures
        if figures and end != width:
            findings.append(_report_row(label, figures, end, width))
    is_national = known >= _SHARE_OF_KNOWN_LINES * len(load_sheet().lines)
    used |= {cell.locator for cell in cells if cell.locator}
    return SheetReading("stats_2014" if is_national else "local_sheet", tuple(cells), frozenset(used), tuple(findings))


def _find_end(row: Iterable[Cell]) -> int:
    """The number of columns a row reaches over."""
    return max(cell.column + cell.column_span for cell in row)


def _report_row(label: Cell, figures: list[ReportCell], count: int, width: int) -> Finding:
    printed = label.text.strip()
    return make_finding(
        "R15",
        f"{figures[0].table_id}.{figures[0].line_id}",
        tuple(figure.cell_id for figure in figures),
        f"“{printed}”一行有 {count} 格，表头有 {width} 格",
        f"row of `{printed}`: {count} cells under {width} of the header",
        f"{label.locator}: {' '.join(figure.printed_text or '' for figure in figures).strip()}",
    )


def _list_rows(grid: Grid) -> Iterator[dict[int, Cell]]:
    """The rows below the header, each by the column its cells begin in; blank labels are left out."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in grid.cells:
        if cell.row > 0:
            rows.setdefault(cell.row, {})[cell.column] = cell
    yield from (row for row in rows.values() if any(normalise_text(cell.text) for cell in row.values()))


@cache
def _list_known_labels() -> dict[str, str]:
    return {
        strip_ordinal(normalise_label(label)): line.id
        for line in load_sheet().lines
        for label in (_OF_WHICH.sub("", line.label), *line.also_printed)
    }


def _find_line_id(text: str) -> str | None:
    label = strip_ordinal(_OF_WHICH.sub("", normalise_label(text)))
    return _list_known_labels().get(label)


def _make_cell(
    line_id: str, column_id: str, figure: Cell, label: Cell, header: Cell, unit: Cell | None, *, is_whole: bool
) -> ReportCell:
    is_read = is_whole and figure.confidence > 0
    reading = read_number(figure.text) if is_read else CellReading("unreadable")
    printed_unit = unit.text.strip() if unit is not None and unit.text.strip() else None
    return ReportCell(
        table_id="sheet",
        line_id=line_id,
        column_id=column_id,
        printed_text=figure.text,
        value=reading.value,
        state=reading.state,
        unit=reading.unit or printed_unit,
        remark=reading.remark,
        row_label_text=label.text,
        column_label_text=header.text,
        locator=figure.locator,
        confidence=figure.confidence if is_read else 0.0,
    )
