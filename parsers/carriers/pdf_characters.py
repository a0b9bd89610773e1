"""Reads a page's text layer: every character with its box, and what of the text layer is not to be read.

Left out, by name: text that is not to be seen, text that runs aslant (a watermark), text outside the page. A glyph
that the file gives no character for, or that the edge of the page cuts off from its line, becomes U+FFFD.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from ctypes import POINTER, byref, c_double, c_ushort, cast, create_string_buffer
from math import hypot, pi
from operator import lt
from typing import Any

import pypdfium2.raw as pdfium_c

from parsers.carriers.pdf_calls import (
    ask_all,
    get_address,
    get_angle,
    get_text_object,
    has_map_error,
    is_generated,
    read_loose_boxes,
)
from parsers.carriers.pdf_objects import Box
from parsers.carriers.pdf_print import UNKNOWN, Character
from parsers.carriers.records import new_record

HIDDEN, ASLANT, UNMAPPED, OUTSIDE = "hidden_text", "text_aslant", "text_unmapped", "text_outside_page"
_QUARTER = pi / 2
_ASLANT_FROM = 0.05
_SMALLEST = 1.0
_SAME_SIZE = 2.0
_BLANKS = frozenset(" \t\xa0\u2002\u2003\u3000")
# What the text layer writes for a hyphen at the end of a line.
_HYPHEN = "\x02"
_CONTROLS = {chr(code): UNKNOWN for code in range(32) if chr(code) not in "\t\r\n\x02"}
_WRITTEN = str.maketrans({**_CONTROLS, _HYPHEN: "-", **dict.fromkeys(_BLANKS, " ")})
_LINE_ENDS = frozenset("\r\n")
Place = Callable[[float, float], tuple[float, float]]


def read_texts(textpage: Any, count: int) -> Sequence[str]:
    """The character of every place in the text layer, all at once where none of them takes two places."""
    buffer = create_string_buffer(2 * (count + 1))
    length = pdfium_c.FPDFText_GetText(textpage, 0, count, cast(buffer, POINTER(c_ushort)))
    text = buffer.raw[: 2 * max(0, length - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text.translate(_WRITTEN)
    codes = (pdfium_c.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return [(chr(code) if 0 < code < 0x110000 else UNKNOWN).translate(_WRITTEN) for code in codes]


def read_characters(textpage: Any, hidden: set[int], page_box: Box) -> tuple[list[Character], Counter[str]]:
    """All visible characters, from the page's top left, and how many were left out, by the reason."""
    count = pdfium_c.FPDFText_CountChars(textpage)
    layer = get_address(textpage)
    texts, errors = read_texts(textpage, count), ask_all(has_map_error, layer, count)
    lefts, tops, rights, bottoms = _read_boxes(layer, count, page_box)
    left_out: Counter[str] = Counter()
    characters: list[Character] = []
    indices: list[int] = []
    # The first character of each line, by where the line stands.
    firsts: dict[tuple[float, float], int] = {}
    turn, last_left = 0, 0.0
    last_top = last_bottom = float("nan")
    columns = zip(texts, lefts, tops, rights, bottoms, errors, strict=True)
    for index, (text, left, top, right, bottom, is_unmapped) in enumerate(columns):
        if text in _LINE_ENDS or (text == " " and is_generated(layer, index)):
            continue
        if hidden and get_text_object(layer, index) in hidden:
            left_out[HIDDEN] += text != " "
            continue
        if is_unmapped:
            text = UNKNOWN
            left_out[UNMAPPED] += 1
        # What follows on the same line to the right is written in the same direction.
        if bottom != last_bottom or top != last_top or left <= last_left:
            angle = get_angle(layer, index) / _QUARTER
            if abs(angle - round(angle)) > _ASLANT_FROM:
                left_out[ASLANT] += 1
                continue
            turn = round(angle) % 4
            firsts.setdefault((top, bottom), index)
            last_top, last_bottom = top, bottom
        last_left = left
        characters.append(new_record(Character, (text, left, top, right, bottom, turn)))
        indices.append(index)
    width, height = page_box[2] - page_box[0], page_box[3] - page_box[1]
    sizes = _correct_sizes(textpage, lefts, rights, firsts)
    if sizes:
        characters = _correct_boxes(characters, indices, textpage, sizes, page_box)
    elif _are_inside(width, height, firsts, lefts, rights):
        return characters, +left_out
    return _keep_on_page(characters, width, height, left_out), +left_out


def _read_boxes(layer: int, count: int, page_box: Box) -> tuple[list[float], ...]:
    """Left, top, right and bottom of every character, from the page's top left."""
    page_left, _, _, page_top = page_box
    lefts, bottoms, rights, tops = read_loose_boxes(layer, count)
    return (
        [left - page_left for left in lefts],
        [page_top - top for top in tops],
        [right - page_left for right in rights],
        [page_top - bottom for bottom in bottoms],
    )


def _are_inside(
    width: float, height: float, lines: Iterable[tuple[float, float]], lefts: list[float], rights: list[float]
) -> bool:
    """Whether all characters have a size and stand on the page, told by their lines and the sides of all."""
    if any(top < 0 or bottom > height or bottom - top < _SMALLEST for top, bottom in lines):
        return False
    return min(lefts, default=0) >= 0 and max(rights, default=0) <= width and not any(map(lt, rights, lefts))


def _correct_sizes(
    textpage: Any, lefts: list[float], rights: list[float], firsts: dict[tuple[float, float], int]
) -> dict[int, float]:
    """The size of the type by the height of its boxes in tenths, where they are not of that size: told by the first box
    of each height."""
    by_height: dict[int, float] = {}
    for (top, bottom), index in firsts.items():
        height = int(10 * (bottom - top))
        if height not in by_height:
            by_height[height] = _correct_size(textpage, index, max(bottom - top, rights[index] - lefts[index]))
    return {height: size for height, size in by_height.items() if size}


def _correct_boxes(
    characters: list[Character], indices: list[int], textpage: Any, sizes: dict[int, float], page_box: Box
) -> list[Character]:
    """Mend boxes that are not of the size of the type."""
    return [
        Character(one.text, *_box_ink(textpage, index, size, page_box), one.turn)
        if (size := sizes.get(int(10 * one.size)))
        else one
        for one, index in zip(characters, indices, strict=True)
    ]


def _keep_on_page(characters: list[Character], width: float, height: float, left_out: Counter[str]) -> list[Character]:
    """Leave out what has no size or stands outside the page; what stands just outside may belong to a line inside."""
    kept: list[Character] = []
    for character in characters:
        text, left, top, right, bottom, _ = character
        size, x, y = bottom - top, (left + right) / 2, (top + bottom) / 2
        if size < _SMALLEST or right < left:
            left_out[HIDDEN] += text != " "
        elif 0 <= x <= width and 0 <= y <= height:
            kept.append(character)
        else:
            left_out[OUTSIDE] += text != " "
            if text != " " and max(-x, x - width, -y, y - height) <= size:
                kept.append(character._replace(text=UNKNOWN))
    return kept


def _correct_size(textpage: Any, index: int, size: float) -> float:
    """The size of the type where a box is not of that size, else 0. Boxes of fonts that write downwards are given
    without the scale of their text."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, byref(matrix))
    printed = pdfium_c.FPDFText_GetFontSize(textpage, index) * hypot(matrix.c, matrix.d)
    return printed if printed and not printed / _SAME_SIZE < size < printed * _SAME_SIZE else 0.0


def _box_ink(textpage: Any, index: int, size: float, page_box: Box) -> Box:
    """A square of the type's size around the ink of a character."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium_c.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
    x, y = (left.value + right.value) / 2 - page_box[0], page_box[3] - (bottom.value + top.value) / 2
    return x - size / 2, y - size / 2, x + size / 2, y + size / 2


def find_turn(characters: list[Character]) -> int:
    """The quarter turns that most of the text is written at, 0 where there is none."""
    turns = Counter([character[5] for character in characters if character[0] != " "])
    return max(turns, key=lambda turn: (turns[turn], -turn)) if turns else 0


def turn_upright(page_box: Box, turn: int) -> Place:
    """How places of the page become places from its top left, down and to the right, once its text stands upright."""
    left, bottom, right, top = page_box
    places: tuple[Place, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (top - y, right - x),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (y - bottom, x - left),
    )
    return places[turn]


def set_upright(characters: list[Character], page_box: Box, turn: int) -> tuple[Character, ...]:
    """The characters of a page that is written at `turn`, once its text stands upright."""
    if turn == 0:
        return tuple(characters)
    place = turn_upright(page_box, turn)
    upright = []
    for text, left, top, right, bottom, own_turn in characters:
        x, y = place(page_box[0] + left, page_box[3] - top)
        other_x, other_y = place(page_box[0] + right, page_box[3] - bottom)
        if x > other_x:
            x, other_x = other_x, x
        if y > other_y:
            y, other_y = other_y, y
        upright.append(Character(text, x, y, other_x, other_y, (own_turn - turn) % 4))
    return tuple(upright)
