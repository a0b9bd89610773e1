"""The form's tables for a person: laid out as printed, with the cells that fail or are in doubt marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from gongkai.commands.console import clean_text
from gongkai.commands.labels import find_groups
from parsers.form import Line, Relation, Section, Table, load_form
from parsers.form.model import Group
from parsers.report import Report, ReportCell

MARK_STYLES = {"failing": "bold red", "doubtful": "yellow", "unreadable": "yellow", "absent": "dim"}
MARK_SIGNS = {"failing": "!", "doubtful": "?", "unreadable": "¿", "absent": "·"}

# Below this width the tables have no room for spaces beside their lines.
SPACIOUS_WIDTH = 110
# Characters a header row may take in one line, where a table has few columns and where it has many.
FEW_COLUMNS, ROOMY_HEADER, TIGHT_HEADER = 5, 8, 4
# A cell of words is folded after so many characters.
CELL_CHARACTERS = 14


@dataclass(frozen=True, slots=True)
class MarkedCells:
    """The report's cells by id, and which of them break a relation or were read with doubt."""

    cells: Mapping[str, ReportCell]
    failing: frozenset[str]
    doubtful: frozenset[str]

    def find_mark(self, cell_id: str) -> str | None:
        """The one mark that matters most for a cell; none for a cell that is as it should be, blank or slash too."""
        if cell_id not in self.cells or self.cells[cell_id].state == "absent":
            return "absent"
        if self.cells[cell_id].state == "unreadable":
            return "unreadable"
        if cell_id in self.failing:
            return "failing"
        return "doubtful" if cell_id in self.doubtful else None


def mark_cells(report: Report) -> MarkedCells:
    """Which cells to mark: failing ones stand in a relation that fails, doubtful ones in any other warning.

    A part of a failed sum that prints 0 or nothing is not marked: it would hide those that make the sum.
    """
    cells = {cell.cell_id: cell for cell in report.cells}
    failing: set[str] = set()
    doubtful = {cell.cell_id for cell in report.cells if cell.confidence is not None and cell.confidence < 1}
    for finding in report.findings:
        relation = next((relation for relation in load_form().relations if relation.id == finding.rule_id), None)
        if relation is not None and finding.outcome == "failed" and finding.verdict != "parse_suspect":
            failing.update(name for name in finding.cells if _is_sum(name, relation) or _is_filled(cells.get(name)))
        elif finding.severity != "notice":
            doubtful.update(finding.cells)
    return MarkedCells(cells, frozenset(failing), frozenset(doubtful))


def render_table(table: Table, marked: MarkedCells, width: int) -> Grid:
    """One table of the form: under each header row its lines, merged cells as rows of their own.

    Labels are folded to fit the width of the terminal; figures never are.
    """
    grid = Grid(box=box.SQUARE, show_header=False, padding=(0, 1) if width >= SPACIOUS_WIDTH else 0)
    grid.title = Text(table.title, "bold")
    grid.title_justify = "left"
    grid.add_column(min_width=16, overflow="fold")
    column_count = max(len(section.columns) for section in table.sections)
    header_characters = ROOMY_HEADER if column_count <= FEW_COLUMNS else TIGHT_HEADER
    for _ in range(column_count):
        grid.add_column(justify="right", no_wrap=True)
    for section in table.sections:
        header = [Text(_fold_text(column.label, header_characters), "bold") for column in section.columns]
        grid.add_row(Text(section.clause or "", "bold"), *header)
        grid.add_section()
        for row in _list_rows(table, section, marked):
            grid.add_row(*row)
        grid.add_section()
    return grid


def list_marks(table: Table, marked: MarkedCells) -> list[str]:
    """The marks that occur in a table, for its legend, in a fixed order."""
    found = {marked.find_mark(f"{table.id}.{line.id}.{column.id}") for line in table.lines for column in line.columns}
    return [mark for mark in MARK_SIGNS if mark in found]


def _is_sum(cell_id: str, relation: Relation) -> bool:
    _, line_id, column_id = cell_id.split(".")
    return relation.parts_of_total and (line_id if relation.each == "column" else column_id) in _find_sums(relation)


@cache
def _find_sums(relation: Relation) -> frozenset[str]:
    lines = [line for edition in load_form().editions for line in edition.find_table(relation.table).lines]
    columns = [column for line in lines for column in line.columns]
    return frozenset(part.id for part in (lines if relation.each == "column" else columns) if part.is_total)


def _is_filled(cell: ReportCell | None) -> bool:
    return cell is not None and cell.value != 0 and cell.state != "blank"


def _list_rows(table: Table, section: Section, marked: MarkedCells) -> Iterator[list[Text]]:
    opened: list[Group] = []
    for line in section.lines:
        groups = find_groups(table, line)
        for depth, group in enumerate(groups):
            if group not in opened:
                yield [Text("  " * depth + group.label, "bold")]
        opened = groups
        figures = [_render_cell(f"{table.id}.{line.id}.{column.id}", marked) for column in line.columns]
        yield [_indent(line, len(groups)), *figures]


def _fold_text(text: str, characters: int) -> str:
    rows = max(1, ceil(len(text) / characters))
    length = max(1, ceil(len(text) / rows))
    return "\n".join(text[start : start + length] for start in range(0, len(text), length))


def _indent(line: Line, depth: int) -> Text:
    return Text("  " * depth + line.label, "bold" if line.is_total else "")


def _render_cell(cell_id: str, marked: MarkedCells) -> Text:
    cell = marked.cells.get(cell_id)
    printed = "" if cell is None or cell.printed_text is None else " ".join(clean_text(cell.printed_text).split())
    mark = marked.find_mark(cell_id)
    if mark == "unreadable":
        # What is printed belongs to several cells; it stands in the finding.
        printed = ""
    if cell is not None and str(cell.value) != printed:
        printed = _fold_text(printed, CELL_CHARACTERS)
    if mark is None:
        return Text(printed)
    return Text(printed + MARK_SIGNS[mark], MARK_STYLES[mark])
