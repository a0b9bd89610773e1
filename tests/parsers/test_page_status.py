"""What a page is: a report, a report without tables, or none; nothing is invented on the way."""

from dataclasses import replace

import pytest

from parsers.carriers import MemberPage
from parsers.page import Cell, Grid, Page, Paragraph
from parsers.reading import read_page_reports, read_reports
from parsers.report import Report
from tests.parsers.tables.grids import list_cell_ids, make_page

TITLE = Paragraph("某县财政局2023年政府信息公开工作年度报告", "paragraph 1", "title")


def read_page(page: Page) -> Report:
    (report,) = read_page_reports(MemberPage(None, "text/html", "html", "test", page=page))
    return report


def print_report(title: str | None, figure: str) -> Page:
    page = make_page("format_2021", dict.fromkeys(list_cell_ids("format_2021"), figure), "placed")
    blocks = (replace(TITLE, text=title), *page.blocks) if title else page.blocks
    return replace(page, blocks=blocks)


def test_report_with_tables_is_parsed() -> None:
    report = read_page(print_report(TITLE.text, "0"))
    assert (report.status, report.status_reason, len(report.cells)) == ("parsed", None, 200)
    assert (report.identity.agency_name, report.identity.report_year) == ("某县财政局", 2023)
    assert [finding.rule_id for finding in report.findings] == ["R28"], "it prints the tables' chapters only"


def test_blank_form_is_not_a_report() -> None:
    report = read_page(print_report("政府信息公开工作年度报告（样式）", ""))
    assert (report.status, report.status_reason, report.cells) == ("not_a_report", "blank_form", ())


def test_blank_cells_of_a_named_agency_are_blank_and_not_zero() -> None:
    report = read_page(print_report(TITLE.text, ""))
    assert report.status == "parsed"
    assert {(cell.state, cell.value) for cell in report.cells} == {("blank", None)}


@pytest.mark.parametrize(
    "title", ["某县财政局2023年政府信息公开工作年度报告（图解版）", "某县财政局2023年政府信息公开年度报告解读"]
)
def test_commentary_on_a_report_is_no_second_report(title: str) -> None:
    report = read_page(print_report(title, "0"))
    assert (report.status, report.status_reason) == ("not_a_report", "other_document")


def test_report_whose_tables_are_pictures_has_no_tables() -> None:
    page = Page("html", "test", (TITLE, Paragraph("一、总体情况", "paragraph 2"), Paragraph("略。", "paragraph 3")))
    report = read_page(page)
    assert (report.status, report.status_reason, report.cells) == ("no_tables", "tables_not_found", ())
    assert report.identity.report_year == 2023


def print_sheet(rows: list[list[str]]) -> Page:
    cells = tuple(
        Cell(text, r, c, f"row {r + 1}, cell {c}") for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    return Page("html", "test", (TITLE, Grid(cells, "placed", "table 1")))


def test_sheet_of_before_2019_is_read_line_by_line() -> None:
    rows = [
        ["指标名称", "计量单位", "2015年度", "历年累计"],
        ["主动公开文件数", "条", "2949", "81916"],
        ["1、当面申请数", "件", "", "/"],
    ]
    report = read_page(print_sheet(rows))
    assert (report.status, report.edition_t2, report.unplaced_cells) == ("parsed", "local_sheet", ())
    assert [(cell.cell_id, cell.value, cell.state, cell.unit) for cell in report.cells] == [
        ("sheet.line_01.this_year", 2949, "number", "条"),
        ("sheet.line_01.cumulative", 81916, "number", "条"),
        ("sheet.received_in_person.this_year", None, "blank", "件"),
        ("sheet.received_in_person.cumulative", None, "slash", "件"),
    ]


@pytest.mark.parametrize(
    ("row", "figures"),
    [(["2、网上申请数", "件", "7"], ["7"]), (["2、网上申请数", "件", "7", "9", "4"], ["7", "9"])],
)
def test_row_of_a_sheet_with_a_cell_too_few_or_too_many_is_not_read(row: list[str], figures: list[str]) -> None:
    rows = [
        ["指标名称", "计量单位", "2015年度", "历年累计"],
        ["主动公开文件数", "条", "2949", "81916", "", ""],
        row,
        ["一、受理申请"],
    ]
    report = read_page(print_sheet(rows))
    assert [(cell.state, cell.printed_text) for cell in report.cells] == [
        ("number", "2949"),
        ("number", "81916"),
        *(("unreadable", figure) for figure in figures),
    ]
    (finding,) = [finding for finding in report.findings if finding.rule_id == "R15"]
    assert finding.cells == tuple(cell.cell_id for cell in report.cells[2:])
    assert [count.failed for count in report.rule_counts if count.rule_id == "R15"] == [1]


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"", "unreadable", "empty_file"),
        (b"\x00\x01\x02\x03" * 300, "unsupported", "unknown_format"),
        (
            "<html><title>404</title><body><p>您访问的页面不存在</p></body></html>".encode(),
            "not_a_report",
            "error_page",
        ),
        ("关于召开会议的通知\n请各单位准时参加。".encode(), "not_a_report", "no_form_content"),
    ],
)
def test_what_is_no_report_says_why(data: bytes, status: str, reason: str) -> None:
    (report,) = read_reports(data)
    assert (report.status, report.status_reason, report.cells, report.identity.report_year) == (
        status,
        reason,
        (),
        None,
    )
