"""Which title a page has, and whose name and year it gives."""

import pytest

from parsers.identity import classify_title
from parsers.page import Page
from parsers.report import Identity
from tests.parsers.identity.pages import CHAPTERS, PREAMBLE, TITLE, build_page
from tests.parsers.page_readings import read_page_identity


def name_and_year(page: Page) -> tuple[str | None, int | None]:
    identity, _ = read_page_identity(page)
    return identity.agency_name, identity.report_year


def test_page_without_anything_is_nobody() -> None:
    identity, findings = read_page_identity(Page("text", "text-test", ()))
    assert identity == Identity()
    assert findings == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("石狮市财政局", "2023年政府信息公开工作年度报告"),
        ("石狮市财政局2023年政府信息公开", "工作年度报告"),
        ("石狮市财政局20", "23年政府信息公开工作年度报告"),
        ("石狮市财政局", "2023年", "政府信息公开工作年度报告"),
        ("石狮市财政局\n2023年政府信息公开工作年度报告",),
        (TITLE, TITLE),
        ("首页", TITLE),
        ("狮财〔2024〕3号", TITLE),
        ("石狮市2022年招商会召开", TITLE, "2024年1月8日"),
    ],
)
def test_broken_or_doubled_title_is_one(lines: tuple[str, ...]) -> None:
    identity, findings = read_page_identity(build_page(*lines, PREAMBLE, *CHAPTERS))
    assert identity.agency_name == "石狮市财政局"
    assert identity.report_year == 2023
    assert identity.title_text == TITLE
    assert identity.report_year_evidence is not None
    assert identity.report_year_evidence.startswith(TITLE)
    assert "paragraph" in identity.report_year_evidence
    assert findings == ()


def test_name_broken_over_lines_is_whole_where_the_text_names_it() -> None:
    lines = ("国家税务总局石狮市", "宝盖税务分局2023年政府信息公开工作年度报告")
    named = "国家税务总局石狮市宝盖税务分局特编制本报告。"
    assert name_and_year(build_page(*lines, named, *CHAPTERS)) == ("国家税务总局石狮市宝盖税务分局", 2023)


def test_letterhead_above_a_full_title_is_not_part_of_the_name() -> None:
    page = build_page("石狮市财政局网", "石狮市财税局", TITLE, PREAMBLE, *CHAPTERS)
    assert name_and_year(page) == ("石狮市财政局", 2023)


def test_site_name_above_a_nameless_title_of_a_web_page_is_not_the_agency() -> None:
    page = build_page("石狮市人民政府", "2023年政府信息公开工作年度报告", PREAMBLE, *CHAPTERS, carrier="html")
    assert name_and_year(page) == (None, 2023)


def test_name_above_a_nameless_title_of_a_web_page_is_the_agency_if_it_signs() -> None:
    lines = ("石狮市人民政府宝盖街道办事处", "2023年政府信息公开工作年度报告", PREAMBLE, *CHAPTERS)
    page = build_page(*lines, "宝盖街道办事处", "2024年1月8日", carrier="html")
    assert name_and_year(page) == ("石狮市人民政府宝盖街道办事处", 2023)


def test_article_title_goes_before_column_and_page_title() -> None:
    metadata = {"title": "石狮财政2022年政府信息公开年报-石狮市", "ArticleTitle": TITLE}
    page = build_page(PREAMBLE, *CHAPTERS, carrier="html", metadata=metadata)
    assert name_and_year(page) == ("石狮市财政局", 2023)


@pytest.mark.parametrize(
    "value", [f"石狮市人民政府_政府信息公开年报_{TITLE}", f"{TITLE}-石狮市", f"信息公开 > {TITLE}"]
)
def test_page_title_is_read_without_the_site(value: str) -> None:
    page = build_page(PREAMBLE, *CHAPTERS, carrier="html", metadata={"title": value})
    assert name_and_year(page) == ("石狮市财政局", 2023)


def test_nameless_article_title_takes_the_name_from_the_text() -> None:
    lines = (TITLE, "石狮市财政局特编制本报告。", *CHAPTERS)
    page = build_page(*lines, carrier="html", title="2023年政府信息公开工作年度报告")
    assert name_and_year(page) == ("石狮市财政局", 2023)


def test_title_without_year_takes_no_year_of_another_body() -> None:
    lines = ("晋江市财政局2022年政府信息公开年报", "本局特编制本报告。", *CHAPTERS)
    page = build_page(*lines, carrier="html", title="石狮市财政局政府信息公开工作年度报告")
    assert name_and_year(page) == ("石狮市财政局", None)


def test_titles_of_several_bodies_name_nobody_unless_one_is_confirmed() -> None:
    lines = (TITLE, "晋江市财政局2022年政府信息公开工作年度报告", "本局特编制本报告。", *CHAPTERS)
    assert name_and_year(build_page(*lines)) == (None, None)
    assert name_and_year(build_page(*lines, metadata={"标题": TITLE})) == ("石狮市财政局", 2023)
    assert name_and_year(build_page(lines[0], lines[1], PREAMBLE, *CHAPTERS)) == ("石狮市财政局", 2023)


@pytest.mark.parametrize(
    "texts",
    [
        ("首页", "政务公开", "政府信息公开年报", "您访问的页面不存在或已删除，请返回首页。"),
        ("404 Not Found", "nginx"),
        ("政府信息公开年报", "2023年政府信息公开工作年度报告", "您访问的页面不存在，5秒后返回。"),
        ("推荐阅读", TITLE, "您访问的页面不存在。"),
        ("政府信息公开年报", TITLE, "晋江市财政局2022年政府信息公开年报", "宝盖镇2021年政府信息公开年报", "共3页"),
        ("政府信息公开指南", "本机关2023年起按此办理，2024年1月8日修订。"),
    ],
)
def test_lists_and_missing_pages_are_nobody(texts: tuple[str, ...]) -> None:
    metadata = {"title": "页面不存在_石狮市人民政府", "SiteName": "石狮市人民政府"}
    identity, findings = read_page_identity(build_page(*texts, carrier="html", metadata=metadata))
    assert (identity.agency_name, identity.report_year) == (None, None)
    assert findings == ()


def test_line_torn_out_of_a_sentence_is_no_title() -> None:
    texts = ("我们克服困难，", "积极做好2023年政府信息公开工作年度报告", "的编制。", *CHAPTERS)
    identity, _ = read_page_identity(build_page(*texts))
    assert (identity.title_text, identity.agency_name, identity.report_year) == (None, None, None)


def test_file_without_title_is_nobody() -> None:
    identity, _ = read_page_identity(build_page(*CHAPTERS, "2024年1月8日"))
    assert (identity.title_text, identity.agency_name, identity.report_year) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("石狮市财政局2023年政府信息公开工作总结", "summary"),
        ("2023年政府信息公开工作自查报告", "self_check"),
        ("政府信息公开工作年度报告格式模板", "blank_form"),
        ("关于政府信息公开工作的一封信", "letter"),
    ],
)
def test_other_document_has_its_title_and_no_agency_or_year(text: str, kind: str) -> None:
    for page in (build_page(text, *CHAPTERS), build_page(*CHAPTERS, carrier="html", metadata={"ArticleTitle": text})):
        identity, _ = read_page_identity(page)
        assert (identity.title_text, identity.agency_name, identity.report_year) == (text, None, None)
        assert classify_title(identity.title_text or "") == kind


def test_scope_is_left_open() -> None:
    identity, _ = read_page_identity(build_page(TITLE, PREAMBLE, *CHAPTERS))
    assert (identity.scope, identity.scope_evidence) == ("unknown", None)
