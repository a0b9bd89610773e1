"""Puts characters together as they are read: to lines, pieces of lines and the text of a cell.

A blank is written only where one is to be seen. Characters printed twice on one another (false bold) count once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from parsers.carriers.pdf_print import Character

# In heights of the type: how far lines lie apart; what gap is a blank between figures, between anything else, and where
# a blank was set between; what gap parts two pieces of a line.
_NEXT_LINE = 0.45
_BLANK_IN_FIGURES = 0.2
_BLANK = 0.4
_SET_BLANK = 0.08
_PIECE_IN_FIGURES = 0.5
_PIECE = 1.0
_FEWEST_UPRIGHT = 3
_ORDINAL = re.compile(
    r"[(（]?[一二三四五六七八九十]+[)）、.．,，]|[(（]?\d{1,2}[)）、.．,，](?!\d)|第[一二三四五六七八九十]+条"
)
_SAME_PLACE = 0.35


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
    """Characters by line from the top, each line from the left; set blanks keep their place."""
    lines: list[list[Character]] = []
    place = height = 0.0
    for character in sorted(characters, key=lambda character: character.top + character.bottom):
        middle = (character.top + character.bottom) / 2
        size = character.bottom - character.top
        if lines and middle - place <= _NEXT_LINE * min(height, size):
            lines[-1].append(character)
            continue
        lines.append([character])
        place, height = middle, size
    return [sorted(line, key=lambda character: character.left) for line in lines]


def part_pieces(line: list[Character]) -> list[list[Character]]:
    """A line parted where a gap is wider than any blank in running text."""
    pieces: list[list[Character]] = []
    last: Character | None = None
    for character in line:
        if character.text == " ":
            if pieces:
                pieces[-1].append(character)
            continue
        if last is None or character.left - last.right > _find_widest_blank(last, character) * character.size:
            pieces.append([])
        pieces[-1].append(character)
        last = character
    return pieces


def _find_widest_blank(one: Character, other: Character) -> float:
    return _PIECE_IN_FIGURES if one.text.isdigit() and other.text.isdigit() else _PIECE


def join_line(characters: list[Character]) -> TextLine | None:
    """The text of the characters of one line, in order; null where none is printed."""
    printed: list[Character] = []
    texts: list[str] = []
    has_blank = False
    for character in characters:
        if character.text == " ":
            has_blank = True
            continue
        if any(_is_again(character, other) for other in printed[-2:]):
            continue
        if printed and _is_blank_between(printed[-1], character, has_blank):
            texts.append(" ")
        printed.append(character)
        texts.append(character.text)
        has_blank = False
    if not printed:
        return None
    return TextLine(
        text="".join(texts),
        left=printed[0].left,
        top=min(character.top for character in printed),
        right=max(character.right for character in printed),
        bottom=max(character.bottom for character in printed),
        size=median(character.bottom - character.top for character in printed),
    )


def _is_again(character: Character, other: Character) -> bool:
    """Whether a character is printed a second time on the one beside it."""
    return (
        character.text == other.text
        and character.left - other.left < _SAME_PLACE * (character.right - character.left)
        and abs(character.top - other.top) < _SAME_PLACE * character.size
    )


def _is_blank_between(one: Character, other: Character, has_blank: bool) -> bool:
    gap = other.left - one.right
    size = max(one.bottom - one.top, other.bottom - other.top)
    if one.text.isascii() and other.text.isascii():
        return gap > (_SET_BLANK if has_blank else _BLANK_IN_FIGURES) * size
    return gap > (_SET_BLANK if has_blank else _BLANK) * size


def begins_label(text: str) -> bool:
    """Whether a text begins with an ordinal, as the form's labels do: it goes on from nothing above it."""
    return _ORDINAL.match(text) is not None


def read_lines(characters: Iterable[Character]) -> list[TextLine]:
    """The lines that characters make, from the top."""
    return [line for part in part_lines(characters) if (line := join_line(part)) is not None]


def read_cell_text(characters: list[Character]) -> str:
    """The text of one cell, its lines joined by line breaks; a label written downwards, one character a line, is one
    line. Characters that are turned are read in their own direction."""
    if not characters:
        return ""
    turns = {character.turn for character in characters}
    if turns == {0}:
        return _join_lines(read_lines(characters))
    texts = (
        _join_lines(read_lines(_turn_back(character) for character in characters if character.turn == turn))
        for turn in sorted(turns)
    )
    return "\n".join(text for text in texts if text)


def _join_lines(lines: list[TextLine]) -> str:
    texts = [line.text for line in lines]
    are_single = all(len(text) == 1 and not (text.isascii() or text.isdigit()) for text in texts)
    return ("" if are_single and len(texts) >= _FEWEST_UPRIGHT else "\n").join(texts)


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
