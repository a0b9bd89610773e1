"""Finds the ruled lines of a scanned page: long, thin, level or upright ink, with short gaps closed."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from parsers.carriers.pdf_print import Stroke
from parsers.carriers.pdf_rules import join_strokes
from parsers.carriers.scan_picture import FAINT_INK, Picture

Mask = npt.NDArray[np.uint8]

# In dots of a page 1654 across: what gap in a line is closed, how long a line is at least, how thick at most.
_GAP = 5
_SHORTEST = 45
_THICKEST = 14
_SHORTEST_STROKE = 20
_LONG = 300
# How uneven a short line may be, in dots and by its length, and how much thicker than the long ones.
_UNEVEN = 5
_SLOPE = 0.01
_THICKER = 2.5


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of a page in points, and where their ink is, dot by dot."""

    levels: tuple[Stroke, ...]
    uprights: tuple[Stroke, ...]
    ink: Mask


def find_rules(picture: Picture, scale: float) -> Rules:
    """The lines of an upright page; `scale` is points a dot."""
    ink = (picture.grey < FAINT_INK).astype(np.uint8)
    level_ink = _keep_long(ink, across=True)
    upright_ink = _keep_long(ink, across=False)
    levels = _list_strokes(level_ink, scale)
    uprights = _list_strokes(np.ascontiguousarray(upright_ink.T), scale)
    return Rules(levels, uprights, cv2.bitwise_or(level_ink, upright_ink).astype(np.uint8))


def _keep_long(ink: Mask, *, across: bool) -> Mask:
    """Ink that is part of a long line in one direction; gaps are closed first, but are no ink afterwards."""

    def make_kernel(along: int, beside: int) -> Mask:
        return np.ones((beside, along) if across else (along, beside), np.uint8)

    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, make_kernel(_GAP, 1))
    long = cv2.morphologyEx(closed, cv2.MORPH_OPEN, make_kernel(_SHORTEST, 1))
    thick = cv2.morphologyEx(long, cv2.MORPH_OPEN, make_kernel(1, _THICKEST + 2))
    return cv2.subtract(long, cv2.dilate(thick, make_kernel(1, 3))).astype(np.uint8)


def _list_strokes(mask: Mask, scale: float) -> tuple[Stroke, ...]:
    """The level lines of a mask. Short pieces that are bent, or thicker than its long lines, are none: those are parts
    of rings and pictures."""
    count, _, stats, centroids = cv2.connectedComponentsWithStats(mask, connectivity=8)
    pieces = [
        (left, width, height, area / width, float(middle[1]))
        for (left, _, width, height, area), middle in zip(stats[1:count].tolist(), centroids[1:count], strict=True)
        if width >= _SHORTEST_STROKE
    ]
    usual = float(np.median([thickness for _, width, _, thickness, _ in pieces if width >= _LONG] or [_THICKEST]))
    strokes = []
    for left, width, height, thickness, at in pieces:
        is_bent = height - thickness > _UNEVEN + _SLOPE * width
        is_thick = thickness > _THICKER * usual + 2
        if height <= 3 * _THICKEST and (width >= _LONG or not (is_bent or is_thick)):
            strokes.append(Stroke(at * scale, left * scale, (left + width) * scale))
    return join_strokes(strokes)
