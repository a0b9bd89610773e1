"""Reads what a page draws besides text: straight strokes, pictures, and which text is not to be seen.

A stroke is a drawn line, a side of a drawn rectangle or a thin filled rectangle, of any visible colour but white. Text
is not to be seen where it is printed invisibly (as under a scan), white on white, or covered by an opaque picture.
"""

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint, c_void_p, cast
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

MOST_OBJECTS = 50_000
MOST_POINTS = 100_000
_DEEPEST_FORM = 6
_THINNEST_AREA = 3.0
_SHORTEST_STROKE = 2.0
_SLANT = 0.5
_WHITE = 250
_CORNERS_OF_RECTANGLE = 6
# Share of the page from which a picture is what is to be read there, and from which it covers everything below it.
_PICTURE_SHARE = 0.3
_COVER_SHARE = 0.8
_INVISIBLE_MODES = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP})


class Matrix(NamedTuple):
    """Places of one drawing in the coordinates of another."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point, moved."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: "Matrix") -> "Matrix":
        """This matrix followed by the outer one."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


_get_mode, _get_fill = pdfium_c.FPDFTextObj_GetTextRenderMode, pdfium_c.FPDFPageObj_GetFillColor
_get_bounds, _get_draw_mode = pdfium_c.FPDFPageObj_GetBounds, pdfium_c.FPDFPath_GetDrawMode
# What colours, bounds and modes are read into, one after another: pages hold thousands of objects.
_COLOUR = c_uint(), c_uint(), c_uint(), c_uint()
_COLOUR_POINTERS = tuple(map(byref, _COLOUR))
_BOUNDS = c_float(), c_float(), c_float(), c_float()
_BOUNDS_POINTERS = tuple(map(byref, _BOUNDS))
_MODES = c_int(), c_int()
_MODE_POINTERS = tuple(map(byref, _MODES))
Box = tuple[float, float, float, float]
_HERE = Matrix()


@dataclass
class DrawnObjects:
    """Strokes as boxes (left, bottom, right, top) in the page's coordinates; `hidden` are addresses of text objects."""

    strokes: list[Box] = field(default_factory=list)
    hidden: set[int | None] = field(default_factory=set)
    has_picture: bool = False
    is_too_much: bool = False
    # How many objects were painted before the last picture that covers the page.
    covered_count: int = 0
    backgrounds: list[Box] = field(default_factory=list)
    object_count: int = 0
    point_count: int = 0


def read_objects(page: Any, page_area: float) -> DrawnObjects:
    """Read all objects of a page, those inside forms included, in the order they are painted."""
    drawn = DrawnObjects()
    get_object, get_type, text = pdfium_c.FPDFPage_GetObject, pdfium_c.FPDFPageObj_GetType, pdfium_c.FPDF_PAGEOBJ_TEXT
    for index in range(min(pdfium_c.FPDFPage_CountObjects(page), MOST_OBJECTS + 1)):
        pointer = get_object(page, index)
        if get_type(pointer) == text:
            drawn.object_count += 1
            _take_text(pointer, _HERE, drawn)
        else:
            _take_object(pointer, _HERE, page_area, drawn, 0)
    if drawn.covered_count:
        _hide_covered(page, drawn)
    drawn.is_too_much = drawn.object_count > MOST_OBJECTS or drawn.point_count > MOST_POINTS
    return drawn


def _take_object(pointer: Any, matrix: Matrix, page_area: float, drawn: DrawnObjects, depth: int) -> None:
    """Take in one object; `matrix` is that of the drawing it stands in."""
    drawn.object_count += 1
    kind = pdfium_c.FPDFPageObj_GetType(pointer)
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
        _take_text(pointer, matrix, drawn)
    elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
        _take_path(pointer, matrix, drawn)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        inner = _read_matrix(pointer).within(matrix)
        for index in range(min(pdfium_c.FPDFFormObj_CountObjects(pointer), MOST_OBJECTS - drawn.object_count + 1)):
            _take_object(pdfium_c.FPDFFormObj_GetObject(pointer, index), inner, page_area, drawn, depth + 1)
    elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
        _take_picture(pointer, matrix, page_area, drawn)


def _read_matrix(pointer: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(pointer, byref(matrix)):
        return _HERE
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _read_box(pointer: Any, matrix: Matrix) -> Box | None:
    if not _get_bounds(pointer, *_BOUNDS_POINTERS):
        return None
    left, bottom, right, top = [side.value for side in _BOUNDS]
    if matrix is _HERE:
        return left, bottom, right, top
    return _span_box([matrix.place(x, y) for x in (left, right) for y in (bottom, top)])


def _span_box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _has_ink(pointer: Any, read_colour: Any) -> bool:
    """Whether a colour shows on white paper; one that cannot be told (a pattern) does."""
    if not read_colour(pointer, *_COLOUR_POINTERS):
        return True
    red, green, blue, alpha = _COLOUR
    return alpha.value > 0 and (red.value < _WHITE or green.value < _WHITE or blue.value < _WHITE)


def _take_path(pointer: Any, matrix: Matrix, drawn: DrawnObjects) -> None:
    if not _get_draw_mode(pointer, *_MODE_POINTERS):
        return
    fill, stroke = _MODES[0].value, _MODES[1].value
    is_stroked = bool(stroke) and _has_ink(pointer, pdfium_c.FPDFPageObj_GetStrokeColor)
    is_filled = bool(fill) and _has_ink(pointer, _get_fill)
    if not is_stroked and not is_filled:
        return
    box = _read_box(pointer, matrix)
    if box is None:
        return
    if _is_stroke(box):
        drawn.strokes.append(box)
        return
    if is_filled:
        drawn.backgrounds.append(box)
    count = pdfium_c.FPDFPath_CountSegments(pointer)
    if not is_stroked and count <= _CORNERS_OF_RECTANGLE:
        return
    drawn.point_count += count
    if drawn.point_count <= MOST_POINTS:
        outlines = _read_outlines(pointer, count, _read_matrix(pointer).within(matrix))
        drawn.strokes.extend(_list_strokes(outlines, is_stroked))


def _is_stroke(box: Box) -> bool:
    """Whether a box is thin one way and long the other."""
    width, height = box[2] - box[0], box[3] - box[1]
    across, along = (width, height) if width < height else (height, width)
    return across <= _THINNEST_AREA and along >= _SHORTEST_STROKE


def _read_outlines(pointer: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; the first stands at the end again where the part is closed."""
    points: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(pointer, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.place(x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _list_strokes(outlines: Iterator[list[tuple[float, float]]], is_stroked: bool) -> Iterator[Box]:
    """The straight upright or level sides of drawn outlines; of filled ones the thin outlines themselves."""
    for points in outlines:
        if not is_stroked:
            box = _span_box(points)
            if _is_stroke(box):
                yield box
            continue
        for (x, y), (next_x, next_y) in pairwise(points):
            if min(abs(next_x - x), abs(next_y - y)) <= _SLANT:
                yield min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y)


def _take_text(pointer: Any, matrix: Matrix, drawn: DrawnObjects) -> None:
    if _get_mode(pointer) in _INVISIBLE_MODES:
        drawn.hidden.add(get_address(pointer))
        return
    if _get_fill(pointer, *_COLOUR_POINTERS) and _COLOUR[0].value < _WHITE and _COLOUR[3].value:
        return
    if not _has_ink(pointer, pdfium_c.FPDFPageObj_GetFillColor):
        box = _read_box(pointer, matrix)
        if box is not None and not _stands_on(box, drawn.backgrounds):
            drawn.hidden.add(get_address(pointer))


def _hide_covered(page: Any, drawn: DrawnObjects) -> None:
    """Hide all text painted before a picture that covers the page."""
    waiting = [pdfium_c.FPDFPage_GetObject(page, index) for index in range(pdfium_c.FPDFPage_CountObjects(page))]
    waiting.reverse()
    for _ in range(drawn.covered_count):
        pointer = waiting.pop()
        kind = pdfium_c.FPDFPageObj_GetType(pointer)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            drawn.hidden.add(get_address(pointer))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            count = pdfium_c.FPDFFormObj_CountObjects(pointer)
            waiting += [pdfium_c.FPDFFormObj_GetObject(pointer, index) for index in reversed(range(count))]


def get_address(pointer: Any) -> int | None:
    """What tells one object from another."""
    return cast(pointer, c_void_p).value


def _stands_on(box: Box, backgrounds: list[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in backgrounds)


def _take_picture(pointer: Any, matrix: Matrix, page_area: float, drawn: DrawnObjects) -> None:
    """A picture covers what was painted before it, unless one can see through it."""
    box = _read_box(pointer, matrix)
    if box is None:
        return
    drawn.backgrounds.append(box)
    share = (box[2] - box[0]) * (box[3] - box[1]) / page_area
    drawn.has_picture = drawn.has_picture or share >= _PICTURE_SHARE
    if share >= _COVER_SHARE and not pdfium_c.FPDFPageObj_HasTransparency(pointer):
        drawn.covered_count = drawn.object_count
