"""A page as a picture: its print in shades of grey on white paper, evened out, and what counts as ink in it.

Red is taken out of what is read, because seals are red; that red stands in a place is kept, so that nothing printed
there is taken for a blank.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Dots = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.uint8]

# Dots across a page, so that all that is measured in dots is of one kind: A4 at 200 dots an inch.
WIDTH = 1654
_NARROWEST, _WIDEST = 1300, 2100
_MOST_ENLARGED = 2.5
_DARK_FIELD = 100
_WHITE = 255
# Shades below which dots are ink for sure, and may be ink, on paper of 255 and print of about 0.
SURE_INK = 128
FAINT_INK = 185
_RED = 24
_NOISY = 3.0
# Near red, what is lighter than this is a trace of the red that was taken out.
_TRACE = 140


@dataclass(frozen=True, slots=True)
class Picture:
    """One page upright or not yet: `grey` is its print, `red` where red or yellow ink stands (255), `noise` the spread
    of the paper's shades."""

    grey: Dots
    red: Mask
    noise: float

    @property
    def height(self) -> int:
        """Dots down the page."""
        return self.grey.shape[0]

    @property
    def width(self) -> int:
        """Dots across the page."""
        return self.grey.shape[1]


def make_picture(dots: Dots) -> Picture:
    """Even out a page: one width, white paper, black print, no red."""
    dots = _resize(dots)
    unseen, red = _take_out_red(dots)
    evened = _even_out(unseen)
    if _measure_noise(evened) > _NOISY:
        evened = cv2.GaussianBlur(evened, (0, 0), 0.8).astype(np.uint8)
    grey = _stretch(evened)
    near_red = cv2.dilate(red, np.ones((7, 7), np.uint8)) > 0
    grey[near_red & (grey > _TRACE)] = _WHITE
    return Picture(grey, red, _measure_noise(grey))


def _take_out_red(dots: Dots) -> tuple[Dots, Mask]:
    """Shades of the page as if nothing red were printed on it, and where red is. Black below red stays black."""
    through_red = dots[:, :, 0].astype(np.float32)
    excess = cv2.GaussianBlur(through_red - dots[:, :, 1:].min(axis=2), (0, 0), 1.0)
    red = (excess > _RED).astype(np.uint8)
    if cv2.countNonZero(red) == 0:
        return dots[:, :, 0].copy(), red
    paper = _measure_paper(dots[:, :, 0]).astype(np.float32)
    strong = excess > 2 * _RED
    if not strong.any():
        strong = red > 0
    share = float(np.median((paper[strong] - through_red[strong]) / excess[strong]))
    lifted = through_red + max(0.0, share) * np.maximum(excess - _RED / 3, 0)
    return np.clip(lifted, 0, np.maximum(paper, through_red)).astype(np.uint8), red * _WHITE


def _measure_paper(grey: Dots) -> Dots:
    """The shade of the paper around every dot: what is left when narrow print is filled up."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 3)
    return cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _resize(dots: Dots) -> Dots:
    across = min(dots.shape[:2])
    if _NARROWEST <= across <= _WIDEST:
        return dots
    scale = min(WIDTH / across, _MOST_ENLARGED)
    size = max(1, round(dots.shape[1] * scale)), max(1, round(dots.shape[0] * scale))
    return cv2.resize(dots, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC).astype(np.uint8)


def _even_out(grey: Dots) -> Dots:
    """Shades against those of the paper around them; light print on a dark field is turned dark on light."""
    paper = _measure_paper(grey).astype(np.float32)
    shades = grey.astype(np.float32)
    is_dark = paper < _DARK_FIELD
    light = shades / np.maximum(paper, 1) * _WHITE
    turned = (_WHITE - shades) / np.maximum(_WHITE - paper, 1) * _WHITE
    return np.clip(np.where(is_dark, turned, light), 0, _WHITE).astype(np.uint8)


def _measure_noise(grey: Dots) -> float:
    smooth = cv2.medianBlur(grey, 5)
    paper = smooth > 200
    if not paper.any():
        return 0.0
    return float(np.median(np.abs(grey[paper].astype(np.int16) - smooth[paper]))) * 1.48


def _stretch(grey: Dots) -> Dots:
    """Shades from 0 (the darker half of the print) to 255 (paper)."""
    cut = 220
    counts = np.bincount(grey[grey < cut].ravel(), minlength=cut)
    total = counts.sum()
    if total == 0:
        return grey
    ink = min(int(np.searchsorted(counts.cumsum(), total * 0.25)), 170)
    table = np.clip((np.arange(256) - ink) / (_WHITE - 8 - ink) * _WHITE, 0, _WHITE).astype(np.uint8)
    return cv2.LUT(grey, table).astype(np.uint8)


def turn_picture(picture: Picture, quarters: int) -> Picture:
    """The picture turned clockwise by quarters."""
    if quarters % 4 == 0:
        return picture
    turned = [np.ascontiguousarray(np.rot90(part, -quarters)) for part in (picture.grey, picture.red)]
    return Picture(turned[0], turned[1], picture.noise)


def rotate_picture(picture: Picture, degrees: float) -> tuple[Picture, npt.NDArray[np.float64]]:
    """The picture rotated counterclockwise about its middle, and the matrix that moves its points; what turns in from
    outside is paper."""
    size = picture.width, picture.height
    matrix = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), degrees, 1.0)
    grey = cv2.warpAffine(picture.grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(_WHITE,))
    red = cv2.warpAffine(picture.red, matrix, size, flags=cv2.INTER_NEAREST, borderValue=(0,))
    return Picture(grey.astype(np.uint8), red.astype(np.uint8), picture.noise), np.asarray(matrix, dtype=np.float64)
