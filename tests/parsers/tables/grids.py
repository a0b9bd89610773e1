"""Prints tables of the form into grids as portals and converters do, from figures by cell id."""

from parsers.form import Table, load_form
from parsers.page import Cell, Grid, Layout, Page, Paragraph

Rows = list[list[str]]


def print_table(table: Table, figures: dict[str, str]) -> Rows:
    """Rows of texts as a converter without spans gives them: a label or merged cell once, then the figures."""
    if table.id == "t4":
        return _print_table_4(table, figures)
    rows: Rows = []
    if table.id == "t3":
        columns = table.sections[0].columns
        rows += [
            [table.corner or "", table.header[0]],
            ["", columns[0].label, table.header[1], columns[-1].label],
            ["", "", *(column.label for column in columns[1:-1]), ""],
        ]
    shown: set[str] = set()
    for section in table.sections:
        if section.clause is not None:
            rows.append([section.clause])
            rows.append([table.corner or "", *(column.label for column in section.columns)])
        for line in section.lines:
            rows.append([*_print_groups(table, line.group, shown), line.label, *_print_figures(table, line, figures)])
    return rows


def _print_groups(table: Table, group_id: str | None, shown: set[str]) -> list[str]:
    cells = []
    groups = {group.id: group for group in table.groups}
    while group_id is not None:
        cells.insert(0, "" if group_id in shown else groups[group_id].label)
        shown.add(group_id)
        group_id = groups[group_id].parent
    return cells


def _print_figures(table: Table, line, figures: dict[str, str]) -> list[str]:
    return [figures[f"{table.id}.{line.id}.{column.id}"] for column in line.columns]


def _print_table_4(table: Table, figures: dict[str, str]) -> Rows:
    first, *others = table.lines
    names = [column.label for column in first.columns]
    return [
        [first.label, table.header[0]],
        [*names, *(line.label for line in others)],
        ["", "", "", "", "", *names, *names],
        [figure for line in table.lines for figure in _print_figures(table, line, figures)],
    ]


def make_grid(rows: Rows, layout: Layout, number: int = 1) -> Grid:
    """A grid of a layout; a `stream` loses the rows, so blank padding is left out of it."""
    if layout == "stream":
        texts = [text for row in rows for text in row]
        cells = [Cell(text, 0, no, f"grid {number}, cell {no + 1}") for no, text in enumerate(texts)]
    else:
        cells = [
            Cell(text, row_no, no, f"grid {number}, row {row_no + 1}, cell {no + 1}")
            for row_no, row in enumerate(rows)
            for no, text in enumerate(row)
        ]
    return Grid(tuple(cells), layout, f"grid {number}")


def place_cells(table_id: str, rows: Rows, number: int = 1) -> Grid:
    """A grid as HTML prints it: labels spanned over the label columns, figures in columns of their own."""
    cells = []
    for row_no, row in enumerate(rows):
        for no, (text, column, span) in enumerate(_PLACES[table_id](row)):
            cells.append(Cell(text, row_no, column, f"grid {number}, row {row_no + 1}, cell {no + 1}", 1, span))
    return Grid(tuple(cells), "placed", f"grid {number}")


def _place_row_of_table_2(row: list[str]) -> list[tuple[str, int, int]]:
    if len(row) == 1:
        return [(row[0], 0, 4)]
    return [(text, no, 1) for no, text in enumerate(row)]


def _place_row_of_table_3(row: list[str]) -> list[tuple[str, int, int]]:
    """Three label columns; the corner and labels of merged rows are printed once, so blanks before labels go."""
    label_count = max((no + 1 for no, text in enumerate(row) if text and not text.isdigit()), default=0)
    if len(row) == 4 and "法人或其他组织" in row:
        return [(row[1], 3, 1), (row[2], 4, 5), (row[3], 9, 1)]
    if "商业企业" in row or "科研机构" in row:
        return [(text, 4 + no, 1) for no, text in enumerate(text for text in row if text)]
    if "申请人情况" in row:
        return [(row[0], 0, 3), (row[-1], 3, 7)]
    labels = [(text, no, 3 - no if no == label_count - 1 else 1) for no, text in enumerate(row[:label_count]) if text]
    return labels + [(text, 3 + no, 1) for no, text in enumerate(row[label_count:])]


def _place_row_of_table_4(row: list[str]) -> list[tuple[str, int, int]]:
    places, column = [], 0
    for no, text in enumerate(row):
        span = 5 if text in ("行政复议", "未经复议直接起诉", "复议后起诉") else 10 if text == "行政诉讼" else 1
        if text or no >= 5 or "结果维持" not in row:
            places.append((text, column, span))
        column += span
    return places


_PLACES = {"t2": _place_row_of_table_2, "t3": _place_row_of_table_3, "t4": _place_row_of_table_4}


def lay_out(table_id: str, rows: Rows, layout: Layout, number: int = 1) -> Grid:
    return place_cells(table_id, rows, number) if layout == "placed" else make_grid(rows, layout, number)


def list_cell_ids(edition_id: str) -> list[str]:
    edition = next(edition for edition in load_form().editions if edition.id == edition_id)
    return [
        f"{table.id}.{line.id}.{column.id}"
        for table in edition.tables
        for line in table.lines
        for column in line.columns
    ]


def make_page(edition_id: str, figures: dict[str, str], layout: Layout, t3_edition_id: str | None = None) -> Page:
    """The three tables with their chapter headings."""
    form = load_form()
    blocks: list[Paragraph | Grid] = []
    for number, table_id in enumerate(("t2", "t3", "t4"), start=1):
        table = form.find_table(t3_edition_id if t3_edition_id and table_id == "t3" else edition_id, table_id)
        blocks.append(Paragraph(f"{'二三四'[number - 1]}、{table.title}", f"paragraph {number}", "heading"))
        blocks.append(lay_out(table_id, print_table(table, figures), layout, number))
    return Page("test", "test", tuple(blocks))
