"""Finds figures without rules around them that go on in the line below, so that half a number is never read.

A figure close under another one belongs to it unless a label of its own begins beside it. Both together, with a line
break between, are one piece that no reader takes for a number.
"""

import re
from collections.abc import Sequence

from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.pdf_text import TextLine, begins_label
from parsers.carriers.text_lines import is_figure

# In heights of the type: how near lines of one cell stand.
NEXT_LINE = 0.45
_FIGURE_START = re.compile(r"\s*\d+(?:[.,]\d+)*(?![\d年月、.．,，)）])")
_FULL_WITHIN = 1.0
_ORDINAL_ENDS = (".", ",", "．", "，")
_LINES_ABOVE = 3


def is_close(above: TextLine, below: TextLine) -> bool:
    """Whether a piece stands under another as the next line of a cell does."""
    gap = below.top - above.bottom
    return -NEXT_LINE * below.size < gap < NEXT_LINE * below.size and measure_shared(above, below) > 0


def measure_shared(one: TextLine, other: TextLine) -> float:
    """How much of the width two pieces have in common; negative where they are apart."""
    return min(one.right, other.right) - max(one.left, other.left)


def join_wrapped_figures(lines: Sequence[FlowLine]) -> list[list[TextLine]]:
    """The pieces of each line, figures that go on below joined to what goes on."""
    rows = [list(line.pieces) for line in lines]
    words = [piece for row in rows for piece in row if not is_figure(piece.text)]
    for number in range(1, len(rows)):
        earlier = rows[max(0, number - _LINES_ABOVE) : number]
        for piece in [piece for piece in rows[number] if is_figure(piece.text)]:
            if _has_own_label(piece, rows[number], earlier, words):
                continue
            for row in reversed(earlier):
                above = next((other for other in row if holds_figures(other) and is_close(other, piece)), None)
                if above is not None:
                    row[row.index(above)] = _join(above, piece)
                    rows[number].remove(piece)
                    break
    return rows


def holds_figures(piece: TextLine) -> bool:
    """Whether a piece is a figure, or one that goes on over several lines; `1.` is the ordinal of a label."""
    return all(is_figure(part) and not part.endswith(_ORDINAL_ENDS) for part in piece.text.split("\n"))


def may_be_figure(text: str) -> bool:
    """Whether a text begins as a figure with a remark or a unit does: with a number that is no ordinal and no year."""
    return _FIGURE_START.match(text) is not None


def _has_own_label(figure: TextLine, row: list[TextLine], earlier: list[list[TextLine]], words: list[TextLine]) -> bool:
    """Whether a label begins in the line of a figure: with an ordinal, or not under a line that is full."""
    label = next((piece for piece in row if not is_figure(piece.text) and piece.right <= figure.left), None)
    if label is None:
        return False
    widest = max(word.right for word in words if word.right <= figure.left)
    return begins_label(label.text) or not any(
        is_close(above, label) and above.right > widest - _FULL_WITHIN * above.size
        for above in (piece for other in earlier for piece in other if not is_figure(piece.text))
    )


def _join(above: TextLine, below: TextLine) -> TextLine:
    return TextLine(
        text=f"{above.text}\n{below.text}",
        left=min(above.left, below.left),
        top=above.top,
        right=max(above.right, below.right),
        bottom=below.bottom,
        size=above.size,
    )
