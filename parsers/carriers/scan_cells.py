"""Cuts the cells of a scanned table into lines of print, and says where ink stands that is no line.

The ink of walls is taken out near walls only, so that a dash in a cell stays. A cell is blank when no ink larger than
the paper's noise is left in it; red ink counts, too.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.carriers.pdf_lattice import Lattice, LatticeCell
from parsers.carriers.scan_blots import Box, find_crossed, find_faint, has_trace
from parsers.carriers.scan_picture import FAINT_INK, Dots, Mask, Picture
from parsers.carriers.scan_rules import Rules

# In dots of a page 1654 across.
_WALL_BAND = 8
_WALL_EDGE = 4
_SMALLEST_INK = 9
_SMALLEST_RED = 60
_SMALLEST_BAND = 8
_NO_SIZE = 24.0
_ONE_LINE = 1.45
_TALLEST = 1.8


@dataclass(frozen=True, slots=True)
class CellPrint:
    """What is printed in a cell: the boxes around its lines from the top; `has_red` where red ink stands in it;
    `has_trace` where something faint stands beside its lines, `has_blot` where a piece of ink is too large for a sign,
    `is_cut` where ink reaches through a wall."""

    lines: tuple[Box, ...]
    has_red: bool
    has_trace: bool
    has_blot: bool
    is_cut: bool


@dataclass(frozen=True, slots=True)
class TablePrint:
    """The cells of a lattice in its order, the usual height of a line, and the page with nothing but their print."""

    cells: tuple[CellPrint, ...]
    size: float
    grey: Dots


def cut_cells(picture: Picture, rules: Rules, lattice: Lattice, scale: float) -> TablePrint:
    """The print in every cell of a lattice whose lines are in points; `scale` is points a dot."""
    xs = [round(x / scale) for x in lattice.xs]
    ys = [round(y / scale) for y in lattice.ys]
    walls = _draw_walls(lattice, xs, ys, rules.ink)
    grey = picture.grey.copy()
    grey[walls > 0] = 255
    boxes = [_get_box(cell, xs, ys) for cell in lattice.cells]
    inks = [_list_ink(grey, box) for box in boxes]
    size = _measure_size(inks)
    faint = find_faint(grey, picture.noise)
    crossed = find_crossed(grey, walls, boxes)
    cells = []
    for number, (box, ink) in enumerate(zip(boxes, inks, strict=True)):
        lines = _join_lines(ink, size)
        red = picture.red[
            box.top + _WALL_EDGE : box.bottom - _WALL_EDGE, box.left + _WALL_EDGE : box.right - _WALL_EDGE
        ]
        cells.append(
            CellPrint(
                lines=tuple(lines),
                has_red=cv2.countNonZero(red) >= _SMALLEST_RED,
                has_trace=has_trace(faint, box, lines),
                has_blot=any(piece.height > _TALLEST * size for piece in ink),
                is_cut=number in crossed,
            )
        )
    return TablePrint(tuple(cells), size, grey)


def _draw_walls(lattice: Lattice, xs: list[int], ys: list[int], rule_ink: Mask) -> Mask:
    """The ink of the lattice's walls: that of ruled lines, close to the sides of its cells."""
    bands = np.zeros_like(rule_ink)
    for cell in lattice.cells:
        box = _get_box(cell, xs, ys)
        cv2.rectangle(bands, (box.left, box.top), (box.right, box.bottom), (1,), 2 * _WALL_BAND + 1)
    ink = cv2.dilate(rule_ink, np.ones((3, 3), np.uint8))
    return cv2.bitwise_and(ink, bands).astype(np.uint8)


def _get_box(cell: LatticeCell, xs: list[int], ys: list[int]) -> Box:
    return Box(xs[cell.column], ys[cell.row], xs[cell.column + cell.column_span], ys[cell.row + cell.row_span])


def _list_ink(grey: Dots, box: Box) -> list[Box]:
    """The pieces of ink in a cell that are neither noise nor what is left of a wall."""
    ink = (grey[box.top : box.bottom, box.left : box.right] < FAINT_INK).astype(np.uint8)
    if ink.size == 0:
        return []
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = []
    for left, top, width, height, area in stats[1:count].tolist():
        right, bottom = left + width, top + height
        is_edge = (
            right <= _WALL_EDGE
            or left >= box.width - _WALL_EDGE
            or bottom <= _WALL_EDGE
            or top >= box.height - _WALL_EDGE
        )
        if area >= _SMALLEST_INK and not is_edge:
            pieces.append(Box(box.left + left, box.top + top, box.left + right, box.top + bottom))
    return pieces


def _list_bands(pieces: list[Box]) -> list[list[Box]]:
    """Pieces that share rows of dots, from the top."""
    bands: list[list[Box]] = []
    bottom = 0
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if bands and piece.top < bottom:
            bands[-1].append(piece)
        else:
            bands.append([piece])
            bottom = piece.bottom
        bottom = max(bottom, piece.bottom)
    return bands


def _measure_size(inks: list[list[Box]]) -> float:
    """The usual height of a line of print in the cells of a table."""
    heights = [_surround(band).height for pieces in inks for band in _list_bands(pieces)]
    heights = [height for height in heights if height >= _SMALLEST_BAND]
    return float(np.median(heights)) if heights else _NO_SIZE


def _join_lines(pieces: list[Box], size: float) -> list[Box]:
    """Lines of print: bands of ink, those that are parts of one line (三) joined."""
    lines: list[Box] = []
    for band in _list_bands(pieces):
        box = _surround(band)
        if lines and _surround([lines[-1], box]).height <= _ONE_LINE * size:
            lines[-1] = _surround([lines[-1], box])
        else:
            lines.append(box)
    return lines


def _surround(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
