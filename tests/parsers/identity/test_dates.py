"""The date of signature and the date of publication, which are never taken for each other."""

import datetime as dt
from dataclasses import replace

import pytest

from parsers.identity.dates import parse_date, read_url_date
from parsers.page import MetadataItem
from parsers.report import Identity
from tests.parsers.identity.pages import CHAPTERS, PREAMBLE, TITLE, build_page
from tests.parsers.page_readings import read_page_identity

DAY = dt.date(2024, 1, 8)


def read_page(
    *below: str, above: tuple[str, ...] = (), carrier: str = "text", metadata: dict[str, str] | None = None
) -> Identity:
    texts = (TITLE, *above, PREAMBLE, *CHAPTERS, *below)
    identity, _ = read_page_identity(build_page(*texts, carrier=carrier, metadata=metadata))
    return identity


@pytest.mark.parametrize("carrier", ["text", "html"])
@pytest.mark.parametrize(
    "below",
    [
        ("石狮市财政局", "2024年1月8日"),
        ("石狮市财政局\n2024年1月8日",),
        ("　　　　石狮市财政局", "　　　　2024 年 1 月 8 日"),
        ("石狮市财政局 2024年1月8日",),
        ("财政局", "2024年01月08日", "附件下载"),
        ("石狮市财政局", "二〇二四年一月八日"),
        ("石狮市财政局", "（2024年1月8日）"),
        ("2024年1月8日", "石狮市财政局"),
    ],
)
def test_date_beside_the_name_at_the_end_is_the_signature(below: tuple[str, ...], carrier: str) -> None:
    identity = read_page(*below, carrier=carrier)
    assert identity.signed_date == DAY
    assert (identity.published_date, identity.published_date_source) == (None, None)


def test_date_under_the_title_is_the_signature() -> None:
    assert read_page(above=("石狮市财政局", "(2024年1月8日)")).signed_date == DAY


@pytest.mark.parametrize(
    "below",
    [
        ("石狮市财政局", "2024年2月30日"),
        ("石狮市财政局", "1970年1月1日"),
        ("石狮市财政局办公室 2024年1月8日印发",),
        ("工程于2024年1月8日完成。",),
        ("发布日期：2024年1月8日",),
    ],
)
def test_impossible_dates_and_other_lines_are_no_signature(below: tuple[str, ...]) -> None:
    assert read_page(*below).signed_date is None


def test_lone_date_of_a_web_page_is_no_signature() -> None:
    assert read_page("没有其他事项。", "这里是页脚。", "2024年1月8日", carrier="html").signed_date is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PubDate", "2024-01-08 17:29"),
        ("publishtime", "2024-01-08"),
        ("公开日期", "2024年1月8日"),
        ("发布时间", "2024/1/8"),
        ("发布日期", "20240108"),
        ("pubdate", "2024-01-08T09:00:00+08:00"),
    ],
)
def test_metadata_of_a_web_page_gives_the_published_date(name: str, value: str) -> None:
    identity = read_page(carrier="html", metadata={name: value})
    assert (identity.published_date, identity.published_date_source) == (DAY, "page_meta")
    assert identity.signed_date is None


def test_head_lines_of_a_text_give_the_published_date_as_text() -> None:
    identity = read_page(metadata={"发布时间": "2024-01-08 15:22"})
    assert (identity.published_date, identity.published_date_source) == (DAY, "page_text")


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-01-08",
        "来源：石狮市财政局 时间：2024-01-08 17:29 浏览次数：12",
        "发布时间: 2024年1月8日",
        "【发布时间：2024-01-08】",
    ],
)
def test_line_of_the_text_gives_the_published_date(line: str) -> None:
    identity = read_page(above=(line,), carrier="html")
    assert (identity.published_date, identity.published_date_source) == (DAY, "page_text")
    assert identity.signed_date is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("采集时间", "2025-12-30"),
        ("others", "页面生成时间 2024-05-28 15:46:43"),
        ("成文日期", "2024-01-05"),
        ("PubDate", "1970-01-01 08:00"),
        ("PubDate", "2024-02-30"),
        ("PubDate", ""),
    ],
)
def test_other_and_impossible_dates_are_not_taken(name: str, value: str) -> None:
    identity = read_page(carrier="html", metadata={name: value})
    assert (identity.published_date, identity.published_date_source) == (None, None)


def test_line_taken_out_of_a_web_page_gives_the_published_date_as_text() -> None:
    items = (
        MetadataItem("来源", "石狮市财政局", "paragraph 2"),
        MetadataItem("时间", "2024-01-08 17:29", "paragraph 2"),
    )
    identity, _ = read_page_identity(replace(build_page(TITLE, PREAMBLE, *CHAPTERS, carrier="html"), metadata=items))
    assert (identity.published_date, identity.published_date_source) == (DAY, "page_text")


def test_metadata_goes_before_text_and_text_before_address() -> None:
    url = {"原文链接": "https://www.example.gov.cn/zfxxgknb/202401/t20240110_1.html"}
    assert read_page(metadata=url).published_date == dt.date(2024, 1, 10)
    assert read_page(metadata=url).published_date_source == "url"
    with_line = read_page(above=("发布日期：2024-01-09",), metadata=url, carrier="html")
    assert (with_line.published_date, with_line.published_date_source) == (dt.date(2024, 1, 9), "page_text")
    with_meta = read_page(above=("发布日期：2024-01-09",), metadata=url | {"PubDate": "2024-01-08"}, carrier="html")
    assert (with_meta.published_date, with_meta.published_date_source) == (DAY, "page_meta")


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://www.example.gov.cn/zfxxgknb/202603/t20260313_80576.htm", dt.date(2026, 3, 13)),
        ("https://www.example.gov.cn/art/2024/1/8/art_123_456.html", DAY),
        ("https://www.example.gov.cn/doc/2024/01/08/4153378.shtml", DAY),
        ("https://www.example.gov.cn/columns/a-b/202401/08/a-b.html", DAY),
        ("https://www.example.gov.cn/c/2024-01-08/7097241.shtml", DAY),
        ("http://www.example.gov.cn/sygfj/gknb/202401/2ecfb31a335f4d689220a3a23e24a986.shtml", None),
        ("https://www.example.gov.cn/nb/t19700101_1.html", None),
        ("https://www.example.gov.cn/nb/t20240230_1.html", None),
        ("https://www.example.gov.cn/zfxxgknb/2024/post_8766914.html", None),
        ("石狮市财政局", None),
    ],
)
def test_address_gives_a_date_only_with_its_day(url: str, date: dt.date | None) -> None:
    assert read_url_date(url) == date


def test_parsed_date_stops_before_the_time_of_day() -> None:
    assert parse_date("２０２２年 1 月 14 日 17:29") == dt.date(2022, 1, 14)
    assert parse_date("2022-01-14 17:29:10") == dt.date(2022, 1, 14)
    assert parse_date("2022年") is None
