"""What the cells of a PDF table print: numbers whole, in their own cell, or not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from parsers.page import Grid
from parsers.tables.numbers import read_number
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
from tests.parsers.carriers.pdf_prints import FONT


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


def draw_remark(place: float) -> bytes:
    """Two rows of figures without rules; in the second, at 160, a figure with a remark in smaller type."""

    def page(canvas: Canvas) -> None:
        for row, texts in enumerate((("项目", "件数", "次数"), ("行政许可", "7", "45"), ("行政处罚", "", "3"))):
            for column, text in enumerate(texts):
                write(canvas, 100 + 80 * column, 100 + 30 * row, text)
        write(canvas, 180, place, "8（含上年2件）", size=5)

    return draw(page)


@pytest.mark.parametrize("place", [154, 155.5, 157, 160, 161.5])
def test_figure_with_a_remark_in_smaller_type_stands_in_its_row_without_rules(place: float) -> None:
    ((_, _, row),) = list_grids(read(draw_remark(place)))
    assert row == ["行政处罚", "8（含上年2件）", "3"]


@pytest.mark.parametrize("place", [145, 148, 150, 168, 171, 175])
def test_no_cell_is_called_blank_where_a_remark_stands_between_rows(place: float) -> None:
    assert ["行政处罚", "", "3"] not in [row for grid in list_grids(read(draw_remark(place))) for row in grid]


def draw_small_figure(place: float, size: float, text: str = "17") -> bytes:
    """Rows without rules, at 100, 130 and 160 on the second page; in one of them a figure in smaller type."""

    def begin(canvas: Canvas) -> None:
        print_rows(canvas, 700, (("项目", "件数", "次数"), ("行政确认", "4", "6"), ("行政裁决", "5", "9")))
        write(canvas, 290, 820, "1")

    def go_on(canvas: Canvas) -> None:
        print_rows(canvas, 100, (("行政许可", "7", "45"), ("行政处罚", "", "3"), ("行政强制", "1", "2")))
        write(canvas, 180, place, text, size=size)
        write(canvas, 290, 820, "2")

    return draw(begin, go_on)


def print_rows(canvas: Canvas, top: float, rows: tuple[tuple[str, ...], ...]) -> None:
    """Rows without rules, 30 points from one to the next."""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            write(canvas, 100 + 80 * column, top + 30 * row, text)


@given(place=st.floats(112, 148), size=st.floats(3, 10), text=st.sampled_from(["17", "2", "/", "—", "无"]))
def test_no_cell_is_called_blank_where_a_small_figure_stands_between_rows(place: float, size: float, text: str) -> None:
    rows = [row for grid in list_grids(read(draw_small_figure(place, size, text))) for row in grid]
    assert ["行政处罚", "", "3"] not in rows


@pytest.mark.parametrize("place", [125, 126, 128, 130])
@pytest.mark.parametrize("size", [3, 4, 6, 9])
def test_small_figure_stands_in_its_row_without_rules(place: float, size: float) -> None:
    rows = [row for grid in list_grids(read(draw_small_figure(place, size))) for row in grid]
    assert ["行政处罚", "17", "3"] in rows
    assert ["行政裁决", "5", "9"] in rows


@given(edge=st.sampled_from(["first", "last"]), place=st.floats(-9, 9), text=st.sampled_from(["17", "2", "/", "无"]))
def test_small_figure_in_the_row_at_an_edge_of_the_page_leaves_no_blank_there(
    edge: str, place: float, text: str
) -> None:
    def begin(canvas: Canvas) -> None:
        print_rows(canvas, 640, (("项目", "件数", "次数"), ("行政确认", "4", "6"), ("行政裁决", "5", "9")))
        write(canvas, 290, 820, "1")

    def go_on(canvas: Canvas) -> None:
        rows = (("行政许可", "", "45"), ("行政处罚", "8", "3"))
        print_rows(canvas, 100, rows if edge == "first" else rows[::-1])
        write(canvas, 180, (100 if edge == "first" else 130) + place, text, size=4)
        write(canvas, 290, 820, "2")

    page = read(draw(begin, go_on))
    assert ["行政许可", "", "45"] not in [row for grid in list_grids(page) for row in grid]


@given(aside=st.floats(-30, 30), column=st.sampled_from([1, 2]))
def test_figure_put_aside_makes_no_column_of_its_own_without_rules(aside: float, column: int) -> None:
    rows = [["信息内容", "甲", "乙", "丙"], ["行政许可", "7", "4", "5"], ["行政强制", "8", "9", "6"]]
    rows[1][column] = rows[2][column] = ""

    def page(canvas: Canvas) -> None:
        print_rows(canvas, 100, (*map(tuple, rows), ("行政处罚", "2", "3", "1")))
        write(canvas, 100 + 80 * column + aside, 160, "56", size=5)

    read_rows = [row for grid in list_grids(read(draw(page))) for row in grid]
    assert all(len(row) < 5 for row in read_rows)


@pytest.mark.parametrize(("second", "is_read"), [("7", True), ("", False)])
def test_head_between_two_columns_is_no_cell_of_a_row_that_has_no_room_for_it(second: str, is_read: bool) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 100, 100, "行政复议")
        write(canvas, 205, 100, "行政诉讼")
        print_rows(canvas, 130, (("结果维", "结果纠", "其他结", "尚未审", "总和", "备考"),))
        print_rows(canvas, 142, (("持", "正", "果", "结"),))
        print_rows(canvas, 170, (("1", second, "45", "3", "2", "6"),))

    ((*_, heads, figures),) = list_grids(read(draw(page)))
    assert (heads[:4] == ["结果维\n持", "结果纠\n正", "其他结\n果", "尚未审\n结"]) == is_read
    assert (figures == ["1", "7", "45", "3", "2", "6"]) == is_read


def test_one_row_without_rules_on_the_next_page_goes_on_from_the_table_before_it() -> None:
    def begin(canvas: Canvas) -> None:
        for row, texts in enumerate((("项目", "件数"), ("行政许可", "7"), ("行政强制", "2"))):
            for column, text in enumerate(texts):
                write(canvas, 100 + 80 * column, 700 + 30 * row, text)

    def end(canvas: Canvas) -> None:
        write(canvas, 100, 60, "行政处罚")
        write(canvas, 180, 60, "45")
        write(canvas, 100, 120, SENTENCE)

    rows = [row for grid in list_grids(read(draw(begin, end))) for row in grid]
    assert rows == [["项目", "件数"], ["行政许可", "7"], ["行政强制", "2"], ["行政处罚", "45"]]


@pytest.mark.parametrize("first_below", [0, 1, 2])
def test_header_without_rules_stands_with_the_rows_a_page_break_parts_from_it(first_below: int) -> None:
    heads = [("项目", "上级", "", "合计"), ("", "", "本年", ""), ("", "", "下级", "")]

    def begin(canvas: Canvas) -> None:
        write(canvas, 100, 700, SENTENCE)
        print_rows(canvas, 730, (*heads[: first_below + 1],))
        write(canvas, 290, 820, "1")

    def end(canvas: Canvas) -> None:
        print_rows(canvas, 60, (*heads[first_below + 1 :], ("行政许可", "7", "2", "9"), ("行政处罚", "4", "1", "5")))
        write(canvas, 290, 820, "2")

    page = read(draw(begin, end))
    (rows,) = list_grids(page)
    assert [text for row in rows for text in row] == (
        ["项目", "上级", "合计", "本年", "下级", "行政许可", "7", "2", "9", "行政处罚", "4", "1", "5"]
    )
    (grid,) = [block for block in page.blocks if isinstance(block, Grid)]
    assert grid.locator == "page 2, table 1"
    assert list_texts(page) == [SENTENCE]


def test_signature_above_a_page_break_is_no_header_of_the_table_below_it() -> None:
    def begin(canvas: Canvas) -> None:
        write(canvas, 100, 730, SENTENCE)
        print_rows(canvas, 760, (("", "某县财政局", "", "2023年1月9日"),))

    def end(canvas: Canvas) -> None:
        print_rows(canvas, 60, (("附件", "", "", ""), ("行政许可", "7", "2", "9"), ("行政处罚", "4", "1", "5")))

    page = read(draw(begin, end))
    assert list_texts(page)[:2] == [SENTENCE, "某县财政局 2023年1月9日"]


@pytest.mark.parametrize("figure", ["6", ""])
def test_row_without_rules_may_lack_its_label_where_no_cell_is_blank(figure: str) -> None:
    rows = (("项目", "件数", "次数"), ("行政许可", "7", "45"), ("", "8", "3"), ("行政强制", "5", figure))
    (read_rows,) = list_grids(read(draw(lambda canvas: print_rows(canvas, 100, rows))))
    assert read_rows[2] == ["8", "3"]
    assert read_rows[3] == (["行政强制", "5", figure] if figure else ["行政强制", "5"])


def test_ordinal_that_a_blank_or_a_line_parts_from_its_label_is_no_figure() -> None:
    def page(canvas: Canvas) -> None:
        print_rows(canvas, 100, (("项目", "件数", "次数"), ("", "7", "45"), ("", "8", "3")))
        write(canvas, 100, 124, "1.")
        write(canvas, 100, 136, "行政许可")
        write(canvas, 100, 160, "2")
        write(canvas, 112, 160, ".行政处罚")

    (rows,) = list_grids(read(draw(page)))
    assert rows[1:] == [["1.\n行政许可", "7", "45"], ["2 .行政处罚", "8", "3"]]


def test_line_under_two_pieces_of_a_label_shows_that_they_are_one() -> None:
    def page(canvas: Canvas) -> None:
        print_rows(canvas, 100, (("项目", "", "件数", "次数"), ("", "", "7", "45"), ("1.行政处罚", "", "8", "3")))
        write(canvas, 100, 124, "1.不补正")
        write(canvas, 150, 124, "不再")
        write(canvas, 100, 136, "处理其政府信息公开")

    (rows,) = list_grids(read(draw(page)))
    assert rows[1][0].replace("\n", "") == "1.不补正不再处理其政府信息公开"


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


def test_number_that_runs_over_the_floor_of_its_cell_is_not_read() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, [["甲", "乙", "丙"], ["7", "", "6"], ["8", "", "6"]], width=30)
        for top, text in ((139, "45"), (149, "6"), (159, "3")):
            write(canvas, 134, top, text)

    (grid,) = (block for block in read(draw(page)).blocks if isinstance(block, Grid))
    doubted = [(cell.row, cell.text) for cell in grid.cells if cell.confidence == 0]
    assert doubted == [(1, "45"), (2, "6\n3")]


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


def test_text_filled_into_a_field_is_read() -> None:
    def page(canvas: Canvas) -> None:
        rule_table(canvas, [["项目", "件数"], ["行政许可", ""]])
        canvas.acroForm.textfield(value="17", x=162, y=HEIGHT - 138, width=50, height=16, borderWidth=0)

    assert list_grids(read(draw(page))) == [ROWS[:2]]
