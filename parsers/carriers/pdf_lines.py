"""The lines of a page outside its ruled tables, each with the pieces that wide gaps part it to."""

from collections.abc import Iterable
from dataclasses import dataclass

from parsers.carriers.pdf_print import Character
from parsers.carriers.pdf_text import TextLine, join_line, part_lines, part_pieces, read_cell_text


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of a page with its pieces from the left."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    pieces: tuple[TextLine, ...]

    @property
    def middle(self) -> float:
        """The height the line stands at."""
        return (self.top + self.bottom) / 2


def read_flow_lines(page: int, characters: Iterable[Character]) -> list[FlowLine]:
    """The lines of a page from its top; text that is turned stands behind them, a line each turn."""
    listed = list(characters)
    lines = []
    for part in part_lines(character for character in listed if character.turn == 0):
        whole = join_line(part)
        if whole is None:
            continue
        parted = part_pieces(part)
        pieces = (piece for p in parted if (piece := join_line(p)) is not None)
        lines.append(_make_line(page, whole, tuple(pieces) if len(parted) > 1 else (whole,)))
    for turn in (1, 2, 3):
        turned = [character for character in listed if character.turn == turn]
        text = read_cell_text(turned)
        if text:
            bottom = max(character.bottom for character in turned)
            whole = TextLine(text, turned[0].left, bottom, turned[0].right, bottom, turned[0].size)
            lines.append(_make_line(page, whole, (whole,)))
    return lines


def _make_line(page: int, line: TextLine, pieces: tuple[TextLine, ...]) -> FlowLine:
    return FlowLine(page, line.text, line.left, line.top, line.right, line.bottom, line.size, pieces)
