"""Reads tables without rules by how their characters are aligned: rows are lines of figures, columns the stretches
that figures stand under one another in.

Blank cells are known where another row of the same columns prints a figure. Where labels and figures cannot be told
to belong together, lines are given as they stand, so that nothing is paired by guess.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.pdf_text import TextLine, begins_label
from parsers.carriers.text_lines import is_chapter_heading, is_figure, is_prose
from parsers.page import Cell, Grid

_MOST_LINES_BETWEEN = 4
_FEWEST_ROWS = 2
_FEWEST_FIGURES = 5
# In heights of the type: how near lines of one label stand, and how far from its middle a figure may stand.
_NEXT_LINE = 0.45
_SAME_ROW = 0.6
_NARROWEST = 0.4


@dataclass(slots=True)
class _Block:
    """Pieces under one another that make one label."""

    pieces: list[TextLine]

    @property
    def text(self) -> str:
        return "\n".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def top(self) -> float:
        return self.pieces[0].top

    @property
    def bottom(self) -> float:
        return self.pieces[-1].bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Section:
    """Rows of figures under one header: their lines, and the stretch of each column."""

    lines: tuple[FlowLine, ...]
    columns: tuple[tuple[float, float], ...]


def find_region(lines: Sequence[FlowLine], start: int) -> int | None:
    """The place behind the table without rules that begins on this line, null where none does."""
    if len(lines[start].pieces) < 2:
        return None
    end = start + 1
    place = end
    while place < len(lines) and place - end <= _MOST_LINES_BETWEEN and _may_belong(lines[place]):
        if len(lines[place].pieces) > 1:
            end = place + 1
        place += 1
    counts = [_count_figures(line) for line in lines[start:end]]
    if sum(count > 0 for count in counts) < _FEWEST_ROWS and max(counts) < _FEWEST_FIGURES:
        return None
    if (
        end < len(lines)
        and _may_belong(lines[end])
        and lines[end].top - lines[end - 1].bottom < _NEXT_LINE * lines[end].size
    ):
        first_figure = min(line.pieces[-_count_figures(line)].left for line in lines[start:end] if _count_figures(line))
        end += lines[end].right < first_figure
    return end


def _may_belong(line: FlowLine) -> bool:
    return not (is_chapter_heading(line.text) or is_prose(line.text))


def _count_figures(line: FlowLine) -> int:
    """How many figures end a line that has several pieces."""
    if len(line.pieces) < 2:
        return 0
    count = 0
    for piece in reversed(line.pieces):
        if not is_figure(piece.text):
            break
        count += 1
    return count


def read_region(lines: Sequence[FlowLine], locator: str) -> Grid:
    """A grid of the region's rows; of its lines as they stand where rows are not certain."""
    rows = _read_rows(lines) or [[piece.text for piece in line.pieces] for line in lines]
    cells = [
        Cell(text, row_no, cell_no, f"{locator}, row {row_no + 1}, cell {cell_no + 1}")
        for row_no, row in enumerate(rows)
        for cell_no, text in enumerate(row)
    ]
    return Grid(tuple(cells), "sequence", locator)


def _read_rows(lines: Sequence[FlowLine]) -> list[list[str]] | None:
    sections = _part_sections(lines)
    if not sections:
        return None
    starts = [lines.index(section.lines[0]) for section in sections]
    values: dict[int, list[str]] = {}
    labels: list[TextLine] = []
    heads: list[TextLine] = []
    for place, line in enumerate(lines):
        section = sections[max(0, bisect_right(starts, place) - 1)]
        is_value_line = line in section.lines
        if not is_value_line and place > lines.index(section.lines[-1]):
            section = sections[min(len(sections) - 1, bisect_right(starts, place))]
        edge = section.columns[0][0] - line.size / 2
        labels += [piece for piece in line.pieces if piece.right < edge or (is_value_line and piece.left < edge)]
        others = [piece for piece in line.pieces if piece not in labels]
        if not is_value_line:
            heads += others
            continue
        placed = _place_values(others, section)
        if placed is None:
            return None
        values[place] = placed
    return _order_rows(lines, values, _join_blocks(labels, is_label=True), _join_blocks(heads, is_label=False))


def _part_sections(lines: Sequence[FlowLine]) -> list[_Section]:
    """Rows of figures between lines of headers; a line of one piece may stand between two rows."""
    groups: list[list[FlowLine]] = []
    is_new = True
    for line in lines:
        if _count_figures(line):
            if is_new:
                groups.append([])
            groups[-1].append(line)
            is_new = False
        elif len(line.pieces) > 1:
            is_new = True
    return [_Section(tuple(group), _find_columns(group)) for group in groups]


def _find_columns(lines: list[FlowLine]) -> tuple[tuple[float, float], ...]:
    stretches = sorted((p.left, p.right) for line in lines for p in line.pieces[-_count_figures(line) :])
    columns: list[tuple[float, float]] = []
    for left, right in stretches:
        if columns and left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return tuple(columns)


def _place_values(pieces: list[TextLine], section: _Section) -> list[str] | None:
    """The text of every column, blank where nothing stands; null where a piece stands in two columns or in none."""
    texts = [""] * len(section.columns)
    for piece in pieces:
        under = [no for no, (left, right) in enumerate(section.columns) if piece.left <= right and piece.right >= left]
        if len(under) != 1 or texts[under[0]]:
            return None
        texts[under[0]] = piece.text
    return texts


def _join_blocks(pieces: list[TextLine], *, is_label: bool) -> list[_Block]:
    """Lines of one label joined: near one another, one above the other, and no new ordinal."""
    blocks: list[_Block] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        above = [block for block in blocks if _is_next_line(block, piece, is_label=is_label)]
        if len(above) == 1:
            above[0].pieces.append(piece)
        else:
            blocks.append(_Block([piece]))
    return blocks


def _is_next_line(block: _Block, piece: TextLine, *, is_label: bool) -> bool:
    last = block.pieces[-1]
    gap = piece.top - last.bottom
    if not -_NEXT_LINE * piece.size < gap < _NEXT_LINE * piece.size:
        return False
    shared = min(last.right, piece.right) - max(last.left, piece.left)
    widths = sorted((last.right - last.left, piece.right - piece.left))
    if is_label:
        return shared > 0 and not begins_label(piece.text)
    return shared > widths[0] / 2 and widths[0] > _NARROWEST * widths[1]


def _order_rows(
    lines: Sequence[FlowLine], values: dict[int, list[str]], labels: list[_Block], heads: list[_Block]
) -> list[list[str]] | None:
    """Rows from the top: each label in the row of the figures that stand beside it, all else in rows of its own. Null
    where a label stands beside several rows of figures, or figures beside no label while labels are left over."""
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    beside: dict[int, list[_Block]] = {place: [] for place in values}
    loose: list[_Block] = list(heads)
    for block in labels:
        places = [place for place in values if block.top <= lines[place].middle <= block.bottom]
        if len(places) > 1:
            return None
        (beside[places[0]] if places else loose).append(block)
    if any(not blocks for blocks in beside.values()) and len(values) > 1:
        return None
    for place, texts in values.items():
        printed = sorted((block.left, block.text) for block in beside[place])
        end = max((left for left, _ in printed), default=0.0)
        rows.append((lines[place].middle, [*printed, *((end, text) for text in texts)]))
    for block in sorted(loose, key=lambda block: block.middle):
        near = [row for row in rows if row[0] == block.middle]
        if near:
            near[0][1].append((block.left, block.text))
        else:
            rows.append((block.middle, [(block.left, block.text)]))
    return _join_near_rows(
        rows, {lines[place].middle for place in values}, labels[0].pieces[0].size if labels else 10.0
    )


def _join_near_rows(
    rows: list[tuple[float, list[tuple[float, str]]]], of_figures: set[float], size: float
) -> list[list[str]]:
    """Labels at one height are one row; rows of figures stay as they are."""
    joined: list[tuple[float, list[tuple[float, str]]]] = []
    for middle, cells in sorted(rows, key=lambda row: row[0]):
        is_figures = middle in of_figures
        if joined and not is_figures and joined[-1][0] not in of_figures and middle - joined[-1][0] < _SAME_ROW * size:
            joined[-1] = joined[-1][0], sorted([*joined[-1][1], *cells])
        else:
            joined.append((middle, cells))
    return [[text for _, text in cells] for _, cells in joined]
