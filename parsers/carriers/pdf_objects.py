"""Reads what a page draws besides text: straight strokes, pictures, and which text is not to be seen.

A stroke is a drawn line, a side of a drawn rectangle or a thin filled rectangle, of any visible colour but white. Text
is not to be seen where it is printed invisibly (as under a scan), white on white, or covered by an opaque picture.
"""

from collections.abc import Iterator
from ctypes import byref
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from parsers.carriers import pdf_calls as calls
from parsers.carriers.pdf_calls import Box, Colour

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
_TEXT = pdfium_c.FPDF_PAGEOBJ_TEXT
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


_HERE = Matrix()


@dataclass
class DrawnObjects:
    """Strokes as boxes (left, bottom, right, top) in the page's coordinates; `hidden` are addresses of text objects."""

    strokes: list[Box] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
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
    count = min(pdfium_c.FPDFPage_CountObjects(page), MOST_OBJECTS + 1)
    pointers = calls.ask_all(calls.get_object, calls.get_address(page), count)
    kinds = list(map(calls.get_type, pointers))
    is_seen = _are_seen([pointer for pointer, kind in zip(pointers, kinds, strict=True) if kind == _TEXT])
    for pointer, kind in zip(pointers, kinds, strict=True):
        if kind == _TEXT and is_seen:
            drawn.object_count += 1
        else:
            _take_object(pointer, kind, _HERE, page_area, drawn, 0)
    if drawn.covered_count:
        _hide_covered(pointers, drawn)
    drawn.is_too_much = drawn.object_count > MOST_OBJECTS or drawn.point_count > MOST_POINTS
    return drawn


def _are_seen(texts: list[int]) -> bool:
    """Whether all text objects are printed in colours that show on any ground."""
    reds, alphas = calls.read_fills(texts)
    are_dark = max(reds, default=0) < _WHITE and all(alphas)
    return are_dark and _INVISIBLE_MODES.isdisjoint(map(calls.get_render_mode, texts))


def _take_object(pointer: int, kind: int, matrix: Matrix, page_area: float, drawn: DrawnObjects, depth: int) -> None:
    """Take in one object; `matrix` is that of the drawing it stands in."""
    drawn.object_count += 1
    if kind == _TEXT:
        _take_text(pointer, matrix, drawn)
    elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
        _take_path(pointer, matrix, drawn)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        inner = _read_matrix(pointer).within(matrix)
        for index in range(min(calls.count_form_objects(pointer), MOST_OBJECTS - drawn.object_count + 1)):
            held = calls.get_form_object(pointer, index)
            _take_object(held, calls.get_type(held), inner, page_area, drawn, depth + 1)
    elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
        _take_picture(pointer, matrix, page_area, drawn)


def _read_matrix(pointer: int) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not calls.read_matrix(pointer, byref(matrix)):
        return _HERE
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _read_box(pointer: int, matrix: Matrix) -> Box | None:
    box = calls.read_bounds(pointer)
    if box is None or matrix is _HERE:
        return box
    left, bottom, right, top = box
    return _span_box([matrix.place(x, y) for x in (left, right) for y in (bottom, top)])


def _span_box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _has_ink(colour: Colour | None) -> bool:
    """Whether a colour shows on white paper; one that cannot be told (a pattern) does."""
    if colour is None:
        return True
    red, green, blue, alpha = colour
    return alpha > 0 and (red < _WHITE or green < _WHITE or blue < _WHITE)


def _take_path(pointer: int, matrix: Matrix, drawn: DrawnObjects) -> None:
    fill, stroke = calls.read_draw_mode(pointer)
    is_stroked = bool(stroke) and _has_ink(calls.read_stroke(pointer))
    is_filled = bool(fill) and _has_ink(calls.read_fill(pointer))
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
    count = calls.count_segments(pointer)
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


def _read_outlines(pointer: int, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; the first stands at the end again where the part is closed."""
    points: list[tuple[float, float]] = []
    for segment in calls.ask_all(calls.get_segment, pointer, count):
        if calls.get_segment_type(segment) == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.place(*calls.read_point(segment)))
        if calls.is_closed(segment):
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


def _take_text(pointer: int, matrix: Matrix, drawn: DrawnObjects) -> None:
    if calls.get_render_mode(pointer) in _INVISIBLE_MODES:
        drawn.hidden.add(pointer)
    elif not _has_ink(calls.read_fill(pointer)):
        box = _read_box(pointer, matrix)
        if box is not None and not _stands_on(box, drawn.backgrounds):
            drawn.hidden.add(pointer)


def _hide_covered(pointers: list[int], drawn: DrawnObjects) -> None:
    """Hide all text painted before a picture that covers the page."""
    waiting = pointers[::-1]
    for _ in range(drawn.covered_count):
        pointer = waiting.pop()
        kind = calls.get_type(pointer)
        if kind == _TEXT:
            drawn.hidden.add(pointer)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            waiting += calls.ask_all(calls.get_form_object, pointer, calls.count_form_objects(pointer))[::-1]


def _stands_on(box: Box, backgrounds: list[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in backgrounds)


def _take_picture(pointer: int, matrix: Matrix, page_area: float, drawn: DrawnObjects) -> None:
    """A picture covers what was painted before it, unless one can see through it."""
    box = _read_box(pointer, matrix)
    if box is None:
        return
    drawn.backgrounds.append(box)
    share = (box[2] - box[0]) * (box[3] - box[1]) / page_area
    drawn.has_picture = drawn.has_picture or share >= _PICTURE_SHARE
    if share >= _COVER_SHARE and not calls.has_transparency(pointer):
        drawn.covered_count = drawn.object_count
