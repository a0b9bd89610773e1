"""The report year: its evidence, and what contradicts it."""

import pytest

from tests.parsers.identity.pages import CHAPTERS, PREAMBLE, TITLE, build_page
from tests.parsers.page_readings import read_page_identity

NO_YEAR = "石狮市财政局政府信息公开工作年度报告"
PERIODS = [
    "本报告的统计期限自2023年1月1日起至2023年12月31日止。",
    "数据统计时限从2023年1月1日到12月31日止。",
    "所列数据期限为2023年1月1日—2023年12月30日。",
    "统计时间：2023.1.1-2023.12.31。",
    "本报告统计数据为2023年1月至12月。",
    "统计期限为2023年度。",
    "统计期限自202311日至20231231日止。",
    "数据的统计期限自 2023 年 1 月 1 日起，至 2023 年 12 月 31 日止。",
]


@pytest.mark.parametrize("period", PERIODS)
def test_period_gives_the_year_where_the_title_has_none(period: str) -> None:
    identity, findings = read_page_identity(build_page(NO_YEAR, period, *CHAPTERS))
    assert identity.report_year == 2023
    assert identity.report_year_evidence is not None
    assert "2023" in identity.report_year_evidence
    assert identity.report_year_evidence.endswith("(paragraph 2)")
    assert findings == ()


@pytest.mark.parametrize("period", PERIODS)
def test_period_of_the_same_year_is_no_finding(period: str) -> None:
    identity, findings = read_page_identity(build_page(TITLE, period, *CHAPTERS))
    assert identity.report_year == 2023
    assert findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "统计期限自2022年1月1日起至2022年12月31日止。",
        "统计期限自2023年1月1日起至2024年12月31日止。",
        "统计期限自2022年1月1日起至2023年12月31日止。",
        "按要求编制，现公布2022年政府信息公开工作年度报告。",
        "按要求编制，现公布《石狮市财政局2022年政府信息公开工作年度报告》。",
    ],
)
def test_other_year_in_the_text_is_a_finding_and_the_title_holds(text: str) -> None:
    identity, findings = read_page_identity(build_page(TITLE, text, *CHAPTERS))
    assert identity.report_year == 2023
    assert [(f.rule_id, f.severity, f.verdict, f.outcome) for f in findings] == [
        ("R21", "warning", "unusual", "failed")
    ]
    assert TITLE in findings[0].evidence
    assert "paragraph 2" in findings[0].evidence
    assert "2023" in findings[0].message_zh
    assert "2023" in findings[0].message_en


@pytest.mark.parametrize(
    "text",
    [
        "统计期限自202311日至202231日止。",
        "统计期限自2021日至201231日止。",
        "按照《关于做好2022年政府信息公开工作年度报告编制的通知》的要求，编制本报告。",
        "按照2022年政府信息公开工作年度报告格式，编制本报告。",
        "在2022年政府信息公开工作年度报告的基础上，编制本报告。",
        "统计期限自2022年12月1日至2023年11月30日止。",
        "2022年3月1日至2022年6月30日，本报告所列项目完成验收。",
        "本局2022年1月1日至2022年12月31日举办展览。",
    ],
)
def test_lost_digits_and_other_documents_are_no_contradiction(text: str) -> None:
    identity, findings = read_page_identity(build_page(TITLE, text, *CHAPTERS))
    assert identity.report_year == 2023
    assert findings == ()


def test_titles_of_two_years_are_a_finding() -> None:
    page = build_page(
        "石狮市财政局2022年政府信息公开工作年度报告",
        PREAMBLE,
        *CHAPTERS,
        carrier="html",
        metadata={"ArticleTitle": TITLE},
    )
    identity, findings = read_page_identity(page)
    assert identity.report_year == 2023
    assert [finding.rule_id for finding in findings] == ["R21"]


def test_links_to_other_years_are_no_finding() -> None:
    links = ("石狮市财政局2022年政府信息公开工作年度报告", "石狮市财政局2021年政府信息公开工作年度报告")
    blocks = build_page(*links, TITLE, PREAMBLE, *CHAPTERS, carrier="html", metadata={"ArticleTitle": TITLE})
    identity, findings = read_page_identity(blocks)
    assert (identity.agency_name, identity.report_year) == ("石狮市财政局", 2023)
    assert findings == ()


def test_other_year_at_the_head_of_sentences_is_a_finding() -> None:
    texts = [
        "一、总体情况",
        "2022年，本局公开信息。",
        "（一）主动公开。2022年，公开信息3条。2022年，会议1次。",
        *CHAPTERS[2:],
    ]
    identity, findings = read_page_identity(build_page(TITLE, "本局特编制本报告。", *texts))
    assert identity.report_year == 2023
    assert [finding.rule_id for finding in findings] == ["R21"]
    assert "2022年,本局公开信息" in findings[0].evidence


def test_one_sentence_of_another_year_is_no_finding() -> None:
    texts = ["一、总体情况", "2023年，本局公开信息。2022年，公开得少。", "2022年，办法修订。", *CHAPTERS[2:]]
    _, findings = read_page_identity(build_page(TITLE, "本局特编制本报告。", *texts))
    assert findings == ()


def test_period_of_a_comparison_in_chapter_one_is_no_finding() -> None:
    texts = list(CHAPTERS)
    texts[1] = "与2022年1月1日至2022年12月31日的统计数据相比有所上升。"
    identity, findings = read_page_identity(build_page(TITLE, PREAMBLE, *texts))
    assert identity.report_year == 2023
    assert findings == ()


def test_header_gives_the_year_where_nothing_else_does() -> None:
    page = build_page(NO_YEAR, *CHAPTERS, cells=("信息内容", "本年（2023）制发件数", "本年(2023)废止件数"))
    identity, findings = read_page_identity(page)
    assert identity.report_year == 2023
    assert identity.report_year_evidence == "本年（2023）制发件数 (table 1, cell 2)"
    assert findings == ()


def test_header_of_another_year_is_a_finding() -> None:
    page = build_page(TITLE, PREAMBLE, *CHAPTERS, cells=("信息内容", "本年（2022）制发件数"))
    identity, findings = read_page_identity(page)
    assert identity.report_year == 2023
    assert [finding.rule_id for finding in findings] == ["R21"]


def test_headers_of_two_years_give_no_year() -> None:
    page = build_page(NO_YEAR, *CHAPTERS, cells=("指标名称", "2022年度", "2023年度"))
    identity, _ = read_page_identity(page)
    assert (identity.report_year, identity.report_year_evidence) == (None, None)


def test_dates_of_publication_and_signature_give_no_year() -> None:
    page = build_page(
        NO_YEAR, "发布日期：2024-01-08", "本局特编制本报告。", *CHAPTERS, "石狮市财政局", "2024年1月8日",
        metadata={"PubDate": "2024-01-08"},
    )  # fmt: skip
    identity, _ = read_page_identity(page)
    assert (identity.agency_name, identity.report_year) == ("石狮市财政局", None)
