"""Reads a page's text layer: every character with its box, and what of the text layer is not to be read.

Left out, by name: text that is not to be seen, text that runs aslant (a watermark), text outside the page. A glyph
that the file gives no character for, or that the edge of the page cuts off from its line, becomes U+FFFD.
"""

from collections import Counter
from collections.abc import Callable
from ctypes import POINTER, byref, c_double, c_ushort, cast, create_string_buffer
from math import hypot, pi
from operator import itemgetter
from typing import Any

import pypdfium2.raw as pdfium_c

from parsers.carriers.pdf_objects import Box, get_address
from parsers.carriers.pdf_print import UNKNOWN, Character

HIDDEN, ASLANT, UNMAPPED, OUTSIDE = "hidden_text", "text_aslant", "text_unmapped", "text_outside_page"
_QUARTER = pi / 2
_ASLANT_FROM = 0.05
_SMALLEST = 1.0
_SAME_SIZE = 2.0
_BLANKS = frozenset(" \t\xa0\u2002\u2003\u3000")
# What the text layer writes for a hyphen at the end of a line.
_HYPHEN = "\x02"
_CONTROLS = {chr(code): UNKNOWN for code in range(32) if chr(code) not in "\t\r\n\x02"}
_WRITTEN = {**_CONTROLS, _HYPHEN: "-", **dict.fromkeys(_BLANKS, " ")}
_LINE_ENDS = frozenset("\r\n")
# A character with its box in the page's own coordinates (left, bottom, right, top), the quarter turns clockwise that it
# is written at, and its number in the text layer.
RawCharacter = tuple[str, float, float, float, float, int, int]
Place = Callable[[float, float], tuple[float, float]]
_get_index = itemgetter(6)


def read_texts(textpage: Any, count: int) -> list[str]:
    """The character of every place in the text layer, all at once where none of them takes two places."""
    buffer = create_string_buffer(2 * (count + 1))
    length = pdfium_c.FPDFText_GetText(textpage, 0, count, cast(buffer, POINTER(c_ushort)))
    text = buffer.raw[: 2 * max(0, length - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return list(text)
    codes = (pdfium_c.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return [chr(code) if 0 < code < 0x110000 else UNKNOWN for code in codes]


def read_characters(textpage: Any, hidden: set[int | None], page_box: Box) -> tuple[list[RawCharacter], Counter[str]]:
    """All visible characters in the page's own coordinates, and how many were left out, by the reason."""
    count = pdfium_c.FPDFText_CountChars(textpage)
    is_unmapped, is_generated = pdfium_c.FPDFText_HasUnicodeMapError, pdfium_c.FPDFText_IsGenerated
    read_angle, read_rect = pdfium_c.FPDFText_GetCharAngle, pdfium_c.FPDFText_GetLooseCharBox
    rect = pdfium_c.FS_RECTF()
    pointer = byref(rect)
    left_out: Counter[str] = Counter()
    characters: list[RawCharacter] = []
    turn, last_bottom, last_left = 0, float("nan"), 0.0
    for index, text in enumerate(read_texts(textpage, count)):
        if text in _LINE_ENDS or (text in _BLANKS and is_generated(textpage, index)):
            continue
        if hidden and get_address(pdfium_c.FPDFText_GetTextObject(textpage, index)) in hidden:
            left_out[HIDDEN] += text not in _BLANKS
            continue
        if is_unmapped(textpage, index):
            text = UNKNOWN
            left_out[UNMAPPED] += 1
        read_rect(textpage, index, pointer)
        left, bottom = rect.left, rect.bottom
        # What follows on the same height to the right is written in the same direction.
        if bottom != last_bottom or left <= last_left:
            angle = read_angle(textpage, index) / _QUARTER
            if abs(angle - round(angle)) > _ASLANT_FROM:
                left_out[ASLANT] += 1
                continue
            turn = round(angle) % 4
        last_bottom, last_left = bottom, left
        characters.append((_WRITTEN.get(text, text), left, bottom, rect.right, rect.top, turn, index))
    return _keep_on_page(_correct_boxes(characters, textpage), page_box, left_out), +left_out


def _correct_boxes(characters: list[RawCharacter], textpage: Any) -> list[RawCharacter]:
    """Mend boxes that are not of the size of the type, told by the first box of each height."""
    lines = {(character[2], character[4]): character for character in reversed(characters)}
    in_order = sorted(lines.values(), key=_get_index, reverse=True)
    first = {int(10 * (character[4] - character[2])): character for character in in_order}
    sizes = {height: size for height, one in first.items() if (size := _correct_size(textpage, one))}
    if not sizes:
        return characters
    return [
        (one[0], *_box_ink(textpage, one[6], size), *one[5:])
        if (size := sizes.get(int(10 * (one[4] - one[2]))))
        else one
        for one in characters
    ]


def _keep_on_page(characters: list[RawCharacter], page_box: Box, left_out: Counter[str]) -> list[RawCharacter]:
    """Leave out what has no size or stands outside the page; what stands just outside may belong to a line inside."""
    page_left, page_bottom, page_right, page_top = page_box
    kept: list[RawCharacter] = []
    for character in characters:
        text, left, bottom, right, top, turn, index = character
        size, x, y = top - bottom, (left + right) / 2, (bottom + top) / 2
        if size < _SMALLEST or right < left:
            left_out[HIDDEN] += text != " "
        elif page_left <= x <= page_right and page_bottom <= y <= page_top:
            kept.append(character)
        else:
            left_out[OUTSIDE] += text != " "
            if text != " " and max(page_left - x, x - page_right, page_bottom - y, y - page_top) <= size:
                kept.append((UNKNOWN, left, bottom, right, top, turn, index))
    return kept


def _correct_size(textpage: Any, character: RawCharacter) -> float:
    """The size of the type where a box is not of that size, else 0. Boxes of fonts that write downwards are given
    without the scale of their text."""
    _, left, bottom, right, top, _, index = character
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, byref(matrix))
    printed = pdfium_c.FPDFText_GetFontSize(textpage, index) * hypot(matrix.c, matrix.d)
    size = max(top - bottom, right - left)
    return printed if printed and not printed / _SAME_SIZE < size < printed * _SAME_SIZE else 0.0


def _box_ink(textpage: Any, index: int, size: float) -> Box:
    """A square of the type's size around the ink of a character."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium_c.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
    x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
    return x - size / 2, y - size / 2, x + size / 2, y + size / 2


def find_turn(characters: list[RawCharacter]) -> int:
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


def set_upright(characters: list[RawCharacter], place: Place, turn: int) -> tuple[Character, ...]:
    """The characters in the upright page."""
    if turn == 0:
        x, y = place(0, 0)
        return tuple(
            [
                Character(text, x + left, y - top, x + right, y - bottom, own)
                for text, left, bottom, right, top, own, _ in characters
            ]
        )
    upright = []
    for text, left, bottom, right, top, own_turn, _ in characters:
        x, y = place(left, top)
        other_x, other_y = place(right, bottom)
        if x > other_x:
            x, other_x = other_x, x
        if y > other_y:
            y, other_y = other_y, y
        upright.append(Character(text, x, y, other_x, other_y, (own_turn - turn) % 4))
    return tuple(upright)
