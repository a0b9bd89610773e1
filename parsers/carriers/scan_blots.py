"""Finds what stands in the cells of a scanned table besides its print: faint traces, and ink that runs through walls,
as that of a seal or of figures too wide for their column does."""

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.carriers.scan_picture import FAINT_INK, Dots, Mask

# In dots of a page 1654 across.
_SMALLEST_TRACE = 30
_SHORTEST_TRACE = 12
_HALO = 5
_FROM_WALL = 8
_LARGE_INK = 40
_THIN_INK = 4
_WALL_WIDTH = 15
# How much darker than paper a trace is, in shades and in spreads of the paper's noise.
_FAINTEST = 30
_SURE_SPREADS = 5


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, in dots."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Dots across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Dots down."""
        return self.bottom - self.top


def find_faint(grey: Dots, noise: float) -> Mask:
    """What is darker than the paper's noise, however light."""
    least = 255 - max(_FAINTEST, _SURE_SPREADS * noise)
    return (cv2.GaussianBlur(grey, (0, 0), 1.0) < least).astype(np.uint8)


def has_trace(faint: Mask, box: Box, lines: list[Box]) -> bool:
    """Whether something faint, large enough to be print, stands in a cell away from its walls and lines."""
    top, bottom = box.top + _FROM_WALL, box.bottom - _FROM_WALL
    left, right = box.left + _FROM_WALL, box.right - _FROM_WALL
    if top >= bottom or left >= right:
        return False
    inside = faint[top:bottom, left:right].copy()
    for line in lines:
        rows = slice(max(0, line.top - top - _HALO), max(0, line.bottom - top + _HALO))
        columns = slice(max(0, line.left - left - _HALO), max(0, line.right - left + _HALO))
        inside[rows, columns] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    return any(
        area >= _SMALLEST_TRACE and max(width, height) >= _SHORTEST_TRACE
        for _, _, width, height, area in stats[1:count].tolist()
    )


def find_crossed(grey: Dots, walls: Mask, boxes: list[Box]) -> frozenset[int]:
    """The numbers of the cells whose ink reaches a wall where that of the next cell reaches it from the other side.
    `grey` is the page without the ink of `walls`."""
    ink = (grey < FAINT_INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_print = (stats[:, cv2.CC_STAT_AREA] >= _LARGE_INK) & (
        np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > _THIN_INK
    )
    is_print[0] = False
    near_walls = cv2.dilate(walls, np.ones((5, 5), np.uint8)) > 0
    touching = near_walls & is_print[labels.astype(np.intp)]
    if count == 1 or not touching.any():
        return frozenset()
    owners = np.full(grey.shape, -1, dtype=np.int32)
    for number, box in enumerate(boxes):
        owners[box.top : box.bottom, box.left : box.right] = number
    bridges = cv2.dilate(touching.astype(np.uint8), np.ones((_WALL_WIDTH, _WALL_WIDTH), np.uint8))
    _, groups = cv2.connectedComponents(bridges, connectivity=8)
    pairs = np.unique(np.stack([groups[touching], owners[touching]]), axis=1)
    inside = pairs[:, pairs[1] >= 0]
    numbers, counts = np.unique(inside[0], return_counts=True)
    shared = frozenset(numbers[counts > 1].tolist())
    return frozenset(int(owner) for group, owner in inside.T.tolist() if group in shared)
