"""Reads the cells of a scanned table: labels once, everything that may be a figure twice, from two preparations.

The first is the print in its shades, the second the same in black and white and in a wider frame. A figure is certain
only where both say the same and its digits have the shapes and the width that the document prints them with. Where
readings differ, or ink says nothing, the cell's confidence is 0 and its text names the readings. Look-alikes (O for 0)
become digits only where both recognitions allow no other digit and the shapes bear them out, and never with full
confidence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from parsers.carriers.page_words import squeeze_text
from parsers.carriers.scan_cells import Box, CellPrint, TablePrint
from parsers.carriers.scan_models import Reading, read_lines
from parsers.carriers.scan_picture import Dots
from parsers.carriers.scan_shapes import (
    DASH,
    NOT_TOLD,
    SLASH,
    LineShapes,
    Models,
    bears_out,
    cut_shapes,
    find_other_reading,
    learn_models,
)

_BETWEEN = " | "
_HAN = re.compile(r"[\u3400-\u9fff]")
_FEWEST_HAN = 2
# A figure, with its unit and remark, or a stand-in for one.
_FIGURE = re.compile(r"[+\-−–—―/\\]*[\d,.]*(?:万元|亿元|元|件|条|项|宗|个|份|次|篇|部|起|人次|人)?(?:\([^()]*\))?")
_BARE_FIGURE = re.compile(r"[+\-]?\d[\d,.]*|[/\-—]+")
# A reading less sure than this is none; a digit that is taken for a look-alike is less sure than this.
_LEAST_SCORE = 0.35
_LOOK_ALIKE_SCORE = 0.85
# What recognitions make of a single stroke, beside what it is.
_STROKE_SIGNS = {SLASH: frozenset("/"), DASH: frozenset("-–—―一")}
# In heights of a line: the paper left above and below it, and beside it, in each preparation.
_SHADES_FRAME = (0.2, 0.35)
_BLACK_FRAME = (0.4, 0.6)
_LOWEST = 0.7


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell says, line by line, and how sure it is: 0 where readings differ. For a cell of one line that may be a
    figure, `figure` is what both recognitions say if only the signs of figures are allowed, `shapes` are its signs;
    `is_marred` where something else stands in the cell."""

    lines: tuple[str, ...]
    confidence: float
    figure: str | None = None
    shapes: LineShapes | None = None
    is_marred: bool = False


def read_cells(printed: TablePrint) -> list[CellReading]:
    """The text of every cell, in order, before it is checked against the rest of the document."""
    filled = [cell for cell in printed.cells if cell.lines]
    firsts = _read(printed, filled, _cut_shades)
    unsure = [number for number, readings in enumerate(firsts) if not _is_label(readings)]
    seconds = dict(zip(unsure, _read(printed, [filled[number] for number in unsure], _cut_black), strict=True))
    read = (
        _weigh(printed, cell, first, seconds[number]) if number in seconds else _accept(first)
        for number, (cell, first) in enumerate(zip(filled, firsts, strict=True))
    )
    return [next(read) if cell.lines else _read_empty(cell) for cell in printed.cells]


def check_figures(readings: Sequence[CellReading]) -> list[CellReading]:
    """The same readings, each held against the digits of all of them."""
    learnt = [
        (reading.lines[0], reading.shapes)
        for reading in readings
        if reading.confidence > 0 and reading.shapes is not None
    ]
    models = learn_models([(text, shapes) for text, shapes in learnt if _BARE_FIGURE.fullmatch(text)])
    checked = []
    for reading in readings:
        if reading.shapes is None:
            checked.append(reading)
        elif reading.confidence > 0 and _BARE_FIGURE.fullmatch(reading.lines[0]):
            other = find_other_reading(reading.lines[0], reading.shapes, models)
            checked.append(reading if other is None else _doubt(reading, (reading.lines[0], other)))
        elif reading.confidence == 0 and (figure := _find_borne_out(reading, models)) is not None:
            checked.append(replace(reading, lines=(figure,), confidence=_LOOK_ALIKE_SCORE))
        else:
            checked.append(reading)
    return checked


def _find_borne_out(reading: CellReading, models: Models) -> str | None:
    """What a doubtful cell says for sure when the rest of the document is known: a look-alike's digit, or a stroke."""
    if reading.shapes is None or reading.is_marred:
        return None
    candidates = (reading.figure, *(reading.shapes.strokes if len(reading.shapes.strokes) == 1 else ()))
    return next((text for text in candidates if text and bears_out(text, reading.shapes, models)), None)


def _doubt(reading: CellReading, texts: Sequence[str]) -> CellReading:
    return replace(reading, lines=(_BETWEEN.join(dict.fromkeys(text or NOT_TOLD for text in texts)),), confidence=0.0)


def _read(
    printed: TablePrint, cells: Sequence[CellPrint], cut: Callable[[TablePrint, Box], Dots]
) -> list[tuple[Reading, ...]]:
    readings = iter(read_lines([cut(printed, line) for cell in cells for line in cell.lines]))
    return [tuple(next(readings) for _ in cell.lines) for cell in cells]


def _is_label(readings: Sequence[Reading]) -> bool:
    """Whether a cell is words and no figure, so that reading it once is enough."""
    text = squeeze_text("".join(reading.text for reading in readings))
    return len(_HAN.findall(text)) >= _FEWEST_HAN and not _FIGURE.fullmatch(text)


def _read_empty(cell: CellPrint) -> CellReading:
    """A cell without ink is blank; one with nothing but red or faint ink was not read."""
    return CellReading((NOT_TOLD,), 0.0) if cell.has_red or cell.has_trace else CellReading(("",), 1.0)


def _accept(readings: Sequence[Reading]) -> CellReading:
    texts = tuple(reading.text.strip() for reading in readings if reading.text.strip())
    return CellReading(texts, max(0.01, min(reading.score for reading in readings)))


def _weigh(printed: TablePrint, cell: CellPrint, first: Sequence[Reading], second: Sequence[Reading]) -> CellReading:
    """What two recognitions of a cell come to."""
    one, other = (tuple(squeeze_text(reading.text) for reading in readings) for readings in (first, second))
    score = min(reading.score for reading in (*first, *second))
    box = cell.lines[0]
    shapes = cut_shapes(printed.grey[box.top : box.bottom, box.left : box.right]) if len(cell.lines) == 1 else None
    figures = {squeeze_text(reading.figure) for reading in (*first, *second)}
    figure = figures.pop() if len(cell.lines) == len(figures) == 1 else None
    reading = CellReading(one, score, figure, shapes, cell.is_cut or cell.has_trace or cell.has_blot)
    if reading.is_marred:
        return _doubt(reading, (" ".join(one), " ".join(other), NOT_TOLD))
    stroke = shapes.strokes[0] if shapes is not None and len(shapes.strokes) == 1 else None
    if stroke is not None and {*one, *other} & _STROKE_SIGNS[stroke]:
        return replace(reading, lines=(stroke,), confidence=_LOOK_ALIKE_SCORE)
    is_words = any(_HAN.search(text) for text in one) or all(_FIGURE.fullmatch(text) for text in one)
    if one != other or not all(one) or score < _LEAST_SCORE or not is_words:
        return _doubt(reading, (" ".join(one), " ".join(other)))
    return reading


def _cut_shades(printed: TablePrint, line: Box) -> Dots:
    return _cut(printed, line, _SHADES_FRAME)


def _cut_black(printed: TablePrint, line: Box) -> Dots:
    large = cv2.resize(_cut(printed, line, _BLACK_FRAME), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(large, (0, 0), 1.2)
    _, black = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return cv2.GaussianBlur(black, (0, 0), 0.8).astype(np.uint8)


def _cut(printed: TablePrint, line: Box, frame: tuple[float, float]) -> Dots:
    """The line with paper around it; a low one (a dash) stands in the middle of the usual height."""
    height = max(line.height, round(_LOWEST * printed.size))
    above, beside = (round(share * height) for share in frame)
    missing = height - line.height
    cut = printed.grey[line.top : line.bottom, line.left : line.right]
    top, bottom = above + missing // 2, above + missing - missing // 2
    return cv2.copyMakeBorder(cut, top, bottom, beside, beside, cv2.BORDER_CONSTANT, value=(255,)).astype(np.uint8)
