"""What a PDF carries over from page to page: paragraphs and tables that go on, and lines that every page repeats."""

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.page import Grid, Paragraph
from parsers.tables.numbers import read_number
from tests.parsers.carriers.pdf_drawings import (
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


def test_title_in_larger_type_does_not_go_on_in_the_text() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 270, 80, "共和县人民政府某部门年度信息公开工作报告", size=13)
        write(canvas, 60, 110, SENTENCE[:30])
        write(canvas, 60, 130, SENTENCE)

    first, *_ = read(draw(page)).blocks
    assert isinstance(first, Paragraph)
    assert first.text == "共和县人民政府某部门年度信息公开工作报告"


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

    page = read(draw(first, second))
    ((_, row),) = list_grids(page)
    assert row == ["45\n6", "7", "45\n6"]
    assert read_number(row[0]).state == "unreadable"
    assert [cell.confidence for grid in page.blocks if isinstance(grid, Grid) for cell in grid.cells][4] == 0


def test_row_with_a_torn_figure_may_be_two_rows_and_none_of_its_figures_is_sure() -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["甲", "乙", "丙"], ["4", "", "5"]], top=700, width=30)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [["", "6", "7"]], width=30)

    (grid,) = (block for block in read(draw(first, second)).blocks if isinstance(block, Grid))
    assert all(cell.confidence == 0 or read_number(cell.text).state == "unreadable" for cell in grid.cells[3:])


def test_row_without_a_label_below_a_zero_is_a_row_of_its_own() -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["信息内容", "件数", "次数"], ["行政处罚", "47", "0"]], top=700)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [["", "1", "30"]])

    ((_, *rows),) = list_grids(read(draw(first, second)))
    assert rows == [["行政处罚", "47", "0"], ["", "1", "30"]]


def test_rows_with_blanks_on_both_sides_of_a_page_break_stay_apart() -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["信息内容", "件数", "次数", "人次"], ["其他行政处罚", "4", "", "5"]], top=700, width=72)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [["其他行政强制", "", "6", "7"]], width=72)

    ((_, *rows),) = list_grids(read(draw(first, second)))
    assert [row[1:] for row in rows] == [["4", "", "5"], ["", "6", "7"]]


def test_row_printed_again_below_a_page_break_is_no_half_of_it() -> None:
    rows = [["甲", "乙", "丙"], ["45", "7", "0"]]
    page = read(draw(*[lambda canvas: rule_table(canvas, rows, top=700, width=30)] * 2))
    assert list_grids(page) == [[rows[0], rows[1], rows[1]]]


def test_rows_on_both_sides_of_a_page_break_stay_apart() -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["行政处罚", ""]], top=700, width=48)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [["行政强制", "5"], ["行政许可", ""]], width=48)

    assert list_grids(read(draw(first, second))) == [[["行政处罚", ""], ["行政强制", "5"], ["行政许可", ""]]]


@pytest.mark.parametrize("label", ["3.行政强制", "3 .行政强制", "（ 二）行政强制", "第二十 条行政强制"])
def test_label_with_a_blank_in_its_number_begins_a_row_below_a_page_break(label: str) -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [["信息内容", "件数", "次数"], ["2.其他行政处罚", "4", "5"]], top=700, width=84)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [[label, "6", "7"]], width=84)

    ((_, *rows),) = list_grids(read(draw(first, second)))
    assert [row[1:] for row in rows] == [["4", "5"], ["6", "7"]]
