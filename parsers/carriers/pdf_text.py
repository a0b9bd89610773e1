"""Puts characters together as they are read: to lines, pieces of lines and the text of a cell.

A blank is written only where one is to be seen. Characters printed twice on one another (false bold) count once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from parsers.carriers.pdf_print import UNKNOWN, Character

# In heights of the type: how far lines lie apart; what gap is a blank between figures, between anything else, and where
# a blank was set between; what gap parts two pieces of a line.
_NEXT_LINE = 0.45
_BLANK_IN_FIGURES = 0.2
_BLANK = 0.4
_SET_BLANK = 0.08
_PIECE = 0.5
_FEWEST_UPRIGHT = 3
_ORDINAL = re.compile(
    r"[(（]?[一二三四五六七八九十]+[)）、.．,，]|[(（]?\d{1,2}[)）、.．,，](?!\d)|第[一二三四五六七八九十]+条"
)
_LONGEST_ORDINAL = 12
# No piece of a line begins with one of these.
_STOPS = frozenset(".、．,，)）")
_SAME_PLACE = 0.12
# Points: no blank is narrower than its share of this.
_SMALLEST = 1.0
_get_left, _get_bottom = itemgetter(1), itemgetter(4)


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters that stand beside one another, with the text they make and the box around them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """The height the line stands at."""
        return (self.top + self.bottom) / 2


def part_lines(characters: Iterable[Character]) -> list[list[Character]]:
    """Characters by line from the top, each line from the left; set blanks keep their place. Characters of one line
    stand on one height, whatever their sizes."""
    lines: list[list[Character]] = []
    place = height = 0.0
    for character in sorted(characters, key=_get_bottom):
        bottom = character[4]
        size = bottom - character[2]
        if lines and bottom - place <= _NEXT_LINE * (height if height < size else size):
            lines[-1].append(character)
            continue
        lines.append([character])
        place, height = bottom, size
    for line in lines:
        line.sort(key=_get_left)
    return lines


def part_pieces(line: list[Character]) -> list[list[Character]]:
    """A line parted where a gap is wider than any blank in running text, but before a stop (`1 .` begins a label)."""
    pieces: list[list[Character]] = []
    last: Character | None = None
    for character in line:
        if character.text == " ":
            if pieces:
                pieces[-1].append(character)
            continue
        is_apart = last is None or character.left - last.right > _PIECE * character.size
        if is_apart and not (pieces and character.text in _STOPS):
            pieces.append([])
        pieces[-1].append(character)
        last = character
    return pieces


def join_line(characters: list[Character]) -> TextLine | None:
    """The line that characters in order make; null where none is printed."""
    text, printed = _join_characters(characters)
    if not printed:
        return None
    _, lefts, tops, rights, bottoms, _ = zip(*printed, strict=True)
    sizes = sorted([bottom - top for top, bottom in zip(tops, bottoms, strict=True)])
    return TextLine(text, lefts[0], min(tops), max(rights), max(bottoms), sizes[len(sizes) // 2])


def _join_characters(characters: list[Character]) -> tuple[str, list[Character]]:
    """The text of the characters of one line, in order, and those of them that print it. A figure printed on another
    character makes both unknown."""
    printed: list[Character] = []
    text = ""
    has_blank = False
    for character in characters:
        sign, left, top, _, bottom, _ = character
        if sign == " ":
            has_blank = True
            continue
        if printed:
            last = printed[-1]
            if sign == last[0] and _is_again(character, last):
                continue
            if len(printed) > 1 and sign == printed[-2][0] and _is_again(character, printed[-2]):
                continue
            if left - last[1] < _SAME_PLACE * (bottom - top) and sign.isdigit():
                text += UNKNOWN
            elif left - last[3] > _SET_BLANK * _SMALLEST and _is_blank_between(last, character, has_blank):
                text += " "
        printed.append(character)
        text += sign
        has_blank = False
    return text, printed


def _is_again(character: Character, other: Character) -> bool:
    """Whether a character is printed a second time on one like it; one without a width of its own never is."""
    return (
        character.left - other.left < _SAME_PLACE * character.size < (character.right - character.left)
        and abs(character.bottom - other.bottom) < _SAME_PLACE * character.size
    )


def _is_blank_between(one: Character, other: Character, has_blank: bool) -> bool:
    gap = other.left - one.right
    size = max(one.bottom - one.top, other.bottom - other.top)
    if one.text.isascii() and other.text.isascii():
        return gap > (_SET_BLANK if has_blank else _BLANK_IN_FIGURES) * size
    return gap > (_SET_BLANK if has_blank else _BLANK) * size


def begins_label(text: str) -> bool:
    """Whether a text begins with an ordinal, as the form's labels do (blanks aside): it goes on from nothing above."""
    return _ORDINAL.match("".join(text[:_LONGEST_ORDINAL].split())) is not None


def read_lines(characters: Iterable[Character]) -> list[TextLine]:
    """The lines that characters make, from the top."""
    return [line for part in part_lines(characters) if (line := join_line(part)) is not None]


def read_cell_text(characters: list[Character]) -> str:
    """The text of one cell, its lines joined by line breaks; a label written downwards, one character a line, is one
    line. Characters that are turned are read in their own direction."""
    if len(characters) < 2:
        return characters[0].text.strip() if characters else ""
    turns = {character[5] for character in characters}
    if turns == {0}:
        return _join_lines(characters)
    texts = (
        _join_lines(_turn_back(character) for character in characters if character.turn == turn)
        for turn in sorted(turns)
    )
    return "\n".join(text for text in texts if text)


def _join_lines(characters: Iterable[Character]) -> str:
    texts = [text for line in part_lines(characters) if (text := _join_characters(line)[0])]
    if len(texts) < _FEWEST_UPRIGHT:
        return "\n".join(texts)
    are_single = all(len(text) == 1 and not (text.isascii() or text.isdigit()) for text in texts)
    return ("" if are_single else "\n").join(texts)


def _turn_back(character: Character) -> Character:
    """The character where it would stand if its own direction were the page's."""
    text, left, top, right, bottom, turn = character
    boxes = (
        (left, top, right, bottom),
        (top, -right, bottom, -left),
        (-right, -bottom, -left, -top),
        (-bottom, left, -top, right),
    )
    return Character(text, *boxes[turn], 0)
