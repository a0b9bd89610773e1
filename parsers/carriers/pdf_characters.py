"""Reads a page's text layer: every character with its box, and what of the text layer is not to be read.

Left out, by name: text that is not to be seen, text that runs aslant (a watermark), text outside the page. A glyph
that the file gives no character for becomes U+FFFD.
"""

from collections import Counter
from collections.abc import Callable
from ctypes import POINTER, byref, c_double, c_ushort, c_void_p, cast, create_string_buffer
from math import hypot, pi
from typing import Any

import pypdfium2.raw as pdfium_c

from parsers.carriers.pdf_objects import Box
from parsers.carriers.pdf_print import UNKNOWN, Character

HIDDEN, ASLANT, UNMAPPED, OUTSIDE = "hidden_text", "text_aslant", "text_unmapped", "text_outside_page"
_QUARTER = pi / 2
_ASLANT_FROM = 0.05
_SMALLEST = 1.0
_SAME_SIZE = 2.0
_BLANKS = frozenset(" \t\xa0\u2002\u2003\u3000")
# What the text layer writes for a hyphen at the end of a line.
_HYPHEN = "\x02"
_WRITTEN = {_HYPHEN: "-", **dict.fromkeys(_BLANKS, " ")}
Place = Callable[[float, float], tuple[float, float]]


def read_texts(textpage: Any, count: int) -> list[str]:
    """The character of every place in the text layer, all at once where none of them takes two places."""
    buffer = create_string_buffer(2 * (count + 1))
    length = pdfium_c.FPDFText_GetText(textpage, 0, count, cast(buffer, POINTER(c_ushort)))
    text = buffer.raw[: 2 * max(0, length - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return list(text)
    codes = (pdfium_c.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return [chr(code) if 0 < code < 0x110000 else UNKNOWN for code in codes]


def read_characters(textpage: Any, hidden: set[int], page_box: Box) -> tuple[list[Character], Counter[str]]:
    """All visible characters in the page's own coordinates, top above bottom, `turn` clockwise from its x axis; and
    how many were left out, by the reason."""
    count = pdfium_c.FPDFText_CountChars(textpage)
    rect = pdfium_c.FS_RECTF()
    box = byref(rect)
    read_box, read_angle = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_GetCharAngle
    is_unmapped, is_generated = pdfium_c.FPDFText_HasUnicodeMapError, pdfium_c.FPDFText_IsGenerated
    left_out: Counter[str] = Counter()
    characters: list[Character] = []
    # By the height of the box in tenths of a point: the size of the type where boxes of that height are wrong, else 0.
    sizes: dict[int, float] = {}
    for index, text in enumerate(read_texts(textpage, count)):
        if text in "\r\n" or (text in _BLANKS and is_generated(textpage, index)):
            continue
        if hidden and _read_address(textpage, index) in hidden:
            left_out[HIDDEN] += text not in _BLANKS
            continue
        if is_unmapped(textpage, index) or (text < " " and text not in (_HYPHEN, "\t")):
            text = UNKNOWN
            left_out[UNMAPPED] += 1
        angle = read_angle(textpage, index) / _QUARTER
        turn = round(angle)
        if abs(angle - turn) > _ASLANT_FROM:
            left_out[ASLANT] += 1
            continue
        read_box(textpage, index, box)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        height = round((top - bottom) * 10)
        if height not in sizes:
            sizes[height] = _correct_size(textpage, index, max(top - bottom, right - left))
        if sizes[height]:
            left, bottom, right, top = _box_ink(textpage, index, sizes[height])
        if top - bottom < _SMALLEST or right - left < 0:
            left_out[HIDDEN] += text not in _BLANKS
            continue
        if not _is_inside(left, bottom, right, top, page_box):
            left_out[OUTSIDE] += text not in _BLANKS
            continue
        characters.append(Character(_WRITTEN.get(text, text), left, top, right, bottom, turn % 4))
    return characters, +left_out


def _read_address(textpage: Any, index: int) -> int | None:
    return cast(pdfium_c.FPDFText_GetTextObject(textpage, index), c_void_p).value


def _correct_size(textpage: Any, index: int, size: float) -> float:
    """The size of the type where the box is not of that size, else 0. Boxes of fonts that write downwards are given
    without the scale of their text."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, byref(matrix))
    printed = pdfium_c.FPDFText_GetFontSize(textpage, index) * hypot(matrix.c, matrix.d)
    return printed if printed and not printed / _SAME_SIZE < size < printed * _SAME_SIZE else 0.0


def _box_ink(textpage: Any, index: int, size: float) -> Box:
    """A square of the type's size around the ink of a character."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium_c.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
    x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
    return x - size / 2, y - size / 2, x + size / 2, y + size / 2


def _is_inside(left: float, bottom: float, right: float, top: float, page_box: Box) -> bool:
    x, y = (left + right) / 2, (bottom + top) / 2
    return page_box[0] <= x <= page_box[2] and page_box[1] <= y <= page_box[3]


def find_turn(characters: list[Character]) -> int:
    """The quarter turns that most of the text is written at, 0 where there is none."""
    turns = Counter(character.turn for character in characters if character.text != " ")
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


def set_upright(characters: list[Character], place: Place, turn: int) -> tuple[Character, ...]:
    """The characters in the upright page."""
    upright = []
    for text, left, top, right, bottom, own_turn in characters:
        x, y = place(left, top)
        other_x, other_y = place(right, bottom)
        box = min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)
        upright.append(Character(text, *box, (own_turn - turn) % 4))
    return tuple(upright)
