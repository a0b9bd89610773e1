"""What must never change who a report is of: other years and numbers on the page, white space, width of signs."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from parsers.page import Page, Paragraph
from parsers.prose.text import fold_text
from tests.parsers.identity.pages import CHAPTERS, PREAMBLE, TITLE, build_page
from tests.parsers.page_readings import read_page_identity

YEARS = st.integers(2008, 2030)
NUMBERS = st.integers(0, 99_999_999)
UNRELATED = st.one_of(
    st.builds("发布日期：{}-03-0{}".format, YEARS, st.integers(1, 9)),
    st.builds("狮政办〔{}〕{}号".format, YEARS, st.integers(1, 99)),
    st.builds("联系电话：0595-{:08d}".format, NUMBERS),
    st.builds("{}年全市政务公开培训班开班".format, YEARS),
    st.builds("{}年{}月，本市召开会议。".format, YEARS, st.integers(1, 12)),
    st.builds("上一篇：晋江市民政局{}年政府信息公开工作年度报告".format, YEARS),
    st.builds("{}年政府工作报告".format, YEARS),
    st.builds("石狮市办公室 {}年1月9日印发".format, YEARS),
    st.builds("邮编：{:06d}，邮箱：a{}@example.gov.cn".format, st.integers(0, 999_999), NUMBERS),
    st.builds("共收到申请{}件，其中公开{}件。".format, NUMBERS, YEARS),
    st.sampled_from(["首页", "政务公开", "政府信息公开年报", "当前位置：首页 > 政务公开", "【打印】", "", "　"]),
)

SPACES = st.text(" \u3000\u00a0\u2003\u200b", max_size=3)
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


@given(st.lists(st.tuples(st.integers(0, 40), UNRELATED), max_size=8))
def test_unrelated_paragraphs_change_neither_agency_nor_year(inserted: list[tuple[int, str]]) -> None:
    texts = [TITLE, PREAMBLE, *CHAPTERS, "石狮市财政局", "2024年1月8日"]
    for place, text in inserted:
        texts.insert(place % (len(texts) + 1), text)
    identity, _ = read_page_identity(build_page(*texts))
    assert (identity.agency_name, identity.report_year) == ("石狮市财政局", 2023)


@given(st.lists(UNRELATED, max_size=6), st.lists(UNRELATED, max_size=6))
def test_unrelated_paragraphs_on_a_web_page_change_neither(above: list[str], below: list[str]) -> None:
    page = build_page(*above, TITLE, PREAMBLE, *CHAPTERS, *below, carrier="html")
    identity, _ = read_page_identity(page)
    assert (identity.agency_name, identity.report_year) == ("石狮市财政局", 2023)


@given(st.lists(UNRELATED, max_size=8), st.sampled_from(["text", "html"]))
def test_page_without_a_title_is_nobody(texts: list[str], carrier: str) -> None:
    identity, findings = read_page_identity(build_page(*texts, carrier=carrier))
    assert (identity.agency_name, identity.report_year) == (None, None)
    assert findings == ()


@given(st.lists(SPACES, min_size=len(TITLE), max_size=len(TITLE)), st.lists(st.booleans(), min_size=len(TITLE)))
def test_white_space_and_width_change_neither(spaces: list[str], widths: list[bool]) -> None:
    signs = [FULL_WIDTH.get(c, c) if wide else c for c, wide in zip(TITLE, widths, strict=False)]
    title = "".join(sign + space for sign, space in zip(signs, spaces, strict=True))
    identity, _ = read_page_identity(build_page(title, PREAMBLE, *CHAPTERS))
    assert fold_text(identity.agency_name or "") == "石狮市财政局"
    assert identity.report_year == 2023


@given(st.data())
def test_title_broken_anywhere_is_the_same(data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(TITLE) - 1))
    named = "石狮市财政局特编制本报告。"
    identity, _ = read_page_identity(build_page(TITLE[:place], TITLE[place:], named, *CHAPTERS))
    assert (identity.agency_name, identity.report_year) == ("石狮市财政局", 2023)
    assert identity.title_text == TITLE


@given(st.lists(st.text(max_size=60), max_size=12), st.sampled_from(["text", "html"]))
def test_any_text_is_read_without_error(texts: list[str], carrier: str) -> None:
    blocks = tuple(Paragraph(text, f"line {number}") for number, text in enumerate(texts))
    identity, _ = read_page_identity(Page(carrier, "any", blocks))
    printed = unicodedata.normalize("NFKC", "".join(texts))
    assert identity.report_year is None or str(identity.report_year) in "".join(printed.split())
