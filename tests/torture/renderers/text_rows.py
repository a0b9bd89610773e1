"""Which rows a text layout leaves open by itself: no reader could close them."""

from itertools import pairwise

from tests.torture.damage.rows import list_ids
from tests.torture.printing import Draft, PrintedCell, PrintedTable

_LAYOUTS_OF_LINES = ("cells_by_line", "bars", "plain_lines")


def excuse_open_rows(draft: Draft) -> None:
    """Excuse the cells that one cell a line leaves open."""
    layout = draft.style["layout"]
    if layout in _LAYOUTS_OF_LINES:
        for row in (row for table in draft.tables for row in table.rows):
            if any(cell.kind == "figure" and "\n" in cell.text.strip() for cell in row):
                draft.excuse(list_ids(row), "a cell on two lines is two cells")
    if layout == "plain_lines":
        for table in draft.tables:
            _excuse_rows_without_marks(draft, table)
        for above, below in (pair for chapter in draft.chapters for pair in pairwise(chapter.blocks)):
            if isinstance(above, PrintedTable) and isinstance(below, str) and below.isdigit():
                draft.excuse(list_ids(above.rows[-1]), "a page number among lines of cells may be a figure")


def _excuse_rows_without_marks(draft: Draft, table: PrintedTable) -> None:
    rows = [row for row in table.rows if list_ids(row)]
    ids = [cell_id for row in rows for cell_id in list_ids(row)]
    if not any(cell.text.strip() for row in rows for cell in row if cell.kind == "figure"):
        draft.excuse(ids, "blank lines alone are no table")
    if table.table_id == "t4" and len(set(ids)) < len(ids):
        draft.excuse(ids, "thirty figures without rows")
    if rows and not rows[-1][-1].text.strip():
        draft.excuse(list_ids(rows[-1]), "blank lines before a heading are no cells")
    for number, row in enumerate(rows):
        if any(_is_word(draft, cell) for cell in row):
            draft.excuse(list_ids(row), "a word among lines of cells may be a label")
        if table.table_id != "t4" and not any(cell.text.strip() for cell in row if cell.kind == "label"):
            draft.excuse([*list_ids(row), *list_ids(rows[number - 1])], "two rows without a label between")


def _is_word(draft: Draft, cell: PrintedCell) -> bool:
    figure = draft.truth.cells.get(cell.cell_id or "")
    return cell.kind == "figure" and figure is not None and figure.state == "text"
