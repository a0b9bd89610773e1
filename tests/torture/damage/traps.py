"""A printed wrong total together with a second reading that balances: neither may come out clean.

The figures of a row lose their borders, or there is one too many, so that another way to cut them adds up, in the row
and in every column, while what the agency printed does not. A reader that lets the sums choose would be wrong and look
right.
"""

from decimal import Decimal
from random import Random

from tests.torture.damage.record import PrintDamage
from tests.torture.damage.rows import fuse_cells, list_figure_rows, list_ids
from tests.torture.printing import Draft, PrintedCell
from tests.torture.truth import make_number

_LINE = "granted_full"
_SUMS = ("results_total", "received_new")


def _find_row(draft: Draft, table_id: str, line: str | None) -> list[PrintedCell] | None:
    """The printed row of a line; null where damage has taken it or cells of it."""
    for table in draft.find_tables(table_id):
        for number in list_figure_rows(table):
            row = table.rows[number]
            ids = list_ids(row)
            if line is None or any(cell_id.split(".")[1] == line for cell_id in ids):
                return row if len(ids) == (7 if line else 15) else None
    return None


def _set_figure(draft: Draft, cell_id: str, figure: int) -> None:
    draft.truth.cells[cell_id] = make_number(str(figure))
    for table in draft.tables:
        for cell in table.cells:
            if cell.cell_id == cell_id:
                cell.text = str(figure)


def _print_row(draft: Draft, row: list[PrintedCell], printed: list[int], balanced: list[int]) -> bool:
    """Print the row, and totals above and below it that fit the other, balanced reading in every column. False where a
    total would be negative, as where another trap has changed the row."""
    columns = [cell_id.split(".")[2] for cell_id in list_ids(row)]
    totals = [f"t3.{line}.{column}" for column in columns for line in _SUMS]
    cells = draft.truth.cells
    if any(cell_id not in cells or cells[cell_id].value is None for cell_id in (*list_ids(row), *totals)):
        return False
    changes: dict[str, int] = {}
    for cell_id, column, figure, other in zip(list_ids(row), columns, printed, balanced, strict=True):
        old = cells[cell_id].value or Decimal(0)
        for total in (f"t3.{line}.{column}" for line in _SUMS):
            changes[total] = int((cells[total].value or Decimal(0)) - old) + other
        changes[cell_id] = figure
    if min(changes.values()) < 0:
        return False
    for cell_id, figure in changes.items():
        _set_figure(draft, cell_id, figure)
    draft.trapped |= set(list_ids(row))
    draft.chapters[0].blocks = [block for block in draft.chapters[0].blocks if "全年新收" not in str(block)]
    return True


def fuse_unbalanced_row(draft: Draft, random: Random) -> bool:
    """`2 17 0 0 0 0 28` run together, which balances as 21 7 0 0 0 0 28."""
    row = _find_row(draft, "t3", _LINE)
    if row is None:
        return False
    tens, ones, second = (random.randint(1, 9) for _ in range(3))
    rest = [random.choice((0, 0, 1, 2)) for _ in range(4)]
    total = 10 * tens + ones + second + sum(rest)
    printed = [tens, 10 * ones + second, *rest, total]
    balanced = [10 * tens + ones, second, *rest, total]
    if sum(printed[:-1]) == total or not _print_row(draft, row, printed, balanced):
        return False
    fuse_cells(draft, row, "")
    return True


def widen_unbalanced_row(draft: Draft, random: Random) -> bool:
    """Eight figures for seven columns: the seven printed do not add up, the other seven do."""
    row = _find_row(draft, "t3", _LINE)
    if row is None:
        return False
    balanced = [random.randint(1, 9) for _ in range(6)]
    balanced.append(sum(balanced))
    first = next(number for number, cell in enumerate(row) if cell.kind == "figure")
    if random.random() < 0.5:
        figure, place = random.randint(1, 9), len(row)
        printed, extra = [figure, *balanced[:-1]], balanced[-1]
    else:
        figure, place = random.randint(1, 9), first
        printed, extra = [*balanced[1:], figure], balanced[0]
    ids = list_ids(row)
    if sum(printed[:-1]) == printed[-1] or not _print_row(draft, row, printed, balanced):
        return False
    row.insert(place, PrintedCell(str(extra), "note"))
    draft.excuse(ids, "one figure too many")
    return True


def shift_disputes(draft: Draft, random: Random) -> bool:
    """Sixteen figures in table 4: read from the second on every block balances, read from the first none does."""
    row = _find_row(draft, "t4", None)
    if row is None:
        return False
    blocks = [[random.randint(1, 9) for _ in range(4)] for _ in range(3)]
    figures = [random.randint(1, 9), *(figure for block in blocks for figure in (*block, sum(block)))]
    for cell_id, figure in zip(list_ids(row), figures, strict=False):
        _set_figure(draft, cell_id, figure)
    draft.trapped |= set(list_ids(row))
    draft.excuse(list_ids(row), "sixteen figures, fifteen headers")
    row.append(PrintedCell(str(figures[-1]), "note"))
    return True


TRAPS = (
    PrintDamage("trap_fused", "wrong total, run together, another cut balances", fuse_unbalanced_row),
    PrintDamage("trap_extra_figure", "wrong total, a figure more, another window balances", widen_unbalanced_row),
    PrintDamage("trap_sixteenth", "wrong totals, sixteen figures, another window balances", shift_disputes),
)
