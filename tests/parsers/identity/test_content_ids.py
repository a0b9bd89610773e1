"""What the id of a report's content sees, and what it does not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from parsers.page import MetadataItem, Page, Paragraph
from parsers.report import ReportCell
from tests.parsers.identity.pages import CHAPTERS, PREAMBLE, TITLE, build_page
from tests.parsers.page_readings import compute_page_content_id


def build_cell(line_id: str, printed: str, locator: str = "line 1") -> ReportCell:
    return ReportCell("t3", line_id, "total", printed, Decimal(1), "number", None, None, None, None, locator, 1.0)


CELLS = (build_cell("received_new", "12"), build_cell("carried_in", "3"))
PAGE = build_page(TITLE, PREAMBLE, *CHAPTERS, "石狮市财政局", "2024年1月8日")
CONTENT_ID = compute_page_content_id(PAGE, CELLS)


def test_id_is_a_sha256() -> None:
    assert len(CONTENT_ID) == 64
    assert set(CONTENT_ID) <= set("0123456789abcdef")


def test_web_page_and_text_of_one_report_have_one_id() -> None:
    furniture = ("首页", "政务公开", "来源：石狮市财政局 时间：2024-01-09 10:11", "全真版 文字版 文件下载")
    below = ("石狮市财政局", "2024年1月8日", "附件下载", "【打印本页】", "浏览次数：37")
    page = build_page(*furniture, TITLE, PREAMBLE, *CHAPTERS, *below, carrier="html", title=TITLE, cells=("1", "2"))
    page = replace(page, metadata=(MetadataItem("PubDate", "2024-01-09", 'meta "PubDate"'),))
    moved = tuple(replace(cell, locator="table 2, row 1", printed_text=f" {cell.printed_text}") for cell in CELLS)
    assert compute_page_content_id(page, reversed(moved)) == CONTENT_ID


def test_line_breaks_page_numbers_and_width_do_not_change_the_id() -> None:
    lines = [line for text in (TITLE, PREAMBLE, *CHAPTERS) for line in (text, "— 3 —")]
    broken = build_page(*lines, "石狮市财政局", "2024 年 1 月 8 日")
    assert compute_page_content_id(broken, CELLS) == CONTENT_ID
    torn = replace(PAGE, blocks=tuple(tear_paragraph(block) for block in PAGE.blocks if isinstance(block, Paragraph)))
    assert compute_page_content_id(torn, CELLS) == CONTENT_ID


def tear_paragraph(paragraph: Paragraph) -> Paragraph:
    """The same sentence broken over two lines."""
    if not paragraph.text.endswith("。"):
        return paragraph
    return replace(paragraph, text=f"{paragraph.text[:9]}\n{paragraph.text[9:]}")


@pytest.mark.parametrize("time", ["2024-05-28 15:46:43", "2025-12-30 21:37:37"])
def test_stamp_of_the_page_does_not_change_the_id(time: str) -> None:
    stamped = replace(
        build_page(TITLE, PREAMBLE, *CHAPTERS, "石狮市财政局", "2024年1月8日", f"页面生成时间：{time}"),
        metadata=(MetadataItem("others", f"页面生成时间 {time}", 'meta "others"'),),
    )
    assert compute_page_content_id(stamped, CELLS) == CONTENT_ID


@pytest.mark.parametrize(
    ("page", "cells"),
    [
        (PAGE, (build_cell("received_new", "13"), CELLS[1])),
        (PAGE, (build_cell("received_new", ""), CELLS[1])),
        (PAGE, CELLS[:1]),
        (PAGE, ()),
        (build_page(TITLE.replace("2023", "2022"), PREAMBLE, *CHAPTERS, "石狮市财政局", "2024年1月8日"), CELLS),
        (build_page(TITLE.replace("财政", "民政"), PREAMBLE, *CHAPTERS, "石狮市财政局", "2024年1月8日"), CELLS),
        (build_page(TITLE, PREAMBLE, *CHAPTERS, "石狮市财政局", "2024年1月9日"), CELLS),
        (build_page(TITLE, "数据均为全年。", *CHAPTERS, "石狮市财政局", "2024年1月8日"), CELLS),
        (build_page(TITLE, PREAMBLE, *CHAPTERS[:-1], "收取5元。", "石狮市财政局", "2024年1月8日"), CELLS),
    ],
)
def test_revised_report_has_another_id(page: Page, cells: tuple[ReportCell, ...]) -> None:
    assert compute_page_content_id(page, cells) != CONTENT_ID


def test_unread_tables_are_seen_as_grids() -> None:
    first, second = (build_page(TITLE, *CHAPTERS, cells=("主动公开文件数", "条", figure)) for figure in ("29", "30"))
    assert compute_page_content_id(first, ()) != compute_page_content_id(second, ())
