"""Text in fonts that a PDF names and does not carry is read alike on every machine, a lone character too."""

from collections.abc import Iterator
from contextlib import closing
from ctypes import byref, c_double
from io import BytesIO

import pypdfium2.raw as pdfium_c
import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from parsers.carriers.pdf_document import read_printed_pages
from parsers.carriers.pdf_fonts import STAND_IN_FONT
from tests.parsers.carriers.stand_in_font import MARKS, UNITS_PER_EM, make_font

CJK_FONTS = ["STSong-Light", "MSung-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium"]
SIZE = 10


def print_lines(font: str, texts: str) -> bytes:
    """A page with each character of the texts in a line of its own."""
    if font in CJK_FONTS:
        registerFont(UnicodeCIDFont(font))
    file = BytesIO()
    canvas = Canvas(file)
    canvas.setFont(font, SIZE)
    for row, text in enumerate(texts.split("|")):
        canvas.drawString(100, 700 - 20 * row, text)
    canvas.save()
    return file.getvalue()


def read_ink(data: bytes) -> Iterator[tuple[float, float]]:
    """How wide and how high the ink of each character is, in shares of its size."""
    sides = [c_double() for _ in range(4)]
    with closing(PdfDocument(data)) as document, closing(document[0]) as page, closing(page.get_textpage()) as text:
        for index in range(text.count_chars()):
            pdfium_c.FPDFText_GetCharBox(text.raw, index, *map(byref, sides))
            left, right, bottom, top = (side.value for side in sides)
            yield (right - left) / SIZE, (top - bottom) / SIZE


def test_stand_in_font_is_what_its_maker_writes() -> None:
    assert STAND_IN_FONT.read_bytes() == make_font()


@pytest.mark.parametrize("font", CJK_FONTS)
def test_lone_characters_of_fonts_that_are_not_there_are_read(font: str) -> None:
    pages = read_printed_pages(print_lines(font, "中|一|1"))
    assert isinstance(pages, tuple)
    assert [character.text for character in pages[0].characters] == list("中一1")


def test_no_font_of_the_machine_is_asked() -> None:
    left, bottom, right, top = MARKS["wide"]
    ((width, height),) = read_ink(print_lines("STSong-Light", "信"))
    assert width == pytest.approx((right - left) / UNITS_PER_EM, abs=0.02)
    assert height == pytest.approx((top - bottom) / UNITS_PER_EM, abs=0.02)


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_fonts_of_every_reader_keep_their_own_widths(font: str) -> None:
    pages = read_printed_pages(print_lines(font, "4.5"))
    assert isinstance(pages, tuple)
    characters = pages[0].characters
    assert [character.text for character in characters] == ["4", ".", "5"]
    assert characters[-1].right - characters[0].left == pytest.approx(stringWidth("4.5", font, SIZE), abs=0.5)
