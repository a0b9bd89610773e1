"""What a PDF page prints beside its tables: read once, or left out by name, and nothing of it lost."""

from io import BytesIO

from reportlab.lib.colors import Color, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.carriers.pdf import has_text_layer
from tests.parsers.carriers.pdf_drawings import (
    HEIGHT,
    ROWS,
    SENTENCE,
    draw,
    list_grids,
    list_metadata,
    list_texts,
    read,
    rule_table,
    write,
)
from tests.parsers.carriers.pdf_pictures import make_picture
from tests.parsers.carriers.pdf_prints import FONT


def test_invisible_text_is_named_and_left_out() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, ROWS)
        text = canvas.beginText(164, HEIGHT - 134)
        text.setFont(FONT, 10)
        text.setTextRenderMode(3)
        text.textOut("999")
        canvas.drawText(text)
        canvas.setFillColor(white)
        write(canvas, 190, 134, "888")

    hidden = read(draw(page))
    assert list_grids(hidden) == [ROWS]
    assert list_metadata(hidden) == {"hidden_text": "6 characters"}


def test_white_text_on_a_dark_cell_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.1, 0.2, 0.5))
        canvas.rect(100, HEIGHT - 120, 120, 20, stroke=0, fill=1)
        canvas.setFillColor(white)
        write(canvas, 104, 114, "项目")
        write(canvas, 164, 114, "件数")
        canvas.setFillColor(Color(0, 0, 0))
        rule_table(canvas, [["", ""], *ROWS[1:]])

    assert list_grids(read(draw(page))) == [ROWS]


def test_watermark_aslant_is_named_and_left_out() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, ROWS)
        canvas.saveState()
        canvas.translate(110, HEIGHT - 170)
        canvas.rotate(30)
        canvas.setFont(FONT, 12)
        canvas.drawString(0, 0, "内部资料123")
        canvas.restoreState()

    marked = read(draw(page))
    assert list_grids(marked) == [ROWS]
    assert list_metadata(marked) == {"text_aslant": "7 characters"}


def test_text_outside_the_page_is_named_and_left_out() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, ROWS)
        write(canvas, 700, 134, "999")

    outside = read(draw(page))
    assert list_grids(outside) == [ROWS]
    assert list_metadata(outside) == {"text_outside_page": "3 characters"}


def test_text_over_a_scan_is_not_its_text() -> None:
    picture = ImageReader(BytesIO(make_picture()))

    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 595, HEIGHT)
        text = canvas.beginText(100, 500)
        text.setFont(FONT, 10)
        text.setTextRenderMode(3)
        text.textOut("行政许可 17 行政处罚 8 行政强制 9 行政事业性收费 100")
        canvas.drawText(text)

    def covered(canvas: Canvas) -> None:
        write(canvas, 100, 300, SENTENCE)
        canvas.drawImage(picture, 0, 0, 595, HEIGHT)

    for data in (draw(page), draw(covered), draw(covered, page)):
        assert not has_text_layer(data)
        seen = read(data)
        assert list_grids(seen) == []
        assert not any("行政" in text or SENTENCE in text for text in list_texts(seen))


def test_scanned_pages_among_others_are_named() -> None:
    picture = ImageReader(BytesIO(make_picture()))

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 595, HEIGHT)
        write(canvas, 290, 800, "— 2 —")

    def text(canvas: Canvas) -> None:
        write(canvas, 100, 100, SENTENCE)
        rule_table(canvas, ROWS, top=200)

    data = draw(text, scan, text, scan)
    assert list_metadata(read(data)) == {"scanned_pages": "2, 4"}
    assert has_text_layer(data)


def test_same_bytes_give_the_same_page() -> None:
    data = draw(lambda canvas: rule_table(canvas, ROWS))
    assert read(data) == read(data)
