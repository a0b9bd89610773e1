"""Text files: every way converters write a table, and what is a table's and what is not."""

import pytest

from parsers.carriers import read_document
from parsers.page import Grid, MetadataItem, Page, Paragraph


def read_page(text: str) -> Page:
    """The page of one text."""
    (member,) = read_document(text.encode())
    assert member.page is not None
    assert (member.media_type, member.carrier, member.reader) == ("text/plain", "text", "lines")
    return member.page


def outline(page: Page) -> list[str | list[list[str]]]:
    """The page in short: paragraphs as their text, grids as the texts of their rows."""
    return [block.text if isinstance(block, Paragraph) else list_rows(block) for block in page.blocks]


def list_rows(grid: Grid) -> list[list[str]]:
    """The texts of a grid, row by row."""
    return [[c.text for c in grid.cells if c.row == row] for row in range(max(c.row for c in grid.cells) + 1)]


def find_grids(page: Page) -> list[Grid]:
    """The grids of a page."""
    return [block for block in page.blocks if isinstance(block, Grid)]


def test_cells_behind_tabs_go_on_in_lines_without_one() -> None:
    page = read_page(
        "二、主动公开政府信息情况\n\t规章\n\t　0\n\t\n\t/\n\n\t行政\n规范性文件\n\t1\n"
        "\t结果\n\n维持\n\t3\n\n\n三、收到和处理政府信息公开申请情况\n"
    )
    assert outline(page) == [
        "二、主动公开政府信息情况",
        [["规章", "\u30000", "", "/"], ["行政\n规范性文件", "1", "结果\n维持", "3"]],
        "三、收到和处理政府信息公开申请情况",
    ]
    (grid,) = find_grids(page)
    assert (grid.layout, grid.locator) == ("sequence", "line 2")
    assert [cell.locator for cell in grid.cells] == [f"line {n}" for n in (2, 3, 4, 5, 7, 9, 10, 13)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**0\u2002**", "0\u2002"),
        ("**\xa012,5 **", "\xa012,5 "),
        ("**规章** 0 **处罚** 1", "规章 0 处罚 1"),
        ("**规章 **", "**规章 **"),
    ],
)
def test_bold_marks_around_a_figure_are_none_of_it(line: str, text: str) -> None:
    (row,) = list_rows(find_grids(read_page(f"\t{line}\n\t行政许可\n\t3\n"))[0])
    assert row == [text.strip(" "), "行政许可", "3"]


def test_blank_cell_behind_a_tab_may_hold_its_text_on_the_next_lines() -> None:
    page = read_page("\t\n三\n、\n本年度办理结果\n\t（一）予以公开\n\t4\n\n\t\n\t（二）部分公开\n\t0\n")
    assert outline(page) == [[["三\n、\n本年度办理结果", "（一）予以公开", "4"], ["", "（二）部分公开", "0"]]]


def test_text_behind_the_last_figure_is_no_cell() -> None:
    page = read_page("\t规章\n\t0\n\t0\n落款\n\n\t许可\n\t1\n\t2\n四、行政复议、行政诉讼情况\n")
    assert outline(page) == [[["规章", "0", "0"]], "落款", [["许可", "1", "2"]], "四、行政复议、行政诉讼情况"]


def test_paragraphs_indented_by_a_tab_are_no_table() -> None:
    lines = [
        "一、总体情况",
        "（一）主动公开",
        "全年公开信息五条，没有收到申请，也没有收费，没有行政复议和行政诉讼。",
        "（二）其他",
    ]
    page = read_page("".join(f"\t{line}\n" for line in lines))
    assert outline(page) == lines


def test_cells_behind_tabs_without_row_marks_are_a_stream() -> None:
    page = read_page("".join(f"\t{cell}\n" for cell in ["规章", *"0" * 10, "文件", *"1" * 10]))
    (grid,) = find_grids(page)
    assert (grid.layout, len(grid.cells), {cell.row for cell in grid.cells}) == ("stream", 22, {0})


def test_rows_parted_by_tabs_keep_their_blank_cells() -> None:
    page = read_page("第二十条第（五）项\t\t\t\n规章\t0\t\t/\n\n\t\t3.要求提供公开出版物\t0\t0\n(七)总计\t\t1\t\n")
    assert outline(page) == [
        [["第二十条第（五）项", "", "", ""], ["规章", "0", "", "/"]],
        [["", "", "3.要求提供公开出版物", "0", "0"], ["(七)总计", "", "1", ""]],
    ]
    first, second = find_grids(page)
    assert (first.layout, first.cells[6].locator, second.locator) == ("sequence", "line 2, cell 3", "line 4")


def test_torn_head_with_a_rule_is_a_grid_and_the_rule_is_noise() -> None:
    page = read_page("（本列数据的勾稽关系\t申请人情况\n------\t---\n\n之和）\t\t自然人\t总计\n一、本年新收\t\t0\t0\n")
    assert outline(page) == [
        [["（本列数据的勾稽关系", "申请人情况"]],
        [["之和）", "", "自然人", "总计"], ["一、本年新收", "", "0", "0"]],
    ]


@pytest.mark.parametrize("line", ["某县财政局\t2024年1月16日", "联系人：张三\t电话：12345"])
def test_one_line_with_a_tab_is_a_paragraph(line: str) -> None:
    assert outline(read_page(f"前文。\n\n{line}\n\n后文。")) == ["前文。", line, "后文。"]


def test_cells_ended_by_bars_are_a_stream_without_merged_cells() -> None:
    page = read_page("题\n第一项 |\n|||\n规章 |\n/ |\n|\n0 |\n||\n三、收到和处理政府信息公开申请情况\n")
    assert outline(page) == ["题", [["第一项", "规章", "/", "", "0"]], "三、收到和处理政府信息公开申请情况"]
    (grid,) = find_grids(page)
    assert (grid.layout, [cell.locator for cell in grid.cells]) == (
        "stream",
        ["line 2", "line 4", "line 5", "line 6", "line 7"],
    )


def test_markdown_tables_are_placed_one_by_one() -> None:
    page = read_page(
        "# 某局 2025 年报告\n## 二、情况 ##\n| 信息 | 数 |\n|---|:--:|\n| 规章 |  |\n| - | **33** |\n\n"
        "甲 | a\\|b\n---|---\n乙<br>丙 | 2\n丁 | 3\n----|----\n戊 | -\n"
    )
    assert outline(page) == [
        "某局 2025 年报告",
        "二、情况",
        [["信息", "数"], ["规章", ""], ["-", "33"]],
        [["甲", "a|b"], ["乙\n丙", "2"]],
        [["丁", "3"], ["戊", "-"]],
    ]
    assert [block.role for block in page.blocks if isinstance(block, Paragraph)] == ["title", "heading"]
    assert {grid.layout for grid in find_grids(page)} == {"placed"}
    assert find_grids(page)[0].cells[3].locator == "line 5, cell 2"


def test_pipes_without_a_rule_or_with_uneven_rows_are_a_sequence() -> None:
    page = read_page("规章 | 0 | | 0\n文件 | 1 | 2\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 1 | 2 |\n")
    assert [grid.layout for grid in find_grids(page)] == ["sequence", "sequence"]
    assert outline(page)[0] == [["规章", "0", "", "0"], ["文件", "1", "2"]]


def test_columns_kept_apart_by_blanks_are_rows() -> None:
    page = read_page(
        "信息内容        本年制发件数      本年废止件数\n  规章             0              0\n\n"
        "  行政规范性文件   12             /\n  总 计 1 2 3\n某县财政局\n"
    )
    assert outline(page) == [
        [
            ["信息内容", "本年制发件数", "本年废止件数"],
            ["规章", "0", "0"],
            ["行政规范性文件", "12", "/"],
            ["总 计", "1", "2", "3"],
        ],
        "某县财政局",
    ]
    assert find_grids(page)[0].cells[5].locator == "line 2, cell 3"


def test_prose_with_wide_blanks_is_no_table() -> None:
    lines = ["某县财政局        2024年1月16日", "电话  123    传真  456"]
    assert outline(read_page("\n".join(lines))) == lines


def test_blank_lines_between_figures_are_blank_cells() -> None:
    cells = ["规章", "0", "", "2", "许可", "3", "", "", "处罚", "/", "5", "6", "7", "8"]
    (grid,) = find_grids(read_page("\n".join(cells)))
    assert (grid.layout, [cell.text for cell in grid.cells]) == ("stream", cells)
    assert grid.cells[3].locator == "line 4"


def test_blank_lines_before_labels_may_part_rows() -> None:
    rows = [["规章", "0", "1", "2"], ["许可", "3", "4", "5"], ["处罚", "6", "7", "8"]]
    (grid,) = find_grids(read_page("\n\n".join("\n".join(row) for row in rows)))
    assert grid.layout == "sequence"
    assert list_rows(grid) == rows


def test_blank_line_behind_every_cell_is_no_cell() -> None:
    cells = ["规章", "0", "", "2", "许可", "3", "4", "处罚", "/", "5", "6", "7", "8"]
    (grid,) = find_grids(read_page("\n\n".join(cells)))
    assert (grid.layout, [cell.text for cell in grid.cells]) == ("stream", cells)


def test_list_without_figures_is_no_table() -> None:
    lines = ["一是公开", "二是回应", "三是培训", "1", "2", "四是考核"]
    assert outline(read_page("\n".join(lines))) == lines


@pytest.mark.parametrize("mark", ["—#—", "— 4 —", "-3-", "－12－", "第 3 页", "第3页 共10页", "----------", "======"])
def test_page_marks_and_rules_are_noise(mark: str) -> None:
    page = read_page(f"规章\t0\t1\n{mark}\n许可\t2\t3\n{mark}\n前文。\n{mark}\n后文。")
    assert outline(page) == [[["规章", "0", "1"], ["许可", "2", "3"]], "前文。", "后文。"]


@pytest.mark.parametrize("value", ["-", "—", "--", "-3", "－", "/", "-3-"])
def test_dash_in_a_cell_is_never_a_page_mark(value: str) -> None:
    page = read_page(
        f"\t规章\n\t{value}\n\t0\n\n许可\t{value}\t0\n处罚\t1\t2\n\n| 甲 | 乙 |\n|---|---|\n| {value} | 1 |\n"
    )
    texts = [cell.text for grid in find_grids(page) for cell in grid.cells]
    assert texts.count(value) == 3


def test_marks_of_converters_are_left_out_of_the_text() -> None:
    page = read_page(
        "[bookmark: _GoBack]公开**33**条，占**36%**。\n[bookmark: _Hlk1]\n\t[bookmark: _Hlk2]规章\n\t0\x07\n\t0\n"
    )
    assert outline(page) == ["公开33条，占36%。", [["规章", "0", "0"]]]


def test_fused_text_is_one_paragraph_and_its_head_is_metadata() -> None:
    page = read_page(
        "标题: 某区年报\n发布时间: 2020-01-20 15:22\n文号: \n附注\n=== 正文 ===\n"
        "规章000规范性文件898989一、本年新收2100002\n"
    )
    assert page.metadata == (
        MetadataItem("标题", "某区年报", "line 1"),
        MetadataItem("发布时间", "2020-01-20 15:22", "line 2"),
        MetadataItem("文号", "", "line 3"),
    )
    assert outline(page) == ["附注", "规章000规范性文件898989一、本年新收2100002"]


def test_lines_of_source_and_time_are_metadata() -> None:
    page = read_page("某局年报\n来源：某局  发布时间：2024-01-02\n一、总体情况\n单位：万元\n")
    assert page.metadata == (MetadataItem("来源", "某局", "line 2"), MetadataItem("发布时间", "2024-01-02", "line 2"))
    assert outline(page) == ["某局年报", "一、总体情况", "单位：万元"]


def test_lines_are_counted_as_printed_whatever_ends_them() -> None:
    page = read_page("甲\r\n\r\n乙\r丙\n\f丁")
    assert [block.locator for block in page.blocks] == ["line 1", "line 3", "line 4", "line 5"]
    assert outline(page) == ["甲", "乙", "丙", "丁"]
