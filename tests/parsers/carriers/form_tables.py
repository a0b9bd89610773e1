"""The form's tables as cells with the merges of the printed form, for tests that write them into files."""

from dataclasses import dataclass, replace

from parsers.form import Table, load_form

TITLE = "某市某局2023年政府信息公开工作年度报告"
CHAPTERS = {
    "t2": "二、主动公开政府信息情况",
    "t3": "三、收到和处理政府信息公开申请情况",
    "t4": "四、政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True)
class FormCell:
    """One printed cell: its text, its first place from zero, its spans, and its id where it holds a figure."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    cell_id: str | None = None


@dataclass(frozen=True)
class FormTable:
    """The cells of a table in reading order and the size of its grid."""

    table_id: str
    cells: tuple[FormCell, ...]
    width: int

    @property
    def height(self) -> int:
        return max(cell.row + cell.row_span for cell in self.cells)

    def list_rows(self) -> list[list[FormCell]]:
        return [[cell for cell in self.cells if cell.row == row] for row in range(self.height)]


def lay_out_table(table: Table, figures: dict[str, str]) -> FormTable:
    """The table as the form prints it."""
    cells = {"t2": _lay_out_2, "t3": _lay_out_3, "t4": _lay_out_4}[table.id](table)
    filled = [replace(cell, text=figures[cell.cell_id]) if cell.cell_id else cell for cell in cells]
    filled.sort(key=lambda cell: (cell.row, cell.column))
    return FormTable(table.id, tuple(filled), max(cell.column + cell.column_span for cell in filled))


def lay_out_form(figures: dict[str, str], edition_id: str = "format_2021") -> list[FormTable]:
    """All three tables of an edition."""
    form = load_form()
    return [lay_out_table(form.find_table(edition_id, table_id), figures) for table_id in ("t2", "t3", "t4")]


def _lay_out_2(table: Table) -> list[FormCell]:
    cells = []
    row = 0
    for section in table.sections:
        width = 3 // len(section.columns)
        cells.append(FormCell(section.clause or "", row, 0, 1, 4))
        cells.append(FormCell(table.corner or "", row + 1, 0))
        row += 1
        places = [
            (1 + no * width, width if no < len(section.columns) - 1 else 3 - no * width, column)
            for no, column in enumerate(section.columns)
        ]
        cells += [FormCell(column.label, row, place, 1, span) for place, span, column in places]
        for line in section.lines:
            row += 1
            cells.append(FormCell(line.label, row, 0))
            cells += [FormCell("", row, place, 1, span, f"t2.{line.id}.{column.id}") for place, span, column in places]
        row += 1
    return cells


def _lay_out_3(table: Table) -> list[FormCell]:
    columns = table.sections[0].columns
    cells = [
        FormCell(table.corner or "", 0, 0, 3, 3),
        FormCell(table.header[0], 0, 3, 1, 7),
        FormCell(columns[0].label, 1, 3, 2),
        FormCell(table.header[1], 1, 4, 1, 5),
        FormCell(columns[-1].label, 1, 9, 2),
        *(FormCell(column.label, 2, 4 + no) for no, column in enumerate(columns[1:-1])),
    ]
    parents = {group.id: group.parent for group in table.groups}
    for no, line in enumerate(table.lines):
        row = 3 + no
        depth = len(_list_groups(line.group, parents))
        cells.append(FormCell(line.label, row, depth, 1, 3 - depth))
        cells += [FormCell("", row, 3 + at, cell_id=f"t3.{line.id}.{c.id}") for at, c in enumerate(columns)]
    for group in table.groups:
        rows = [3 + no for no, line in enumerate(table.lines) if group.id in _list_groups(line.group, parents)]
        depth = len(_list_groups(group.parent, parents))
        cells.append(FormCell(group.label, rows[0], depth, len(rows)))
    return cells


def _list_groups(group_id: str | None, parents: dict[str, str | None]) -> list[str]:
    found = []
    while group_id is not None:
        found.append(group_id)
        group_id = parents[group_id]
    return found


def _lay_out_4(table: Table) -> list[FormCell]:
    first, direct, after = table.lines
    cells = [
        FormCell(first.label, 0, 0, 1, 5),
        FormCell(table.header[0], 0, 5, 1, 10),
        FormCell(direct.label, 1, 5, 1, 5),
        FormCell(after.label, 1, 10, 1, 5),
    ]
    for block_no, line in enumerate(table.lines):
        for no, column in enumerate(line.columns):
            place = block_no * 5 + no
            cells.append(FormCell(column.label, 1 if block_no == 0 else 2, place, 2 if block_no == 0 else 1))
            cells.append(FormCell("", 3, place, cell_id=f"t4.{line.id}.{column.id}"))
    return cells
