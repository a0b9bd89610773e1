"""Rows and places of tables in text: where they can be told, and where they must not be guessed."""

import pytest

from parsers.carriers.text import read_page
from parsers.page import Grid

FIGURES = ["5", "0", "0", "0", "0", "1", "6"]


def read_grids(text: str) -> list[Grid]:
    """The grids of a text."""
    return [block for block in read_page(text, "text", []).blocks if isinstance(block, Grid)]


def list_rows(grid: Grid) -> list[list[str]]:
    """The texts of each row."""
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def write_bars(rows: list[list[str]], width: int) -> str:
    """Cells with a bar each, the places left over as bars on one line."""
    lines = []
    for row in rows:
        lines += [f"{text} |".lstrip() for text in row] + ["|" * (width - len(row))] * (width > len(row))
    return "\n".join(lines)


def test_bars_are_counted_off_to_rows() -> None:
    rows = [
        ["（本列数据）", "申请人情况"],
        ["一、本年新收政府信息公开申请数量", *FIGURES],
        ["二、上年结转政府信息公开申请数量", "", "", "", "", "", "", "0"],
        ["三、本年度办理结果", "（一）予以公开", *FIGURES],
        ["（二）部分公开", *FIGURES[:6], ""],
    ]
    (grid,) = read_grids(write_bars(rows, 10))
    assert grid.layout == "sequence"
    assert list_rows(grid) == rows


def test_lone_bar_behind_a_row_is_a_covered_place_though_another_row_begins_with_a_word() -> None:
    rows = [
        ["（本列数据）", "申请人情况"],
        ["一、本年新收政府信息公开申请数量", *FIGURES],
        ["二、上年结转政府信息公开申请数量", "详见附件", *FIGURES[1:]],
        ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", *FIGURES],
        ["2.其他法律行政法规禁止公开", "", "", "", "", "", "", "0"],
        ["3.危及“三安全一稳定”", *FIGURES],
    ]
    width = 11
    (grid,) = read_grids(write_bars(rows, width))
    assert list_rows(grid) == rows


def test_figures_on_several_lines_before_a_bar_are_one_cell() -> None:
    rows = [
        ["（本列数据）", "申请人情况"],
        ["一、本年新收政府信息公开申请数量", "\n".join(FIGURES)],
        ["二、上年结转政府信息公开申请数量", *FIGURES],
    ]
    (grid,) = read_grids(write_bars(rows, 10))
    assert grid.layout == "sequence"
    assert list_rows(grid) == rows


def test_bars_that_do_not_come_out_are_a_stream() -> None:
    text = write_bars([["信息内容", "本年处理决定数量"], ["行政许可", "5"], ["行政处罚", "6"]], 4)
    (grid,) = read_grids(text.replace("5 |", "5 |\n7 |"))
    assert grid.layout == "stream"


def test_tab_rows_of_one_length_are_placed() -> None:
    rows = [
        ["", "自然人", "商业企业", "总计"],
        ["一、本年新收", "5", "", "5"],
        ["二、上年结转", "1", "2", ""],
        ["四、结转下年度", "", "", ""],
    ]
    (grid,) = read_grids("\n".join("\t".join(row) for row in rows))
    assert grid.layout == "placed"
    assert list_rows(grid) == rows


def test_tab_rows_with_figures_under_labels_are_not_placed() -> None:
    rows = [
        ["", "自然人", "商业企业", "总计"],
        ["一、本年新收", "5", "0", "5"],
        ["（三）不予公开", "1.属于国家秘密", "1", "1"],
        ["", "2.重复申请", "1", "1"],
    ]
    (grid,) = read_grids("\n".join("\t".join(row) for row in rows))
    assert grid.layout == "sequence"


def test_pipes_at_the_edge_of_some_lines_stand_beside_blank_cells() -> None:
    (grid,) = read_grids("三、本年度办理结果 | （一）予以公开 | 5 | 6\n | （二）部分公开 | 0 | \n | （七）总计 | 5 | 6")
    assert list_rows(grid)[1] == ["", "（二）部分公开", "0", ""]


def test_row_of_figures_between_pipes_is_a_table_though_alone() -> None:
    alone = "四、结转下年度继续办理 | | | " + " | ".join(FIGURES)
    above, below = read_grids("\n".join(["信息内容 | 件数", "行政许可 | 5", "", alone, "", "首页 | 年报 | 正文"]))
    assert list_rows(above) == [["信息内容", "件数"], ["行政许可", "5"]]
    assert list_rows(below) == [["四、结转下年度继续办理", "", "", *FIGURES]]


def test_single_blank_line_among_cells_is_a_blank_cell() -> None:
    rows = [["一、本年新收", *FIGURES], ["二、上年结转", *FIGURES[:6], ""], ["四、结转下年度", *FIGURES]]
    (grid,) = read_grids("\n".join(text for row in rows for text in row))
    assert grid.layout == "stream"
    assert list_rows(grid) == [[text for row in rows for text in row]]


def test_blank_line_behind_every_row_parts_rows() -> None:
    rows = [["一、本年新收", *FIGURES], ["二、上年结转", *FIGURES], ["四、结转下年度", *FIGURES]]
    (grid,) = read_grids("\n\n".join("\n".join(row) for row in rows))
    assert grid.layout == "sequence"
    assert list_rows(grid) == rows


@pytest.mark.parametrize("stroke", ["5", "/", "//", "-", "--", "—", "——", "──"])
def test_table_2_with_few_figures_is_a_table(stroke: str) -> None:
    lines = ["第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", stroke, "行政处罚", "6", "行政强制", "7"]
    (grid,) = read_grids("\n".join([*lines, "行政事业性收费", "8"]))
    assert len(grid.cells) == len(lines) + 2


def test_long_rows_apart_by_blanks_are_one_table() -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    lines = ["   ".join(["行政复议", "行政诉讼"]), "   ".join(names * 3), "   ".join("012340123401234")]
    (grid,) = read_grids("\n".join(lines))
    assert [len(row) for row in list_rows(grid)] == [2, 15, 15]


def test_row_of_two_cells_behind_a_note_belongs_to_the_table() -> None:
    rows = ["信息内容\t本年处理决定数量", "行政处罚\t5", "注：按季度汇总", "行政强制\t6", "第二十条第（八）项"]
    text = "\n".join([*rows, "信息内容\t本年收费金额"])
    assert [list_rows(grid)[-1] for grid in read_grids(text)][1] == ["行政强制", "6"]
