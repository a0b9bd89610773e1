"""Published reports, as far as a carrier sees them: blocks in order, the form's tables whole and in their places."""

import re
from pathlib import Path

import pytest

from parsers.carriers import read_document
from parsers.page import Cell, Grid, Page, Paragraph

PAGES = {
    "上海市人民政府办公厅_2019.html": 161,
    "平潭公安局_2021.html": 175,
    "平潭综合实验区_2020.html": 161,
    "平潭综合实验区_2021.html": 175,
    "沭阳县发展和改革局_2023.html": 175,
}
TEXTS = {
    "000_61ef42bbadb78f8f.txt": 175,
    "001_a35adbab64109d73.txt": 175,
    "002_f4511a55f441a026.txt": 175,
    "003_573e4a8dc2d910d9.txt": 175,
    "004_d3e5be15aaa7a4aa.txt": 175,
}
FIGURE = re.compile(r"[\s\d]*")


def read_page(folder: Path, name: str) -> Page:
    """The page of a published report."""
    (member,) = read_document((folder / name).read_bytes())
    assert member.page is not None
    return member.page


def find_grids(page: Page, word: str) -> list[Grid]:
    """The grids that hold a word."""
    return [
        block for block in page.blocks if isinstance(block, Grid) and any(word in cell.text for cell in block.cells)
    ]


def list_paragraphs(page: Page) -> list[str]:
    """The texts of the page's paragraphs."""
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(("name", "count"), PAGES.items())
def test_table_3_of_a_page_has_every_figure_in_its_column(reports_folder: Path, name: str, count: int) -> None:
    (grid,) = find_grids(read_page(reports_folder, name), "上年结转")
    assert grid.layout == "placed"
    first_row = next(cell.row for cell in grid.cells if "本年新收" in cell.text)
    figures = [cell for cell in grid.cells if cell.row >= first_row and FIGURE.fullmatch(cell.text)]
    assert len(figures) == count
    columns_by_row: dict[int, list[int]] = {}
    for cell in figures:
        columns_by_row.setdefault(cell.row, []).append(cell.column)
    assert list(columns_by_row.values()) == [list(range(3, 10))] * (count // 7)
    assert all(len(find_labels(grid, row)) >= 1 for row in columns_by_row)


def find_labels(grid: Grid, row: int) -> list[Cell]:
    """The label cells that reach over a row."""
    return [cell for cell in grid.cells if cell.column < 3 and cell.row <= row < cell.row + cell.row_span]


@pytest.mark.parametrize("name", PAGES)
def test_tables_of_a_page_stand_under_their_chapters(reports_folder: Path, name: str) -> None:
    page = read_page(reports_folder, name)
    grids = [place for place, block in enumerate(page.blocks) if isinstance(block, Grid)]
    assert len(grids) == 3
    for place, ordinal in zip(grids, "二三四", strict=True):
        heading = page.blocks[place - 1]
        assert isinstance(heading, Paragraph)
        assert heading.text.startswith(f"{ordinal}、")


@pytest.mark.parametrize("name", [*PAGES, "平潭综合实验区_2015_older.html"])
def test_page_has_its_title_and_nothing_of_its_frame(reports_folder: Path, name: str) -> None:
    page = read_page(reports_folder, name)
    titles = [block.text for block in page.blocks if isinstance(block, Paragraph) and block.role == "title"]
    assert titles
    assert all(title.endswith("年度报告") for title in titles)
    frame = ("首页", "繁", "无障碍", "微信 微博", "全真版", "文件下载", "ICP备", "当前位置", "智能问答")
    assert [text for text in list_paragraphs(page) if len(text) < 60 and any(word in text for word in frame)] == []


def test_page_of_a_portal_states_its_site_and_dates(reports_folder: Path) -> None:
    stated = {item.name: item.value for item in read_page(reports_folder, "沭阳县发展和改革局_2023.html").metadata}
    assert stated["SiteIDCode"] == "3213220037"
    assert stated["publishtime"] == stated["公开日期"] == "2024-01-17"
    assert stated["索引号"] == "014314799/2024-00002"
    assert stated["发布机构"] == "沭阳县发展和改革局"
    police = {item.name: item.value for item in read_page(reports_folder, "平潭公安局_2021.html").metadata}
    assert police["PubDate"] == police["时间"] == "2022-01-14 17:29"
    assert police["来源"] == "平潭综合实验区公安局"
    assert police["网站标识码"] == "3590000001"


def test_figures_cut_into_spans_are_whole(reports_folder: Path) -> None:
    (grid,) = find_grids(read_page(reports_folder, "平潭综合实验区_2020.html"), "上年结转")
    row = next(cell.row for cell in grid.cells if "本年新收" in cell.text)
    assert [cell.text.strip() for cell in grid.cells if cell.row == row][1:] == ["20", "0", "0", "0", "0", "1", "21"]


@pytest.mark.parametrize(("name", "count"), TEXTS.items())
def test_table_3_of_a_text_has_every_figure(reports_folder: Path, name: str, count: int) -> None:
    page = read_page(reports_folder, name)
    inside = False
    figures = []
    for block in page.blocks:
        if isinstance(block, Paragraph):
            inside = block.text.startswith("三、") if block.text[1:2] == "、" else inside
        elif inside:
            assert block.layout in ("sequence", "placed")
            figures.extend(cell for cell in block.cells if cell.text.strip().isdigit())
    assert len(figures) == count


def test_text_with_one_cell_a_line_keeps_torn_labels_whole(reports_folder: Path) -> None:
    page = read_page(reports_folder, "003_573e4a8dc2d910d9.txt")
    (grid,) = find_grids(page, "结果\n维持")
    last = max(cell.row for cell in grid.cells)
    assert [cell.text for cell in grid.cells if cell.row == last] == ["0"] * 15
    assert [cell.text for cell in grid.cells if cell.row == 1][:5] == [
        "结果\n维持",
        "结果纠正",
        "其他结果",
        "尚未\n审结",
        "总\n计",
    ]


def test_report_cut_off_keeps_its_blank_cells(reports_folder: Path) -> None:
    page = read_page(reports_folder, "区统计局_2023_截断.txt")
    (grid,) = find_grids(page, "上年结转")
    texts = [cell.text for cell in grid.cells]
    assert grid.layout == "sequence"
    assert texts[-25:] == [
        *("一、本年新收政府信息公开申请数量", "", "", "", "", "", "", "0"),
        *("二、上年结转政府信息公开申请数量", "", "", "", "", "", "", "0"),
        *("三、本年度办理结果", "(一)予以公开", "", "", "", "", "", "", ""),
    ]
    assert grid.cells[-1].locator == "line 83"


def test_markdown_report_has_placed_grids_under_headings(reports_folder: Path) -> None:
    page = read_page(reports_folder, "沭阳县人民政府_2025.txt")
    (grid,) = find_grids(page, "行政强制")
    assert [(cell.text, cell.row, cell.column) for cell in grid.cells[2:]] == [
        ("行政处罚", 1, 0),
        ("693957", 1, 1),
        ("行政强制", 2, 0),
        ("2154", 2, 1),
    ]
    assert {block.layout for block in page.blocks if isinstance(block, Grid)} == {"placed"}
    assert sum(isinstance(block, Paragraph) and block.role == "heading" for block in page.blocks) == 29


def test_fused_report_is_a_paragraph_with_its_head_as_metadata(reports_folder: Path) -> None:
    page = read_page(reports_folder, "平潭综合实验区_2019.page.txt")
    assert [type(block) for block in page.blocks] == [Paragraph]
    assert [(item.name, item.locator) for item in page.metadata][:2] == [("标题", "line 1"), ("发布时间", "line 2")]
    assert "行政许可3960181" in list_paragraphs(page)[0]
