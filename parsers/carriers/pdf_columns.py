"""Finds tables without rules among the lines of a page: lines in pieces, with figures under one another."""

from collections.abc import Sequence

from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.pdf_rows import arrange_rows
from parsers.carriers.pdf_text import TextLine
from parsers.carriers.pdf_wraps import NEXT_LINE, join_wrapped_figures, may_be_figure
from parsers.carriers.text_lines import is_chapter_heading, is_figure, is_prose
from parsers.page import Cell, Grid

_MOST_LINES_BETWEEN = 8
FEWEST_ROWS = 2
_FEWEST_FIGURES = 5


def find_region(lines: Sequence[FlowLine], start: int, *, fewest_rows: int) -> int | None:
    """The place behind the table without rules that begins on this line, null where none does: where fewer rows have
    figures and no row has many."""
    if len(lines[start].pieces) < 2 and not (_begins_label(lines, start) or _begins_row(lines, start)):
        return None
    end = start + 1
    place = end
    while place < len(lines) and place - end <= _MOST_LINES_BETWEEN and may_belong(lines[place]):
        if len(lines[place].pieces) > 1:
            end = place + 1
        place += 1
    counts = [_count_figures(line) for line in lines[start:end]]
    if sum(count > 0 for count in counts) < fewest_rows and max(counts) < _FEWEST_FIGURES:
        return None
    while end < len(lines) and (
        _stands_beside(lines[end - 1], lines[end])
        or _ends_label(lines, end, counts)
        or _is_near(lines[end], lines[end - 1])
    ):
        end += 1
    return end


def may_belong(line: FlowLine) -> bool:
    """Whether a line may stand in a table: it heads no chapter and is no sentence."""
    return not (is_chapter_heading(line.text) or is_prose(line.text))


def _count_figures(line: FlowLine) -> int:
    """How many pieces of a line that has several are figures."""
    return sum(is_figure(piece.text) for piece in line.pieces) if len(line.pieces) > 1 else 0


def _begins_label(lines: Sequence[FlowLine], place: int) -> bool:
    """Whether a line is the beginning of the label of the row below it: close above it, and left of its figures."""
    if place + 1 == len(lines) or not may_belong(lines[place]) or not _count_figures(lines[place + 1]):
        return False
    line, below = lines[place], lines[place + 1]
    first_figure = min(piece.left for piece in below.pieces if is_figure(piece.text))
    return below.top - line.bottom < NEXT_LINE * line.size and line.right < first_figure


def _begins_row(lines: Sequence[FlowLine], place: int) -> bool:
    """Whether a line may stand in a cell of the row below it, printed higher than the others."""
    return place + 1 < len(lines) and _count_figures(lines[place + 1]) > 0 and _is_near(lines[place], lines[place + 1])


def _is_near(line: FlowLine, row: FlowLine) -> bool:
    """Whether a line less than a line above or below a row may stand in one of its cells: a figure, or words right of
    its label."""
    if max(line.top - row.bottom, row.top - line.bottom) >= row.size or not may_belong(line):
        return False
    if is_figure(line.text) or may_be_figure(line.text):
        return True
    figures = [piece for piece in row.pieces if is_figure(piece.text)]
    labels = [piece for piece in row.pieces if figures and piece.right <= figures[0].left]
    return bool(figures) and all(label.right < line.left for label in labels)


def _stands_beside(line: FlowLine, other: FlowLine) -> bool:
    """Whether a line in other type stands at the height of the one before it."""
    return line.top < other.middle < line.bottom


def _ends_label(lines: Sequence[FlowLine], place: int, counts: list[int]) -> bool:
    """Whether a line under the last row is the end of a label there: close to it, and left of all figures."""
    line, above = lines[place], lines[place - 1]
    with_figures = [other for other, count in zip(lines[place - len(counts) :], counts, strict=False) if count]
    first_figure = min((p.left for other in with_figures for p in other.pieces if is_figure(p.text)), default=0.0)
    return may_belong(line) and line.top - above.bottom < NEXT_LINE * line.size and line.right < first_figure


def read_region(lines: Sequence[FlowLine], locator: str) -> Grid:
    """A grid of the region's rows; of its lines as they stand where rows are not certain."""
    parted = _part_rows(lines)
    rows = arrange_rows([piece for row in parted for piece in row]) or [[piece.text for piece in row] for row in parted]
    cells = [
        Cell(text, row_no, cell_no, f"{locator}, row {row_no + 1}, cell {cell_no + 1}")
        for row_no, row in enumerate(rows)
        for cell_no, text in enumerate(row)
    ]
    return Grid(tuple(cells), "sequence", locator)


def is_arranged(lines: Sequence[FlowLine]) -> bool:
    """Whether rows and columns of a region are certain."""
    return arrange_rows([piece for row in _part_rows(lines) for piece in row]) is not None


def _part_rows(lines: Sequence[FlowLine]) -> list[list[TextLine]]:
    return [row for row in join_wrapped_figures(lines) if row]
