"""Tables of a page: spans have their places, a person finds each locator, layout and index tables are no grids."""

from hypothesis import given
from hypothesis import strategies as st

from parsers.carriers import read_document
from parsers.page import Cell, Grid, MetadataItem, Page, Paragraph


def read_page(html: str) -> Page:
    """The page of one HTML document."""
    (member,) = read_document(f"<html><meta charset=utf-8><body>{html}</body></html>".encode())
    assert member.page is not None
    return member.page


def read_grids(html: str) -> list[Grid]:
    """The grids of one HTML document."""
    return [block for block in read_page(html).blocks if isinstance(block, Grid)]


def list_places(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    """Text, row, column and spans of every cell."""
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def test_cells_under_spans_get_their_columns() -> None:
    (grid,) = read_grids(
        "<table><tr><td rowspan=2 colspan=2>角</td><td colspan=2>法人</td><td rowspan=2>总计</td></tr>"
        "<tr><td>商业</td><td>科研</td></tr>"
        "<tr><td rowspan=2>三</td><td>公开</td><td>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>部分</td><td>4</td><td>5</td><td>9</td></tr></table>"
    )
    assert grid.layout == "placed"
    assert list_places(grid) == [
        ("角", 0, 0, 2, 2),
        ("法人", 0, 2, 1, 2),
        ("总计", 0, 4, 2, 1),
        ("商业", 1, 2, 1, 1),
        ("科研", 1, 3, 1, 1),
        ("三", 2, 0, 2, 1),
        ("公开", 2, 1, 1, 1),
        ("1", 2, 2, 1, 1),
        ("2", 2, 3, 1, 1),
        ("3", 2, 4, 1, 1),
        ("部分", 3, 1, 1, 1),
        ("4", 3, 2, 1, 1),
        ("5", 3, 3, 1, 1),
        ("9", 3, 4, 1, 1),
    ]


def test_broken_spans_are_clamped_as_browsers_do() -> None:
    (grid,) = read_grids(
        "<table><tbody><tr><td rowspan=99>甲</td><td rowspan=x colspan=-3>1</td><td colspan=''>2</td></tr>"
        "<tr><td rowspan=0>3</td><td>4</td></tr></tbody>"
        "<tbody><tr><td colspan=900000>乙</td></tr><tr><td>5</td><td>6</td></tr></tbody></table>"
    )
    assert list_places(grid) == [
        ("甲", 0, 0, 2, 1),
        ("1", 0, 1, 1, 1),
        ("2", 0, 2, 1, 1),
        ("3", 1, 1, 1, 1),
        ("4", 1, 2, 1, 1),
        ("乙", 2, 0, 1, 3),
        ("5", 3, 0, 1, 1),
        ("6", 3, 1, 1, 1),
    ]


def test_locators_count_as_a_person_does() -> None:
    first, second = read_grids(
        "<table><tr><td><table><tr><td>索引号</td><td>1</td></tr><tr><td>文号</td><td></td></tr></table></td></tr></table>"
        "<table><tr><td>规章</td><td>0</td></tr></table>"
        "<table><thead><tr><th>一</th><th>二</th></tr></thead><tbody><tr><td>甲</td><td>7</td></tr></tbody></table>"
    )
    assert (first.locator, first.cells[1].locator) == ("table 3", "table 3, row 1, cell 2")
    assert (second.locator, second.cells[-1].locator) == ("table 4", "table 4, row 2, cell 2")


def test_cell_text_is_kept_as_printed() -> None:
    (grid,) = read_grids(
        "<table><tr><td><p>商业</p>\n <p><span>企</span><span>业</span></p></td><td>本年新<br />制作</td>"
        "<td>&nbsp;0&nbsp;&nbsp;</td><td>\u3000\u30000 </td><td><p><span>2</span><span>0</span></p></td>"
        "<td><o:p>&nbsp;</o:p></td><td>\n  \n</td><td>a \n  b<b> c</b></td><td><div><br></div>1</td></tr></table>"
    )
    assert [cell.text for cell in grid.cells] == [
        "商业\n企业",
        "本年新\n制作",
        "\xa00\xa0\xa0",
        "\u3000\u30000",
        "20",
        "\xa0",
        "",
        "a b c",
        "1",
    ]


def test_hidden_rows_and_cells_are_left_out() -> None:
    (grid,) = read_grids(
        "<table><tr style='display: NONE'><td>x</td></tr><tr><td hidden>y</td><td>规章</td>"
        "<td><span style='visibility:hidden'>9</span>1</td></tr></table>"
    )
    assert [(cell.text, cell.column) for cell in grid.cells] == [("规章", 0), ("1", 1)]


def test_layout_tables_are_walked_and_inner_tables_are_grids() -> None:
    page = read_page(
        "<table><tr><td>左栏</td><td><h1>某局2023年政府信息公开年度报告</h1><p>一、总体情况</p>"
        "<table><tr><td>规章</td><td>0</td></tr><tr><td>文件</td><td>1</td></tr></table>落款</td></tr></table>"
    )
    assert [type(block).__name__ for block in page.blocks] == ["Paragraph"] * 3 + ["Grid", "Paragraph"]
    assert isinstance(page.blocks[3], Grid)
    assert page.blocks[3].locator == "table 2"
    assert isinstance(page.blocks[4], Paragraph)
    assert page.blocks[4].text == "落款"


def test_table_inside_a_cell_of_figures_is_a_grid_of_its_own() -> None:
    outer, inner = read_grids(
        "<table><tr><td>许可</td><td>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>处罚<table><tr><td>甲</td><td>8</td></tr></table></td><td>4</td><td>5</td><td>6</td></tr></table>"
    )
    assert [cell.text for cell in outer.cells] == ["许可", "1", "2", "3", "处罚", "4", "5", "6"]
    assert [(cell.text, cell.locator) for cell in inner.cells] == [
        ("甲", "table 2, row 1, cell 1"),
        ("8", "table 2, row 1, cell 2"),
    ]


def test_article_in_a_table_of_one_cell_is_paragraphs() -> None:
    page = read_page("<table><tr><td><p>一、总体情况</p><p>全年公开信息五条。</p></td></tr></table>")
    assert [block.text for block in page.blocks if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "全年公开信息五条。",
    ]
    assert not read_grids("<table><tr><td>&nbsp;</td><td></td></tr></table>")


def test_index_table_is_metadata_and_no_grid() -> None:
    page = read_page(
        "<table><tr><td>索 引 号：</td><td>01431/2024-00002</td><td>分类</td><td></td></tr>"
        "<tr><td>【发布机构】</td><td>某县财政局</td><td>公开日期:</td><td>2024-01-17</td></tr>"
        "<tr><td>自定名</td><td>值：甲</td><td colspan=2>文号：政〔2024〕1号</td></tr></table>"
    )
    assert page.blocks == ()
    assert page.metadata == (
        MetadataItem("索引号", "01431/2024-00002", "table 1, row 1, cell 2"),
        MetadataItem("分类", "", "table 1, row 1, cell 4"),
        MetadataItem("发布机构", "某县财政局", "table 1, row 2, cell 2"),
        MetadataItem("公开日期", "2024-01-17", "table 1, row 2, cell 4"),
        MetadataItem("自定名", "值：甲", "table 1, row 3, cell 2"),
        MetadataItem("文号", "政〔2024〕1号", "table 1, row 3, cell 3"),
    )


def test_caption_is_a_paragraph_before_its_grid() -> None:
    page = read_page("<table><caption>本年(2023)统计表</caption><tr><td>规章</td><td>0</td></tr></table>")
    assert page.blocks[0] == Paragraph("本年(2023)统计表", "table 1, caption")
    assert isinstance(page.blocks[1], Grid)


spans = st.sampled_from(
    ["", " rowspan=2", " rowspan=9", " rowspan=0", " colspan=3", " colspan=2 rowspan=3", " colspan=500"]
)
rows = st.lists(st.lists(spans, max_size=5), min_size=1, max_size=7)


@given(st.lists(rows, min_size=1, max_size=3))
def test_every_cell_has_one_place_inside_its_row_group(groups: list[list[list[str]]]) -> None:
    html = "".join(
        "<tbody>" + "".join("<tr>" + "".join(f"<td{span}>1" for span in row) for row in group) + "</tbody>"
        for group in groups
    )
    printed = [len(row) for group in groups for row in group]
    if sum(printed) < 2:
        return
    (grid,) = read_grids(f"<table>{html}</table>")
    ends = [sum(len(group) for group in groups[: number + 1]) for number in range(len(groups))]
    assert [sum(cell.row == row for cell in grid.cells) for row in range(len(printed))] == printed
    starts: set[tuple[int, int]] = set()
    for cell in grid.cells:
        assert cell.row + cell.row_span <= next(end for end in ends if cell.row < end)
        assert cell.row_span > 0
        assert cell.column_span > 0
        assert not any(covers(other, cell) for other in grid.cells if other is not cell)
        starts.add((cell.row, cell.column))
    assert len(starts) == len(grid.cells)


def covers(other: Cell, cell: Cell) -> bool:
    """Whether another cell reaches over the first place of a cell."""
    return (
        other.row <= cell.row < other.row + other.row_span
        and other.column <= cell.column < other.column + other.column_span
        and (other.row, other.column) < (cell.row, cell.column)
    )
