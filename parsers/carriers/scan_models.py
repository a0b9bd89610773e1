"""The two models that the recognition extra brings inside its wheel: where text stands, and what it says.

They are run by themselves, on one thread, from files that are there: nothing is fetched, and the same picture gives the
same text. A text comes with its least sure character, and with what it would be if it were a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import cv2
import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession, SessionOptions
from rapidocr.ch_ppocr_det.utils import DBPostProcess

Dots = npt.NDArray[np.uint8]
Shares = npt.NDArray[np.float32]

LINE_HEIGHT = 48
_STEP = 16
_WIDEST = 2400
_BATCH_WIDTH = 3200
# Long lines of running text are read as well when they are narrower, and faster.
_LONG_LINE = 480
_SQUEEZE = 0.75
# Dots across that are enough to see where lines of text stand on a page.
_LOOK_WIDTH = 640
_FIGURE_SIGNS = "0123456789.,/-+—%"
_MULTIPLE = 32


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says, and the score (0 to 1) of its least sure character; the same with only the signs of figures
    allowed."""

    text: str
    score: float
    figure: str
    figure_score: float


@cache
def _load_session(task: str) -> InferenceSession:
    """The one model of a task. Raises FileNotFoundError where the wheel holds none or several."""
    found = [item for item in files("rapidocr").joinpath("models").iterdir() if f"_{task}_" in item.name]
    if len(found) != 1:
        raise FileNotFoundError(f"rapidocr: {len(found)} models for `{task}`, expected 1")
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    with as_file(found[0]) as path:
        return InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])


@cache
def _load_signs() -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    """The model's signs by number, the blank first, and the numbers of those that figures are printed with."""
    listed = _load_session("rec").get_modelmeta().custom_metadata_map["character"].splitlines()
    signs = ("", *listed, " ")
    return signs, np.array([0, *(signs.index(sign) for sign in _FIGURE_SIGNS)])


def read_lines(lines: Sequence[Dots]) -> list[Reading]:
    """What each line says, in order. A line is grey, of any size, dark on white, with little paper around it."""
    prepared = [_prepare_line(line) for line in lines]
    by_width: dict[int, list[int]] = {}
    for number, line in enumerate(prepared):
        by_width.setdefault(line.shape[1], []).append(number)
    readings: dict[int, Reading] = {}
    for width, numbers in by_width.items():
        size = max(1, _BATCH_WIDTH // width)
        for start in range(0, len(numbers), size):
            batch = numbers[start : start + size]
            for number, shares in zip(batch, _recognise([prepared[number] for number in batch]), strict=True):
                readings[number] = _decode(shares)
    return [readings[number] for number in range(len(prepared))]


def _prepare_line(line: Dots) -> Dots:
    """The line at the model's height, with paper behind it up to a multiple of a step."""
    width = line.shape[1] * LINE_HEIGHT / line.shape[0]
    width *= _SQUEEZE if width > _LONG_LINE else 1.0
    how = cv2.INTER_AREA if line.shape[0] > LINE_HEIGHT else cv2.INTER_CUBIC
    width = max(1, min(_WIDEST, round(width)))
    scaled = cv2.resize(line, (width, LINE_HEIGHT), interpolation=how)
    missing = -width % _STEP
    return cv2.copyMakeBorder(scaled, 0, 0, 0, missing, cv2.BORDER_CONSTANT, value=(255,)).astype(np.uint8)


def _recognise(lines: list[Dots]) -> Shares:
    shades = np.stack(lines).astype(np.float32) / 127.5 - 1.0
    batch = np.repeat(shades[:, np.newaxis], 3, axis=1)
    session = _load_session("rec")
    (shares,) = session.run(None, {session.get_inputs()[0].name: batch})
    return np.asarray(shares, dtype=np.float32)


def _decode(shares: Shares) -> Reading:
    signs, figure_signs = _load_signs()
    text, score = _follow(shares.argmax(axis=1), shares.max(axis=1), signs)
    figures = shares[:, figure_signs]
    best = figures.argmax(axis=1)
    figure, figure_score = _follow(best, figures.max(axis=1), ("", *_FIGURE_SIGNS))
    return Reading(text, score, figure, figure_score)


def _follow(numbers: npt.NDArray[np.intp], shares: Shares, signs: Sequence[str]) -> tuple[str, float]:
    """The signs in order, each once for all steps it lasts, and the least of their best shares; 0 where none is."""
    text: list[str] = []
    scores: list[float] = []
    last = 0
    for number, share in zip(numbers.tolist(), shares.tolist(), strict=True):
        if number == 0:
            last = 0
            continue
        if number == last:
            scores[-1] = max(scores[-1], share)
            continue
        text.append(signs[number])
        scores.append(share)
        last = number
    return "".join(text), min(scores, default=0.0)


def find_boxes(grey: Dots) -> list[npt.NDArray[np.float32]]:
    """The corners of every line of text in a picture: four points each, clockwise. A long strip is looked at in parts,
    parted where nothing is printed if there is such a place."""
    across = min(grey.shape)
    scale = _LOOK_WIDTH / across
    boxes = []
    for top, bottom in _part_strip(grey, 2 * across):
        for left, right in ((0, grey.shape[1]),) if grey.shape[1] <= 2 * across else _part_across(grey, 2 * across):
            found = _find_boxes(np.ascontiguousarray(grey[top:bottom, left:right]), scale)
            boxes.extend(box + np.array([left, top], dtype=np.float32) for box in found)
    return boxes


def _part_across(grey: Dots, longest: int) -> list[tuple[int, int]]:
    return _part_strip(np.ascontiguousarray(grey.T), longest)


def _part_strip(grey: Dots, longest: int) -> list[tuple[int, int]]:
    """Where parts of a strip begin and end, each at most `longest` rows: at the lightest row of its last quarter."""
    parts = []
    start = 0
    while grey.shape[0] - start > longest:
        lightness = grey[start + longest * 3 // 4 : start + longest].min(axis=1)
        end = start + longest * 3 // 4 + int(lightness.argmax())
        parts.append((start, end))
        start = end
    return [*parts, (start, grey.shape[0])]


def _find_boxes(grey: Dots, scale: float) -> list[npt.NDArray[np.float32]]:
    height, width = grey.shape
    size = [max(_MULTIPLE, round(length * scale / _MULTIPLE) * _MULTIPLE) for length in (width, height)]
    small = cv2.resize(grey, (size[0], size[1]), interpolation=cv2.INTER_AREA).astype(np.float32) / 127.5 - 1.0
    session = _load_session("det")
    batch = np.repeat(small[np.newaxis, np.newaxis], 3, axis=1)
    (shares,) = session.run(None, {session.get_inputs()[0].name: batch})
    after = DBPostProcess(thresh=0.3, box_thresh=0.5, max_candidates=1000, unclip_ratio=1.6, use_dilation=True)
    boxes, _ = after(np.asarray(shares), (height, width))
    return [np.asarray(box, dtype=np.float32) for box in boxes]
