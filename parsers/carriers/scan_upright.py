"""Sets a scanned page upright: turned by quarters as its text runs, straightened by the lines of its tables.

Whether a page stands on its head is told by which way its lines of text are recognised better.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from parsers.carriers.scan_models import find_boxes, read_lines
from parsers.carriers.scan_picture import FAINT_INK, Dots, Picture, rotate_picture, turn_picture

# The corners of a line of text: four points, clockwise from the top left of the text as the picture stands.
Box = npt.NDArray[np.float32]

_LONG = 1.5
_LONG_LINE = 4.0
_SAMPLES = 8
_SURE_SCORE = 0.8
# In degrees: what is straight enough, what lines of tables are not looked for in, what is no scan's skew.
_STRAIGHT = 0.03
_COARSE = 2.0
_MOST = 20.0
_SHORTEST_RULE = 200
_STEEPEST_RULE = 0.2
_THICKEST_RULE = 12


def set_upright(picture: Picture) -> tuple[Picture, list[Box]]:
    """The picture as it is to be read, and where its lines of text stand."""
    boxes = find_boxes(picture.grey)
    sides = [measure_sides(box) for box in boxes]
    wide = sum(width for width, height in sides if width >= _LONG * height)
    tall = sum(height for width, height in sides if height >= _LONG * width)
    if tall > wide:
        picture = turn_picture(picture, 1)
        boxes = find_boxes(picture.grey)
    if _stands_on_head(picture, boxes):
        corner = np.array([picture.width, picture.height], dtype=np.float32)
        boxes = [(corner - box)[[2, 3, 0, 1]] for box in boxes]
        picture = turn_picture(picture, 2)
    return _straighten(picture, boxes)


def measure_sides(box: Box) -> tuple[float, float]:
    """The length and the height of a line of text, in dots."""
    return float(np.linalg.norm(box[1] - box[0])), float(np.linalg.norm(box[3] - box[0]))


def cut_box(picture: Picture, box: Box) -> Dots:
    """The print inside four corners, made level."""
    width, height = (max(2, round(side)) for side in measure_sides(box))
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(box, level)
    cut = cv2.warpPerspective(picture.grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return cut.astype(np.uint8)


def _stands_on_head(picture: Picture, boxes: list[Box]) -> bool:
    sizes = [(width / max(1.0, height), number) for number, (width, height) in enumerate(map(measure_sides, boxes))]
    crops = [cut_box(picture, boxes[number]) for _, number in sorted(sizes, reverse=True)[:_SAMPLES]]
    if not crops:
        return False
    score = _score(crops)
    return score < _SURE_SCORE and _score([np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]) > score


def _score(crops: Sequence[Dots]) -> float:
    return float(np.median([reading.score for reading in read_lines(crops)]))


def _straighten(picture: Picture, boxes: list[Box]) -> tuple[Picture, list[Box]]:
    """Make the lines of the page's tables level, or else its lines of text."""
    coarse = _measure_text_angle(boxes)
    if _COARSE <= abs(coarse) <= _MOST:
        picture, boxes = _rotate(picture, boxes, coarse)
        coarse = _measure_text_angle(boxes)
    angle = _measure_rule_angle(picture)
    if angle is None:
        angle = coarse
    if not _STRAIGHT <= abs(angle) <= _MOST:
        return picture, boxes
    return _rotate(picture, boxes, angle)


def _rotate(picture: Picture, boxes: list[Box], degrees: float) -> tuple[Picture, list[Box]]:
    rotated, matrix = rotate_picture(picture, degrees)
    return rotated, [cv2.transform(box[np.newaxis], matrix)[0].astype(np.float32) for box in boxes]


def _measure_text_angle(boxes: list[Box]) -> float:
    """The angle of lines of text in degrees, positive where they fall to the right."""
    angles = []
    weights = []
    for box in boxes:
        width, height = measure_sides(box)
        if width >= _LONG_LINE * height:
            across, down = box[1] - box[0]
            angles.append(float(np.degrees(np.arctan2(down, across))))
            weights.append(width)
    return _find_median(angles, weights) if angles else 0.0


def _measure_rule_angle(picture: Picture) -> float | None:
    """The angle of long level lines in degrees, positive where they fall to the right; null without any."""
    ink = (picture.grey < FAINT_INK).astype(np.uint8)
    mask = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 25), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    angles = []
    weights = []
    for number in range(1, count):
        left, top, width, height, area = stats[number].tolist()
        if width < _SHORTEST_RULE or height > width * _STEEPEST_RULE or area > _THICKEST_RULE * width:
            continue
        rows, columns = np.nonzero(labels[top : top + height, left : left + width] == number)
        slope = float(np.polyfit(columns, rows, 1)[0])
        angles.append(float(np.degrees(np.arctan(slope))))
        weights.append(float(width))
    return _find_median(angles, weights) if angles else None


def _find_median(values: list[float], weights: list[float]) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(np.asarray(weights)[order])
    return float(np.asarray(values)[order][int(np.searchsorted(reached, reached[-1] / 2))])
