"""PDFium's functions as they are asked for every character and object of a page: addresses and numbers in and out.

Those of pypdfium2 check each argument and make an object of each pointer, which takes longer than most answers do. What
is asked of everything on a page is asked in one `map`, so that no line of Python stands between two calls.
"""

from collections import deque
from collections.abc import Callable
from ctypes import PYFUNCTYPE, addressof, c_float, c_int, c_uint, c_void_p, cast
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium_c

# Red, green, blue and alpha, 0 to 255; left, bottom, right and top.
Colour = tuple[int, int, int, int]
Box = tuple[float, float, float, float]


def get_address(pointer: Any) -> int:
    """What tells one object from another. Raises ValueError for a null pointer."""
    address = cast(pointer, c_void_p).value
    if address is None:
        raise ValueError("null pointer")
    return address


def _bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of the library by its address, with plain arguments; the interpreter is not let go while it runs."""
    return PYFUNCTYPE(result, *arguments)(get_address(function))


_OF_PLACE = c_void_p, c_int
_FOUR_RESULTS = c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
# Of a text layer and a place in it.
has_map_error = _bind(pdfium_c.FPDFText_HasUnicodeMapError, c_int, *_OF_PLACE)
is_generated = _bind(pdfium_c.FPDFText_IsGenerated, c_int, *_OF_PLACE)
get_angle = _bind(pdfium_c.FPDFText_GetCharAngle, c_float, *_OF_PLACE)
get_text_object = _bind(pdfium_c.FPDFText_GetTextObject, c_void_p, *_OF_PLACE)
_read_loose_box = _bind(pdfium_c.FPDFText_GetLooseCharBox, c_int, *_OF_PLACE, c_void_p)
# Of a page, or a form, and a number.
get_object = _bind(pdfium_c.FPDFPage_GetObject, c_void_p, *_OF_PLACE)
get_form_object = _bind(pdfium_c.FPDFFormObj_GetObject, c_void_p, *_OF_PLACE)
# Of an object.
get_type = _bind(pdfium_c.FPDFPageObj_GetType, c_int, c_void_p)
get_render_mode = _bind(pdfium_c.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
has_transparency = _bind(pdfium_c.FPDFPageObj_HasTransparency, c_int, c_void_p)
count_form_objects = _bind(pdfium_c.FPDFFormObj_CountObjects, c_int, c_void_p)
count_segments = _bind(pdfium_c.FPDFPath_CountSegments, c_int, c_void_p)
read_matrix = _bind(pdfium_c.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_read_fill = _bind(pdfium_c.FPDFPageObj_GetFillColor, c_int, *_FOUR_RESULTS)
_read_stroke = _bind(pdfium_c.FPDFPageObj_GetStrokeColor, c_int, *_FOUR_RESULTS)
_read_bounds = _bind(pdfium_c.FPDFPageObj_GetBounds, c_int, *_FOUR_RESULTS)
_read_draw_mode = _bind(pdfium_c.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
# Of a path and the number of a segment, and of a segment.
get_segment = _bind(pdfium_c.FPDFPath_GetPathSegment, c_void_p, *_OF_PLACE)
get_segment_type = _bind(pdfium_c.FPDFPathSegment_GetType, c_int, c_void_p)
is_closed = _bind(pdfium_c.FPDFPathSegment_GetClose, c_int, c_void_p)
_read_point = _bind(pdfium_c.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)

# What is read of one object at a time goes here.
_NUMBERS = (c_uint * 4)()
_NUMBER_PLACES = tuple(addressof(_NUMBERS) + 4 * number for number in range(4))
_SIDES = (c_float * 4)()
_SIDE_PLACES = tuple(addressof(_SIDES) + 4 * number for number in range(4))


def ask_all(function: Callable[..., Any], whole: int, count: int) -> list[Any]:
    """What a function says of each place of a text layer or a page."""
    return list(map(function, repeat(whole), range(count)))


def read_loose_boxes(textpage: int, count: int) -> tuple[list[float], ...]:
    """Left, bottom, right and top of every character."""
    sides = (c_float * (4 * count))()
    start = addressof(sides)
    places = range(start, start + 16 * count, 16)
    deque(map(_read_loose_box, repeat(textpage), range(count), places), maxlen=0)
    return sides[0::4], sides[3::4], sides[2::4], sides[1::4]


def read_fills(objects: list[int]) -> tuple[list[int], list[int]]:
    """Red and alpha of what fills each object, 0 to 255; both 0 where there is no such colour."""
    count = len(objects)
    colours = (c_uint * (4 * count))()
    start = addressof(colours)
    places = [range(start + 4 * part, start + 16 * count, 16) for part in range(4)]
    deque(map(_read_fill, objects, *places), maxlen=0)
    return colours[0::4], colours[3::4]


def read_fill(pointer: int) -> Colour | None:
    """The colour that fills an object, null where it cannot be told (a pattern)."""
    return tuple(_NUMBERS) if _read_fill(pointer, *_NUMBER_PLACES) else None


def read_stroke(pointer: int) -> Colour | None:
    """The colour an object is drawn in, null where it cannot be told (a pattern)."""
    return tuple(_NUMBERS) if _read_stroke(pointer, *_NUMBER_PLACES) else None


def read_bounds(pointer: int) -> Box | None:
    """Left, bottom, right and top of an object, null where it has none."""
    return tuple(_SIDES) if _read_bounds(pointer, *_SIDE_PLACES) else None


def read_draw_mode(pointer: int) -> tuple[int, int]:
    """How a path is filled and whether it is drawn, both 0 where that cannot be told."""
    return (_NUMBERS[0], _NUMBERS[1]) if _read_draw_mode(pointer, *_NUMBER_PLACES[:2]) else (0, 0)


def read_point(segment: int) -> tuple[float, float]:
    """Where a segment of a path ends."""
    _read_point(segment, *_SIDE_PLACES[:2])
    return _SIDES[0], _SIDES[1]
