"""Decodes pictures, and renders pages of PDF files, to arrays of red, green and blue, one a page.

What shows through is put on white; a picture turned by its camera is turned upright. Refused are moving pictures, cut
off or damaged files, and what has more dots or pages than any report.
"""

import struct
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps
from PIL.TiffImagePlugin import TiffImageFile
from pypdfium2 import PdfDocument, PdfiumError

from parsers.carriers.detection import Format
from parsers.carriers.refusals import RefusalError

Dots = npt.NDArray[np.uint8]

MOST_DOTS = 64_000_000
MOST_PAGES = 100
# Dots an inch that pages of PDF files are rendered with: type of 10 points is 28 dots high.
RESOLUTION = 200
POINTS = 72
_DECODERS = {
    "png": ("PNG",),
    "jpeg": ("JPEG", "MPO"),
    "tiff": ("TIFF",),
    "bmp": ("BMP",),
    "webp": ("WEBP",),
    "gif": ("GIF",),
}
FORMATS = frozenset(_DECODERS)
# What the decoders raise for bytes that are not what they say they are.
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError, TypeError, OverflowError)
_SIXTEEN_BITS = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})


def decode_pages(data: bytes, detected: Format) -> Iterator[Dots]:
    """The pages of a picture file. Raises RefusalError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(data), formats=_DECODERS[detected.id])
    except Image.DecompressionBombError as error:
        raise RefusalError("too_many_dots", str(error)) from error
    except _DAMAGE as error:
        raise RefusalError("damaged_file", str(error)) from error
    with image:
        count = _count_pages(image)
        for number in range(count):
            yield _decode_page(image, number)


def _count_pages(image: Image.Image) -> int:
    try:
        count = int(getattr(image, "n_frames", 1))
    except _DAMAGE as error:
        raise RefusalError("damaged_file", str(error)) from error
    if isinstance(image, TiffImageFile):
        if count > MOST_PAGES:
            raise RefusalError("too_much_content", f"{count} pages, limit {MOST_PAGES}")
        return count
    if count > 1 and image.format != "MPO":
        raise RefusalError("moving_picture", f"{count} frames")
    return 1


def _decode_page(image: Image.Image, number: int) -> Dots:
    try:
        image.seek(number)
        if image.width * image.height > MOST_DOTS:
            raise RefusalError("too_many_dots", f"{image.width} x {image.height} dots, limit {MOST_DOTS}")
        image.load()
        return _make_dots(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as error:
        raise RefusalError("too_many_dots", str(error)) from error
    except _DAMAGE as error:
        raise RefusalError("damaged_file", f"page {number + 1}: {error}") from error


def _make_dots(image: Image.Image) -> Dots:
    if image.mode in _SIXTEEN_BITS:
        wide = np.asarray(image, dtype=np.float64)
        scale = 255 / max(float(wide.max()), 1.0) if wide.max() > 255 else 1.0
        narrow = np.clip(wide * scale, 0, 255).astype(np.uint8)
        return np.repeat(narrow[:, :, np.newaxis], 3, axis=2)
    if "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return np.asarray(Image.alpha_composite(paper, layered).convert("RGB"))
    return np.asarray(image.convert("RGB"))


def render_pages(data: bytes, numbers: Iterable[int]) -> Iterator[tuple[int, tuple[float, float], Dots]]:
    """Pages of a PDF by number from one: the number, width and height in points, and what is printed. A page too large
    for the fixed resolution is rendered with less. Raises RefusalError."""
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise RefusalError("damaged_file", str(error)) from error
    with closing(document):
        for number in numbers:
            try:
                yield number, *_render_page(document, number)
            except PdfiumError as error:
                raise RefusalError("damaged_file", f"page {number}: {error}") from error


def _render_page(document: PdfDocument, number: int) -> tuple[tuple[float, float], Dots]:
    with closing(document[number - 1]) as page:
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise RefusalError("damaged_file", f"page {number}: no page size")
        scale = min(RESOLUTION / POINTS, (MOST_DOTS / (width * height)) ** 0.5)
        with closing(page.render(scale=scale)) as bitmap:
            return (width, height), np.asarray(bitmap.to_pil().convert("RGB"))
