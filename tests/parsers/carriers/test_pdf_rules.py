"""Which lines of a PDF page make a table, and which are frames, underlines and ornaments."""

from reportlab.pdfgen.canvas import Canvas

from tests.parsers.carriers.pdf_drawings import (
    HEIGHT,
    ROWS,
    SENTENCE,
    draw,
    list_grids,
    list_texts,
    read,
    rule_table,
    write,
)


def test_frame_of_a_page_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(40, 40, 515, HEIGHT - 80)
        canvas.line(40, HEIGHT - 70, 555, HEIGHT - 70)
        canvas.line(80, 40, 80, HEIGHT - 40)
        write(canvas, 100, 90, SENTENCE)
        rule_table(canvas, ROWS, top=200)

    framed = read(draw(page))
    assert list_grids(framed) == [ROWS]
    assert list_texts(framed) == [SENTENCE]


def test_frame_around_prose_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(40, 40, 515, HEIGHT - 80)
        canvas.line(60, 40, 60, HEIGHT - 40)
        for line in range(8):
            write(canvas, 80, 100 + 16 * line, "本机关依法公开政府信息，办理结果全部答复，平稳有序。" * 2)

    framed = read(draw(page))
    assert list_grids(framed) == []
    assert len("".join(list_texts(framed))) == 8 * 52


def test_lines_under_words_and_slanted_lines_are_no_table() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 100, 100, SENTENCE)
        canvas.line(100, HEIGHT - 103, 500, HEIGHT - 103)
        canvas.line(100, HEIGHT - 300, 400, HEIGHT - 500)
        rule_table(canvas, ROWS, top=200)
        canvas.line(104, HEIGHT - 236, 140, HEIGHT - 236)

    assert list_grids(read(draw(page))) == [ROWS]


def test_table_without_outer_sides_is_a_table() -> None:
    def page(canvas: Canvas) -> None:
        for row in range(4):
            canvas.line(100, HEIGHT - 100 - 20 * row, 220, HEIGHT - 100 - 20 * row)
        canvas.line(160, HEIGHT - 100, 160, HEIGHT - 160)
        for row_no, row in enumerate(ROWS):
            for column, text in enumerate(row):
                write(canvas, 104 + 60 * column, 114 + 20 * row_no, text)

    assert list_grids(read(draw(page))) == [ROWS]


def test_table_drawn_in_a_form_of_its_own_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("table")
        rule_table(canvas, ROWS, left=0, top=HEIGHT - 100)
        canvas.endForm()
        canvas.translate(120, 300)
        canvas.scale(1.5, 1.5)
        canvas.doForm("table")

    assert list_grids(read(draw(page))) == [ROWS]
