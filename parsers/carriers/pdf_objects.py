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

MOST_OBJECTS = 200_000
MOST_POINTS = 200_000
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


Box = tuple[float, float, float, float]
_HERE = Matrix()


@dataclass
class DrawnObjects:
    """Strokes as boxes (left, bottom, right, top) in the page's coordinates; `hidden` are addresses of text objects."""

    strokes: list[Box] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    has_picture: bool = False
    is_too_much: bool = False
    texts: list[int] = field(default_factory=list)
    backgrounds: list[Box] = field(default_factory=list)
    object_count: int = 0
    point_count: int = 0


def read_objects(page: Any, page_area: float) -> DrawnObjects:
    """Read all objects of a page, those inside forms included, in the order they are painted."""
    drawn = DrawnObjects()
    for pointer, matrix in _walk_objects(page, drawn):
        kind = pdfium_c.FPDFPageObj_GetType(pointer)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _take_path(pointer, matrix, drawn)
        elif kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            _take_text(pointer, matrix, drawn)
        elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
            _take_picture(pointer, matrix, page_area, drawn)
        drawn.is_too_much = drawn.object_count > MOST_OBJECTS or drawn.point_count > MOST_POINTS
        if drawn.is_too_much:
            break
    return drawn


def _walk_objects(page: Any, drawn: DrawnObjects) -> Iterator[tuple[Any, Matrix]]:
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _walk_form(pdfium_c.FPDFPage_GetObject(page, index), _HERE, drawn, 0)


def _walk_form(pointer: Any, outer: Matrix, drawn: DrawnObjects, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """The object itself, or what a form holds, with the matrix of the drawing it stands in."""
    drawn.object_count += 1
    if pdfium_c.FPDFPageObj_GetType(pointer) != pdfium_c.FPDF_PAGEOBJ_FORM:
        yield pointer, outer
        return
    if depth == _DEEPEST_FORM:
        return
    matrix = _read_matrix(pointer).within(outer)
    for index in range(pdfium_c.FPDFFormObj_CountObjects(pointer)):
        yield from _walk_form(pdfium_c.FPDFFormObj_GetObject(pointer, index), matrix, drawn, depth + 1)


def _read_matrix(pointer: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(pointer, byref(matrix)):
        return _HERE
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _read_box(pointer: Any, matrix: Matrix) -> Box | None:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not pdfium_c.FPDFPageObj_GetBounds(pointer, byref(left), byref(bottom), byref(right), byref(top)):
        return None
    if matrix is _HERE:
        return left.value, bottom.value, right.value, top.value
    return _span_box([matrix.place(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)])


def _span_box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _has_ink(pointer: Any, read_colour: Any, *, with_white: bool = False) -> bool:
    """Whether a colour shows on white paper; one that cannot be told (a pattern) does."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not read_colour(pointer, byref(red), byref(green), byref(blue), byref(alpha)):
        return True
    return alpha.value > 0 and (with_white or min(red.value, green.value, blue.value) < _WHITE)


def _take_path(pointer: Any, matrix: Matrix, drawn: DrawnObjects) -> None:
    fill, stroke = c_int(), c_int()
    box = _read_box(pointer, matrix)
    if box is None or not pdfium_c.FPDFPath_GetDrawMode(pointer, byref(fill), byref(stroke)):
        return
    is_stroked = bool(stroke.value) and _has_ink(pointer, pdfium_c.FPDFPageObj_GetStrokeColor)
    is_filled = bool(fill.value) and _has_ink(pointer, pdfium_c.FPDFPageObj_GetFillColor)
    is_thin = _is_stroke(box)
    if is_filled and not is_thin:
        drawn.backgrounds.append(box)
    if not is_stroked and not is_filled:
        return
    if is_thin:
        drawn.strokes.append(box)
        return
    count = pdfium_c.FPDFPath_CountSegments(pointer)
    if not is_stroked and count <= _CORNERS_OF_RECTANGLE:
        return
    drawn.point_count += count
    if drawn.point_count <= MOST_POINTS:
        outlines = _read_outlines(pointer, count, _read_matrix(pointer).within(matrix))
        drawn.strokes.extend(_list_strokes(outlines, is_stroked))


def _is_stroke(box: Box) -> bool:
    """Whether a box is thin one way and long the other."""
    across, along = sorted((box[2] - box[0], box[3] - box[1]))
    return across <= _THINNEST_AREA and along >= max(_SHORTEST_STROKE, across)


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
    address = cast(pointer, c_void_p).value
    if address is None:
        return
    drawn.texts.append(address)
    if pdfium_c.FPDFTextObj_GetTextRenderMode(pointer) in _INVISIBLE_MODES:
        drawn.hidden.add(address)
    elif not _has_ink(pointer, pdfium_c.FPDFPageObj_GetFillColor):
        box = _read_box(pointer, matrix)
        if box is not None and not _stands_on(box, drawn.backgrounds):
            drawn.hidden.add(address)


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
        drawn.hidden.update(drawn.texts)
