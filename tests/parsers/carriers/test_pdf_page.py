"""What a PDF prints beside and inside its tables: read once, in order, and nothing of it lost or made up."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.colors import Color, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.carriers.pdf import has_text_layer, read_pdf
from parsers.page import Grid, Page, Paragraph
from parsers.tables.numbers import read_number
from tests.parsers.carriers.pdf_pictures import make_picture
from tests.parsers.carriers.pdf_prints import FONT

HEIGHT = 842.0
SENTENCE = "本机关依法办理各类申请，全部在法定期限内答复，没有因此发生争议，各项工作平稳有序，群众比较满意。"


def draw(*pages: Callable[[Canvas], object], **options: object) -> bytes:
    """A document with a page for each function that draws one."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, HEIGHT), invariant=1, **options)
    for page in pages:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str, size: float = 10) -> None:
    """A line of text, its place measured from the top left."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - y, text)


def rule_table(canvas: Canvas, rows: list[list[str]], left: float = 100, top: float = 100, width: float = 60) -> None:
    """A ruled table of equal cells, 20 points high."""
    for row_no, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.rect(left + column * width, HEIGHT - top - 20 * row_no - 20, width, 20)
            write(canvas, left + column * width + 4, top + 20 * row_no + 14, text)


def read(data: bytes) -> Page:
    member = read_pdf(data)
    assert member.page is not None, (member.status_reason, member.status_detail)
    return member.page


def list_grids(page: Page) -> list[list[list[str]]]:
    """The rows of texts of each grid."""
    grids = []
    for grid in page.blocks:
        if isinstance(grid, Grid):
            rows: dict[int, list[str]] = {}
            for cell in grid.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            grids.append(list(rows.values()))
    return grids


def list_texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def list_metadata(page: Page) -> dict[str, str]:
    return {item.name: item.value for item in page.metadata}


ROWS = [["项目", "件数"], ["行政许可", "17"], ["行政处罚", "8"]]


def test_lines_are_joined_to_paragraphs_over_a_page_break() -> None:
    def first(canvas: Canvas) -> None:
        write(canvas, 120, 100, SENTENCE[:38])
        write(canvas, 100, 116, SENTENCE[38:45] + "乙" * 33)
        write(canvas, 100, 132, "丙" * 40)

    def second(canvas: Canvas) -> None:
        write(canvas, 100, 100, "丁" * 20 + "。")
        write(canvas, 120, 116, "另起一段的文字。")

    page = read(draw(first, second))
    assert list_texts(page) == [
        SENTENCE[:45] + "乙" * 33 + "丙" * 40 + "丁" * 20 + "。",
        "另起一段的文字。",
    ]
    assert [block.locator for block in page.blocks] == ["page 1, paragraph 1", "page 2, paragraph 1"]


@pytest.mark.parametrize("mark", ["— {} —", "-{}-", "第{}页", "{}", "第{}页 共3页", "{}/3"])
def test_page_numbers_are_left_out(mark: str) -> None:
    def make(number: int) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            write(canvas, 100, 100, f"第{'一二三'[number - 1]}页的正文。")
            write(canvas, 290, 800, mark.format(number))

        return page

    assert list_texts(read(draw(*map(make, (1, 2, 3))))) == ["第一页的正文。", "第二页的正文。", "第三页的正文。"]


def test_figures_at_the_same_place_of_two_pages_are_no_running_head() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 100, 60, "17    8    25    0    3")
        write(canvas, 100, 400, SENTENCE)

    assert any("17" in text for text in list_texts(read(draw(page, page)))) or list_grids(read(draw(page, page)))


def test_line_that_every_page_repeats_is_named_and_left_out() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 250, 40, "某市某局政务公开")
        write(canvas, 100, 100, "正文。")

    read_twice = read(draw(page, page))
    assert list_texts(read_twice) == ["正文。", "正文。"]
    assert list_metadata(read_twice) == {"running_head": "某市某局政务公开"}


def test_header_printed_again_below_a_page_break_is_named_and_left_out() -> None:
    def make(*rows: list[str]) -> Callable[[Canvas], None]:
        return lambda canvas: rule_table(canvas, [ROWS[0], *rows], top=650)

    page = read(draw(make(ROWS[1]), make(ROWS[2])))
    assert list_grids(page) == [ROWS]
    assert [(item.name, item.value, item.locator) for item in page.metadata] == [
        ("repeated_header", "1 rows", "page 2, table 1")
    ]
    (grid,) = page.blocks
    assert isinstance(grid, Grid)
    assert grid.cells[-1].locator == "page 2, table 1, row 2, cell 2"


def test_header_torn_by_a_page_break_is_mended() -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["结果维", "结果纠", "总计"]], top=700, width=36)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [["持", "正", ""], ["1", "0", "1"]], width=36)

    assert list_grids(read(draw(first, second))) == [[["结果维\n持", "结果纠\n正", "总计"], ["1", "0", "1"]]]


def test_number_torn_by_a_page_break_is_not_read() -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["甲", "乙", "丙"], ["45", "7", "45"]], top=700, width=30)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [["6", "", "6"]], width=30)

    ((_, row),) = list_grids(read(draw(first, second)))
    assert row == ["45\n6", "7", "45\n6"]
    assert read_number(row[0]).state == "unreadable"


def test_number_without_rules_that_goes_on_below_is_not_read() -> None:
    def page(canvas: Canvas) -> None:
        for row, (label, *figures) in enumerate(
            (("项目", "件数", "次数"), ("行政许可", "7", "45"), ("行政处罚", "8", "3"))
        ):
            for column, text in enumerate((label, *figures)):
                write(canvas, 100 + 80 * column, 100 + 30 * row, text)
        write(canvas, 260, 142, "6")

    ((_, torn, whole),) = list_grids(read(draw(page)))
    assert (torn, whole) == (["行政许可", "7", "45\n6"], ["行政处罚", "8", "3"])


def test_rows_on_both_sides_of_a_page_break_stay_apart() -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["行政处罚", ""]], top=700, width=48)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [["行政强制", "5"], ["行政许可", ""]], width=48)

    assert list_grids(read(draw(first, second))) == [[["行政处罚", ""], ["行政强制", "5"], ["行政许可", ""]]]


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


def test_text_turned_in_its_cell_is_read_in_its_own_direction() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(100, HEIGHT - 200, 30, 100)
        canvas.rect(130, HEIGHT - 200, 60, 100)
        write(canvas, 140, 150, "17")
        for angle, x, y in ((90, 112, -190), (-90, 118, -110)):
            canvas.saveState()
            canvas.translate(x, HEIGHT + y)
            canvas.rotate(angle)
            canvas.setFont(FONT, 10)
            canvas.drawString(0, 0, "办理" if angle > 0 else "结果")
            canvas.restoreState()

    ((texts,),) = list_grids(read(draw(page)))
    assert sorted(texts[0].split("\n")) == ["办理", "结果"]
    assert texts[1] == "17"


def test_label_written_downwards_is_one_line_but_figures_are_not() -> None:
    def page(canvas: Canvas) -> None:
        for column, text in enumerate(("办理结果", "1360")):
            canvas.rect(100 + 30 * column, HEIGHT - 200, 30, 100)
            for number, character in enumerate(text):
                write(canvas, 110 + 30 * column, 120 + 14 * number, character)

    ((texts,),) = list_grids(read(draw(page)))
    assert texts == ["办理结果", "1\n3\n6\n0"]
    assert read_number(texts[1]).state == "unreadable"


def test_number_across_a_wall_stays_whole_and_is_not_read() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, [["甲", "乙", "丙"], ["", "", "6"]], width=30)
        write(canvas, 104, 134, "1234567")
        write(canvas, 150, 134, "5")

    ((_, row),) = list_grids(read(draw(page)))
    assert (row[0].replace("\n", ""), row[1:]) == ("1234567", ["5", "6"])
    assert read_number(row[0]).state == "unreadable"


def test_figures_beside_one_another_keep_apart() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, [["甲", "乙", "丙"], ["12345", "67890", "1"]], width=29)

    assert list_grids(read(draw(page))) == [[["甲", "乙", "丙"], ["12345", "67890", "1"]]]


def test_characters_printed_twice_count_once() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, ROWS)
        for shift in (0.2, 0.4):
            write(canvas, 164 + shift, 134, "17")
        write(canvas, 164.1, 154.2, "8")
        rule_table(canvas, [["甲", "乙"], ["11", "100"]], top=300)

    assert list_grids(read(draw(page))) == [ROWS, [["甲", "乙"], ["11", "100"]]]


@pytest.mark.parametrize(("gap", "text"), [(0.0, "117"), (0.6, "117"), (6.0, "1 17")])
def test_blanks_are_read_where_they_are_seen(gap: float, text: str) -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, [["甲", "乙"], ["件", ""]])
        write(canvas, 164, 134, "1")
        write(canvas, 164 + canvas.stringWidth("1", FONT, 10) + gap, 134, "17")

    assert list_grids(read(draw(page))) == [[["甲", "乙"], ["件", text]]]


def test_page_cut_through_a_number_does_not_shorten_it() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, [["甲", "乙"], ["件", "1234567"]])
        canvas.setCropBox((0, 0, 186, HEIGHT))

    ((_, row),) = list_grids(read(draw(page)))
    assert read_number(row[1]).state in ("text", "unreadable")


def test_text_outside_the_page_is_named_and_left_out() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, ROWS)
        write(canvas, 700, 134, "999")

    outside = read(draw(page))
    assert list_grids(outside) == [ROWS]
    assert list_metadata(outside) == {"text_outside_page": "3 characters"}


def test_text_filled_into_a_field_is_read() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, [["项目", "件数"], ["行政许可", ""]])
        canvas.acroForm.textfield(value="17", x=162, y=HEIGHT - 138, width=50, height=16, borderWidth=0)

    assert list_grids(read(draw(page))) == [ROWS[:2]]


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
        member = read_pdf(data)
        assert (member.status, member.status_reason) == ("needs_tool", "scan_needs_ocr")
        assert not has_text_layer(data)


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
