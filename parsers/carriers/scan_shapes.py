"""Holds the digits of a scanned document against one another: the same digit has one shape, and all stand one step
apart.

This is no second recognition but a check of another kind: a digit that looks more like those read as another, or a
figure that is too wide or too narrow for its digits, is doubtful whatever the recognitions say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

Dots = npt.NDArray[np.uint8]
Shape = npt.NDArray[np.float32]

_INK = 150
_FEWEST_DOTS = 8
_SIZE = (12, 18)
_FEWEST_SAMPLES = 2
_SAME = 0.95
_ALIKE = 0.75
# In heights of a digit: the usual step from digit to digit, how far off a figure's width may be in steps, and the
# steps that there are at all.
_FEWEST_STEPS = 3
_WIDTH_WITHIN = 0.55
_NARROWEST_STEP, _WIDEST_STEP = 0.45, 0.9
_MARK_STEP = 0.5
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class LineShapes:
    """The separate signs of a line from the left: their shapes, the middles of the first and the last, and the height
    and the width of the ink, in dots."""

    shapes: tuple[Shape, ...]
    reach: float
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Models:
    """What the digits of a document look like: for each the sum of its shapes and their count; the usual step."""

    sums: dict[str, Shape]
    counts: dict[str, int]
    step: float | None


def cut_shapes(line: Dots) -> LineShapes:
    """The signs of a line that leave white between them."""
    ink = line < _INK
    edges = np.flatnonzero(np.diff(np.concatenate(([0], ink.any(axis=0).astype(np.int8), [0]))))
    runs = [(left, right) for left, right in edges.reshape(-1, 2).tolist() if ink[:, left:right].sum() >= _FEWEST_DOTS]
    if not runs:
        return LineShapes((), 0.0, line.shape[0], 0)
    reach = (runs[-1][0] + runs[-1][1] - runs[0][0] - runs[0][1]) / 2
    shapes = tuple(_normalise(line[:, left:right], ink[:, left:right]) for left, right in runs)
    return LineShapes(shapes, reach, line.shape[0], runs[-1][1] - runs[0][0])


def _normalise(sign: Dots, ink: npt.NDArray[np.bool_]) -> Shape:
    rows = np.flatnonzero(ink.any(axis=1))
    cut = sign[rows[0] : rows[-1] + 1]
    height, width = cut.shape
    missing = max(0, round(height / 2) - width)
    wide = cv2.copyMakeBorder(
        cut, 0, 0, missing // 2, missing - missing // 2, cv2.BORDER_CONSTANT, value=(255,)
    ).astype(np.float32)
    small = cv2.GaussianBlur(cv2.resize(wide, _SIZE, interpolation=cv2.INTER_AREA), (0, 0), 0.7)
    shape = (small.mean() - small).ravel()
    return (shape / (np.linalg.norm(shape) + 1e-6)).astype(np.float32)


def learn_models(figures: Sequence[tuple[str, LineShapes]]) -> Models:
    """The models of a document from what was read of it."""
    sums: dict[str, Shape] = {}
    counts: dict[str, int] = {}
    steps = []
    for text, line in figures:
        if len(text) != len(line.shapes):
            continue
        for sign, shape in zip(text, line.shapes, strict=True):
            sums[sign] = sums[sign] + shape if sign in sums else shape
            counts[sign] = counts.setdefault(sign, 0) + 1
        if len(text) > 1 and text.isdigit():
            steps.append(line.reach / (len(text) - 1) / line.height)
    return Models(sums, counts, median(steps) if len(steps) >= _FEWEST_STEPS else None)


def find_other_reading(text: str, line: LineShapes, models: Models) -> str | None:
    """What a figure's shapes say where that is not its text; `?` stands for signs that are not as many as the text
    has; null where nothing speaks against the text."""
    if len(line.shapes) != len(text):
        return None if _is_as_wide(text, line, models) else "?"
    signs = []
    for number, sign in enumerate(text):
        scores = _score_shape(number, line, models, text) if sign in _DIGITS else {}
        best = max(scores, key=lambda name: scores[name], default=sign)
        own = scores.get(sign)
        is_other = best != sign and (scores[best] >= _SAME if own is None else scores[best] > own)
        signs.append(best if is_other else sign)
    other = "".join(signs)
    return None if other == text else other


def bears_out(text: str, line: LineShapes, models: Models) -> bool:
    """Whether every sign of a figure looks like what the document prints for it, and like nothing else."""
    if len(line.shapes) != len(text):
        return False
    for number, sign in enumerate(text):
        scores = _score_shape(number, line, models)
        if sign not in scores or scores[sign] < _ALIKE or max(scores.values()) > scores[sign]:
            return False
    return True


def _score_shape(number: int, line: LineShapes, models: Models, learnt_as: str = "") -> dict[str, float]:
    """How like a sign is to each sign as the rest of the document prints it; `learnt_as` is what the line added to the
    models as."""
    scores = {}
    for sign, total in models.sums.items():
        own = [shape for other, shape in zip(learnt_as, line.shapes, strict=False) if other == sign]
        if models.counts[sign] - len(own) < _FEWEST_SAMPLES:
            continue
        rest = total - np.sum(own, axis=0) if own else total
        scores[sign] = float(line.shapes[number] @ rest / (np.linalg.norm(rest) + 1e-6))
    return scores


def _is_as_wide(text: str, line: LineShapes, models: Models) -> bool:
    """Whether a figure whose signs touch, or are broken, is as wide as its signs are together."""
    digits = sum(sign in _DIGITS for sign in text)
    steps = digits - 1 + _MARK_STEP * (len(text) - digits)
    if models.step is None:
        least, most = (steps * step * line.height for step in (_NARROWEST_STEP, _WIDEST_STEP))
        return least <= line.width <= most + _WIDEST_STEP * line.height
    expected = steps * models.step * line.height + 0.6 * line.height
    return abs(line.width - expected) <= _WIDTH_WITHIN * models.step * line.height
