"""Arranges pieces of text without rules to rows: figures at one height with the label that stands beside them.

Blank cells are known where another row of the same columns prints a figure. Where labels and figures cannot be told
to belong together, nothing is arranged, so that nothing is paired by guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.carriers.pdf_text import TextLine, begins_label
from parsers.carriers.pdf_wraps import holds_figures, is_close, may_be_figure, measure_shared

# In heights of the type: how near the heights of one line of words are; and how much one type may differ in size.
_SAME_LINE = 0.4
_SAME_SIZE = 0.1
# In distances of neighbouring columns: how far apart figures are at least that have a blank cell between them.
_LACKING = 1.5
# Of the distance between columns: how near two of them may be. A figure put aside is still nearer to its own column.
_NEXT_COLUMN = 0.75


@dataclass(slots=True)
class _Section:
    """Rows of figures under one header, each by its pieces from the left, and the stretches its columns take."""

    rows: list[list[TextLine]]
    columns: list[tuple[float, float]]

    @property
    def edge(self) -> float:
        """What has its middle left of this is a label."""
        return self.columns[0][0]


def arrange_rows(pieces: Sequence[TextLine]) -> list[list[str]] | None:
    """The texts of each row from the top; null where rows or columns are not certain, as where one row lacks its label
    and one a figure."""
    words = [piece for piece in pieces if not holds_figures(piece)]
    figures = _join_rows([piece for piece in pieces if holds_figures(piece)])
    if not figures:
        return None
    pitch = _measure_pitch(figures)
    if any(_may_be_one_row(above, below, pitch) for above, below in pairwise(figures)):
        return None
    sections = _part_sections(figures, words)
    if not all(_are_columns(section) for section in sections):
        return None
    sorted_words = _sort_words(words, sections, figures, pitch)
    if sorted_words is None:
        return None
    labels, heads = sorted_words
    printed: list[tuple[float, list[str]]] = []
    blocks = _join_blocks(labels, is_label=True)
    rows = [(section, row) for section in sections for row in section.rows]
    beside = _find_labels([_get_height(row) for _, row in rows], blocks)
    if beside is None:
        return None
    lacks_label = has_blank = False
    for (section, row), label in zip(rows, beside, strict=True):
        values = _place_values(row, section.columns)
        if values is None:
            return None
        lacks_label = lacks_label or (label is None and len(section.rows) > 1)
        has_blank = has_blank or "" in values
        printed.append((_get_height(row), [label.text, *values] if label else values))
    if lacks_label and has_blank:
        return None
    named = [label for label in beside if label is not None]
    loose = [block for block in blocks if not any(block is label for label in named)]
    for line in _join_lines([*loose, *_join_blocks(heads, is_label=False)]):
        printed.append((line[0].middle, [block.text for block in line]))
    return [texts for _, texts in sorted(printed, key=lambda row: row[0])]


def _sort_words(
    words: list[TextLine], sections: list[_Section], rows: list[list[TextLine]], pitch: float
) -> tuple[list[TextLine], list[TextLine]] | None:
    """Labels, and heads above rows; words at the height of a row are put into it. Null where words between rows may be
    what one of them lacks."""
    labels: list[TextLine] = []
    heads: list[TextLine] = []
    for word in words:
        section = _find_section(sections, word)
        row = _find_row(section, word)
        if (word.left + word.right) / 2 < section.edge:
            labels.append(word)
        elif row is not None:
            row.append(word)
        elif any(_may_be_one_row([word], row, pitch) and _has_room(row, word) for row in rows) or (
            may_be_figure(word.text) and word.middle > _get_height(section.rows[0])
        ):
            return None
        else:
            heads.append(word)
    return labels, heads


def _join_rows(figures: Iterable[TextLine]) -> list[list[TextLine]] | None:
    """Figures by row from the top, each row from the left: a figure in smaller type stands in the row of the larger one
    whose height it is at, wherever in its cell a program put it. Null where a figure stands at the height of two."""
    rows: list[list[TextLine]] = []
    for figure in sorted(figures, key=lambda figure: -figure.size):
        beside = [row for row in rows if _is_at_height(figure, row[0])]
        if len(beside) > 1:
            return None
        if beside:
            beside[0].append(figure)
        else:
            rows.append([figure])
    return [sorted(row, key=lambda figure: figure.left) for row in sorted(rows, key=_get_height)]


def _measure_pitch(rows: Sequence[list[TextLine]]) -> float:
    """How near to one another rows in one type stand that fill a column in common, so that they are surely two; a
    little less, since a row in other type has its middle elsewhere."""
    sure = [
        _get_height(below) - _get_height(above) - _SAME_LINE * _get_size(above)
        for above, below in pairwise(rows)
        if _share_column(above, below) and abs(_get_size(above) / _get_size(below) - 1) < _SAME_SIZE
    ]
    return min(sure, default=float("inf"))


def _may_be_one_row(row: list[TextLine], other: list[TextLine], pitch: float) -> bool:
    """Whether what stands in a row may be what another lacks: nearer than a next row, and with no column in common."""
    return abs(_get_height(row) - _get_height(other)) < pitch and not _share_column(row, other)


def _has_room(row: list[TextLine], word: TextLine) -> bool:
    """Whether the row may lack a cell where the word stands: its figures there are farther apart than neighbours."""
    middles = [(figure.left + figure.right) / 2 for figure in row if holds_figures(figure)]
    gaps = list(pairwise(sorted(middles)))
    between = [right - left for left, right in gaps if left < (word.left + word.right) / 2 < right]
    return not between or between[0] >= _LACKING * min(right - left for left, right in gaps)


def _share_column(row: Iterable[TextLine], other: Iterable[TextLine]) -> bool:
    return any(measure_shared(piece, below) > 0 for piece in row for below in other)


def _get_size(row: Iterable[TextLine]) -> float:
    return max(piece.size for piece in row)


def _get_height(row: Iterable[TextLine]) -> float:
    """The height of a row is that of its largest type."""
    return max(row, key=lambda piece: piece.size).middle


def _join_lines(words: Iterable[TextLine]) -> list[list[TextLine]]:
    """Words at one height, from the top; each line from the left."""
    lines: list[list[TextLine]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1][0].middle <= _SAME_LINE * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _part_sections(rows: list[list[TextLine]], words: Iterable[TextLine]) -> list[_Section]:
    """Rows of figures one after another; words above the figures of a row, right of its labels, begin a section.
    Words that may be figures themselves belong to a row and begin none."""
    sections: list[_Section] = []
    ordered = sorted((word for word in words if not may_be_figure(word.text)), key=lambda word: word.middle)
    for above, row in pairwise([None, *rows]):
        if row is None:
            continue
        top = _get_height(above) if above else float("-inf")
        edge = min(row[0].left, above[0].left) if above else row[0].left
        between = [word for word in ordered if top + word.size / 2 < word.middle < _get_height(row) - word.size / 2]
        if not sections or any(word.right > edge for word in between):
            sections.append(_Section([], []))
        sections[-1].rows.append(row)
    for section in sections:
        section.columns = _find_columns(section.rows)
    return sections


def _find_columns(rows: list[list[TextLine]]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if columns and left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _are_columns(section: _Section) -> bool:
    """Whether columns next to one another that no row fills both are as far apart as others, which are surely two:
    nearer, they may be one, of which a program put a figure aside."""
    filled = [{no for no, column in enumerate(section.columns) if _is_filled(row, column)} for row in section.rows]
    middles = [(left + right) / 2 for left, right in section.columns]
    distances = [
        (right - left, any({no, no + 1} <= row for row in filled)) for no, (left, right) in enumerate(pairwise(middles))
    ]
    least = min((distance for distance, is_sure in distances if is_sure), default=float("inf"))
    return all(is_sure or distance >= _NEXT_COLUMN * least for distance, is_sure in distances)


def _is_filled(row: Iterable[TextLine], column: tuple[float, float]) -> bool:
    return any(piece.left <= column[1] and piece.right >= column[0] for piece in row)


def _find_section(sections: list[_Section], word: TextLine) -> _Section:
    """The section whose rows a word stands among or above."""
    for section in sections:
        if word.middle <= _get_height(section.rows[-1]) + word.size:
            return section
    return sections[-1]


def _find_row(section: _Section, word: TextLine) -> list[TextLine] | None:
    """The row of figures at the height of a word, however small either is printed."""
    return next((row for row in section.rows if any(_is_at_height(word, figure) for figure in row)), None)


def _is_at_height(piece: TextLine, other: TextLine) -> bool:
    """Whether the middle of one of two pieces is at the height of the other."""
    return other.top <= piece.middle <= other.bottom or piece.top <= other.middle <= piece.bottom


def _place_values(row: list[TextLine], columns: list[tuple[float, float]]) -> list[str] | None:
    """The text of every column, blank where nothing stands; null where a piece stands in two columns or in none."""
    texts = [""] * len(columns)
    for piece in row:
        under = [no for no, column in enumerate(columns) if _is_filled([piece], column)]
        if len(under) != 1 or texts[under[0]]:
            return None
        texts[under[0]] = piece.text
    return texts


def _join_blocks(pieces: list[TextLine], *, is_label: bool) -> list[TextLine]:
    """Lines of one label, or of one header cell, joined."""
    blocks: list[list[TextLine]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        above = [
            block
            for block in blocks
            if (_is_next_of_label(block[-1], piece) if is_label else _is_next_line(block[-1], piece, pieces))
        ]
        if is_label and len(above) > 1:
            # A line under several pieces of the line before it shows that they are of one cell.
            above[0][:] = [one for block in above for one in block]
            blocks = [block for block in blocks if block is above[0] or not any(block is other for other in above)]
        if above and (is_label or len(above) == 1):
            above[0].append(piece)
        else:
            blocks.append([piece])
    return [
        TextLine(
            text="\n".join(piece.text for piece in block),
            left=min(piece.left for piece in block),
            top=block[0].top,
            right=max(piece.right for piece in block),
            bottom=block[-1].bottom,
            size=block[0].size,
        )
        for block in blocks
    ]


def _is_next_line(last: TextLine, piece: TextLine, others: list[TextLine]) -> bool:
    """Whether a piece goes on under a line: close to it, in the middle of it, and alone under it."""
    narrow = min(last.right - last.left, piece.right - piece.left)
    if not is_close(last, piece) or measure_shared(last, piece) <= narrow / 2:
        return False
    return not any(other is not piece and is_close(last, other) for other in others)


def _is_next_of_label(last: TextLine, piece: TextLine) -> bool:
    return is_close(last, piece) and not begins_label(piece.text)


def _find_labels(heights: list[float], blocks: list[TextLine]) -> list[TextLine | None] | None:
    """The label of each row: of those that stand beside it the one nearest to the figures; null where none does. Null
    for all where two rows have the same."""
    beside: list[TextLine | None] = []
    for height in heights:
        near = [block for block in blocks if block.top <= height <= block.bottom]
        beside.append(max(near, key=lambda block: block.left, default=None))
    named = [id(label) for label in beside if label is not None]
    return beside if len(set(named)) == len(named) else None
