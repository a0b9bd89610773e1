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
_UNLIKE = 0.55
# In heights of a digit: the usual step from digit to digit, how far off a figure's width may be in steps, and the
# steps that there are at all.
_FEWEST_STEPS = 3
_WIDTH_WITHIN = 0.55
_NARROWEST_STEP, _WIDEST_STEP = 0.45, 0.9
_MARK_STEP = 0.5
_DIGITS = "0123456789"
NOT_TOLD = "?"
SLASH = "/"
DASH = "—"
# What one straight stroke is: the share of its spread across in that along, and its slant in degrees from upright.
_STRAIGHT = 0.16
_LEAST_SLANT, _MOST_SLANT = 11, 50
_FLAT = 0.4
_LEVEL = 75


@dataclass(frozen=True, slots=True)
class LineShapes:
    """The separate signs of a line from the left: their shapes, and what they are if they are one straight stroke; from
    the middle of the first to that of the last, the height and the width of the ink, in dots."""

    shapes: tuple[Shape, ...]
    strokes: tuple[str | None, ...]
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
        return LineShapes((), (), 0.0, line.shape[0], 0)
    reach = (runs[-1][0] + runs[-1][1] - runs[0][0] - runs[0][1]) / 2
    shapes = tuple(_normalise(line[:, left:right], ink[:, left:right]) for left, right in runs)
    strokes = tuple(_name_stroke(ink[:, left:right]) for left, right in runs)
    return LineShapes(shapes, strokes, reach, line.shape[0], runs[-1][1] - runs[0][0])


def _normalise(sign: Dots, ink: npt.NDArray[np.bool_]) -> Shape:
    """The sign on paper of one format, its own proportions kept."""
    rows = np.flatnonzero(ink.any(axis=1))
    cut = sign[rows[0] : rows[-1] + 1]
    height, width = cut.shape
    beside = max(0, round(height * _SIZE[0] / _SIZE[1]) - width)
    above = max(0, round(width * _SIZE[1] / _SIZE[0]) - height)
    edges = (above // 2, above - above // 2, beside // 2, beside - beside // 2)
    wide = cv2.copyMakeBorder(cut, *edges, cv2.BORDER_CONSTANT, value=(255,)).astype(np.float32)
    small = cv2.GaussianBlur(cv2.resize(wide, _SIZE, interpolation=cv2.INTER_AREA), (0, 0), 0.7)
    shape = (small.mean() - small).ravel()
    return (shape / (np.linalg.norm(shape) + 1e-6)).astype(np.float32)


def _name_stroke(ink: npt.NDArray[np.bool_]) -> str | None:
    """`/` or `—` for ink that is one straight stroke, slanted or level; null for any other, upright ones too."""
    rows, columns = np.nonzero(ink)
    spreads, axes = np.linalg.eigh(np.cov(np.stack([columns, rows])))
    across, down = axes[:, 1] * (1 if axes[1, 1] >= 0 else -1)
    slant = float(np.degrees(np.arctan2(-across, down)))
    share = float(np.sqrt(max(0.0, spreads[0]) / max(1e-6, spreads[1])))
    if share <= _STRAIGHT and _LEAST_SLANT <= slant <= _MOST_SLANT:
        return SLASH
    return DASH if share <= _FLAT and abs(slant) >= _LEVEL else None


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
    """What a figure's shapes say where that is not its text; `?` stands for what they do not tell; null where nothing
    speaks against the text."""
    if len(line.shapes) != len(text):
        return None if _is_as_wide(text, line, models) else NOT_TOLD
    other = "".join(_find_other_sign(number, sign, text, line, models) for number, sign in enumerate(text))
    return None if other == text else other


def _find_other_sign(number: int, sign: str, text: str, line: LineShapes, models: Models) -> str:
    """What the shape of a sign says, which is the sign itself where nothing speaks against it."""
    if sign not in _DIGITS:
        return sign
    stroke = line.strokes[number]
    if stroke is not None:
        return stroke
    scores = _score_shape(number, line, models, text)
    best = max(scores, key=lambda name: scores[name], default=sign)
    own = scores.get(sign)
    if own is None:
        return best if best != sign and scores[best] >= _SAME else sign
    if own < _UNLIKE:
        return NOT_TOLD
    return best if scores[best] > own else sign


def bears_out(text: str, line: LineShapes, models: Models) -> bool:
    """Whether every sign of a figure looks like what the document prints for it, and like nothing else."""
    if len(line.shapes) != len(text):
        return False
    for number, sign in enumerate(text):
        if line.strokes[number] not in (None, sign):
            return False
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
