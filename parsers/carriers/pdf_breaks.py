"""Joins the parts of a table that page breaks cut, and mends rows that were cut in two.

Parts are one table where the second begins its page, the first ends the page before, and their column lines go on.
The halves of a row are joined only where they cannot be two rows: one of them has no label, or the label goes on where
its line was full. Otherwise both stay rows of their own. A figure that is cut in two is no number any more, and the
other figures of its row are not sure: it may be two rows.
"""

from parsers.carriers.page_words import squeeze_text
from parsers.carriers.pdf_lattice import NEAREST_LINES
from parsers.carriers.pdf_tables import RuledCell, RuledTable
from parsers.carriers.pdf_text import begins_label, read_lines
from parsers.carriers.text_lines import is_figure

# In heights of the type: the blank that a cell keeps beside its text, both sides together.
_MARGIN = 1.6


def goes_on(table: RuledTable, other: RuledTable) -> bool:
    """Whether the column lines of a table are those of another: the same outer lines, one's inner lines the other's."""
    ends = (table.columns[0], table.columns[-1], other.columns[0], other.columns[-1])
    if not (_is_near(ends[0], ends[2]) and _is_near(ends[1], ends[3])):
        return False
    return _holds_all(table.columns, other.columns) or _holds_all(other.columns, table.columns)


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAREST_LINES


def _holds_all(places: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return all(any(_is_near(place, other) for place in places) for other in others)


def join_tables(table: RuledTable, other: RuledTable) -> RuledTable:
    """One table of two parts. `table` must end a page and `other` begin the next, with the same column lines. Header
    rows that are printed again below the break are left out and counted."""
    repeated = _count_repeated(table, other)
    _leave_out_rows(other, repeated)
    last = [cell for cell in table.cells if cell.row + cell.row_span == table.row_count]
    first = [cell for cell in other.cells if cell.row == 0]
    is_torn = _is_torn_row(last, first)
    has_torn_figure = any(is_figure(one.text) and is_figure(other.text) for one, other in _pair_cells(last, first))
    shift = table.row_count - is_torn
    kept: list[RuledCell] = []
    for cell in other.cells:
        above = _find_above(cell, last) if cell.row == 0 else None
        is_single = above is not None and above.row_span == 1 and cell.row_span == 1
        if above is not None and (is_torn if is_single else _is_one_group(above, cell, last, first)):
            _join_cells(above, cell, cell.row_span - is_torn)
            if is_single and has_torn_figure and is_figure(above.text):
                above.confidence = 0.0
            continue
        cell.row += shift
        if cell.row < table.row_count:
            cell.row, cell.row_span = table.row_count, max(1, cell.row_span - 1)
        kept.append(cell)
    columns = table.columns if len(table.columns) >= len(other.columns) else other.columns
    rows = shift + other.row_count
    left_out = table.left_out + ((other.locator, repeated),) * (repeated > 0)
    cells = [*table.cells, *kept]
    return RuledTable(table.locator, other.page, table.top, other.bottom, columns, rows, cells, left_out)


def _count_repeated(table: RuledTable, other: RuledTable) -> int:
    """How many rows of a table's beginning are printed again at the beginning of another part, figures apart."""
    count = 0
    while count < min(table.row_count, other.row_count):
        rows = [
            [(cell.text, round(cell.left / NEAREST_LINES), cell.row_span) for cell in part.cells if cell.row == count]
            for part in (table, other)
        ]
        if rows[0] != rows[1] or any(is_figure(text) for text, _, _ in rows[0]):
            break
        count += 1
    reach = max((cell.row + cell.row_span for cell in other.cells if cell.row < count), default=0)
    return count if reach == count < other.row_count else 0


def _leave_out_rows(table: RuledTable, count: int) -> None:
    table.cells = [cell for cell in table.cells if cell.row >= count]
    table.row_count -= count
    for cell in table.cells:
        cell.row -= count


def _find_above(cell: RuledCell, last: list[RuledCell]) -> RuledCell | None:
    """The cell over the break that stands between the same lines."""
    near = (above for above in last if _is_near(above.left, cell.left) and _is_near(above.right, cell.right))
    return next(near, None)


def _is_torn_row(last: list[RuledCell], first: list[RuledCell]) -> bool:
    """Whether the last row of one part and the first of the next are halves of one row; one that prints every cell
    again is the same row a second time, and no figure goes on behind a zero."""
    halves = _pair_cells(last, first)
    if all(one.text == other.text for one, other in halves):
        return False
    if any(squeeze_text(one.text) == "0" and is_figure(other.text) for one, other in halves):
        return False
    if any(one.text and other.text and _is_label(one) != _is_label(other) for one, other in halves):
        return False
    figures = sum(is_figure(one.text) for one, _ in halves), sum(is_figure(other.text) for _, other in halves)
    if not any(figures):
        return _is_torn_header(halves)
    pairs = [
        (one, other)
        for one, other in halves
        if not (_stands_before_label(one, last) and _stands_before_label(other, first))
    ]
    has_label = any(_is_label(one) for one, _ in pairs), any(_is_label(other) for _, other in pairs)
    if has_label == (True, False):
        return figures[1] > 0
    if has_label == (False, True):
        return figures[0] > 0 and figures[1] == 0
    labels = [(one, other) for one, other in pairs if _is_label(one) or _is_label(other)]
    if not all(_is_label(one) and _is_label(other) and _flows_on(one, other) for one, other in labels):
        return False
    has_ordinal = any(begins_label(one.text) for one, _ in labels)
    if all(figures):
        is_rest = figures[1] < figures[0] and all(is_figure(one.text) for one, other in halves if is_figure(other.text))
        return not labels or has_ordinal or is_rest
    is_open = any(not (one.has_bottom and other.has_top) for one, other in pairs)
    return bool(figures[0]) or (is_open and has_ordinal)


def _is_torn_header(pairs: list[tuple[RuledCell, RuledCell]]) -> bool:
    """Whether two rows without figures are halves of a header: below stand only the ends of labels, two at least."""
    labels = [(one, other) for one, other in pairs if other.text]
    return len(labels) > 1 and all(_is_label(one) and _flows_on(one, other) for one, other in labels)


def _pair_cells(last: list[RuledCell], first: list[RuledCell]) -> list[tuple[RuledCell, RuledCell]]:
    """The cells of one row each that stand between the same lines; none where the rows are not cut alike."""
    pairs = [(above, cell) for cell in first if (above := _find_above(cell, last)) is not None]
    if len(pairs) != len(last) or len(pairs) != len(first) or len(pairs) < 2:
        return []
    return [(one, other) for one, other in pairs if one.row_span == other.row_span == 1]


def _is_label(cell: RuledCell) -> bool:
    return bool(cell.text) and not is_figure(cell.text)


def _is_one_group(above: RuledCell, below: RuledCell, last: list[RuledCell], first: list[RuledCell]) -> bool:
    """Whether a cell that stands before the labels of several rows goes on below the break: nothing is printed in one
    half, or its text goes on."""
    if not (_stands_before_label(above, last) and _stands_before_label(below, first)):
        return False
    if not above.text or not below.text:
        return True
    return _is_label(above) and _is_label(below) and _flows_on(above, below)


def _stands_before_label(cell: RuledCell, row: list[RuledCell]) -> bool:
    return any(_is_label(other) and other.left >= cell.right - NEAREST_LINES for other in row)


def _flows_on(above: RuledCell, below: RuledCell) -> bool:
    """Whether text goes on over the break: its last line is full, and what follows begins no new label."""
    if begins_label(below.text) or not above.characters:
        return False
    line = read_lines(above.characters)[-1]
    return above.right - above.left - (line.right - line.left) < (1 + _MARGIN) * line.size


def _join_cells(above: RuledCell, below: RuledCell, more_rows: int) -> None:
    """Put the half below into the cell above; its locator is where its text begins."""
    if not above.text and below.text:
        above.locator = below.locator
    above.text = "\n".join(text for text in (above.text, below.text) if text)
    above.characters = above.characters + below.characters
    above.row_span += more_rows
    above.confidence = min(above.confidence, below.confidence)
    above.has_bottom = below.has_bottom


def place_columns(table: RuledTable) -> dict[float, int]:
    """The number of each column line that a cell begins or ends at; lines of several pages near one another are one."""
    lines = sorted({place for cell in table.cells for place in (cell.left, cell.right)})
    numbers: dict[float, int] = {}
    number = -1
    last = float("-inf")
    for line in lines:
        if line - last > NEAREST_LINES:
            number += 1
        numbers[line] = number
        last = line
    return numbers
