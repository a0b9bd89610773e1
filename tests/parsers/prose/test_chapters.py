"""Which lines head a chapter, and what stands under them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page import Cell, Grid, Page, Paragraph
from parsers.prose.text import fold_text, fold_with_positions
from parsers.report import Chapter
from tests.parsers.page_readings import read_page_chapters

OFFICIAL = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def build_page(*texts: str) -> Page:
    return Page("text", "test", tuple(Paragraph(text, f"line {n}") for n, text in enumerate(texts, start=1)))


def interleave(headings: tuple[str, ...]) -> list[str]:
    """A title, then every heading with a line of text under it."""
    return ["某局年度报告", *(text for heading in headings for text in (heading, f"{heading[-4:]}如下。"))]


def read_numbers(*texts: str) -> list[int]:
    return [chapter.chapter for chapter in read_page_chapters(build_page(*texts))]


def test_official_chapters_are_read_in_order() -> None:
    chapters = read_page_chapters(build_page(*interleave(OFFICIAL)))
    assert [c.chapter for c in chapters] == [0, 1, 2, 3, 4, 5, 6]
    assert chapters[0] == Chapter(0, "", "某局年度报告")
    assert chapters[1] == Chapter(1, "一、总体情况", "总体情况如下。")
    assert [c.heading_text for c in chapters[1:]] == list(OFFICIAL)


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "总体情况"),
        (1, "第一部分 总体情况"),
        (1, "一、 总 体 情 况"),
        (1, "## 一、总体情况"),
        (2, "二、主动公开政府信息的情况"),
        (2, "二．主动公开政府信息情况"),
        (2, "二、政府信息主动公开情况"),
        (2, "主动公开政府信息情况"),
        (3, "三、收到的处理政府信息公开申请情况"),
        (3, "三、收到和处理政府信息公开申请的情况"),
        (3, "三、收到和办理政府信息公开申请情况："),
        (3, "四、收到和处理政府信息公开申请情况"),
        (4, "四、政府信息公开行政法复议、行政诉讼情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况统计表"),
        (4, "四、政府信息公开行政复议和行政诉讼情况"),
        (4, "因政府信息公开工作被申请行政复议、提起行政诉讼的情况"),
        (5, "五、存在的主要问题及整改措施"),
        (5, "五、存在问题及改进情况"),
        (5, "存在的主要问题及改进情况"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
        (6, "六、其它需要报告的事项"),
        (6, "六、其他需要报告的事项（文字描述）"),
        (6, "五、其他需要报告的事项"),
    ],
)
def test_heading_varies(number: int, heading: str) -> None:
    headings = (*OFFICIAL[: number - 1], heading, *OFFICIAL[number:])
    chapters = read_page_chapters(build_page(*interleave(headings)))
    assert [c.chapter for c in chapters] == [0, 1, 2, 3, 4, 5, 6]
    assert chapters[number].body_text == f"{heading[-4:]}如下。".strip()
    assert chapters[number].heading_text == heading.removeprefix("## ")


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开",
        "（一）主动公开政府信息情况",
        "（二）依申请公开情况",
        "1.主动公开方面。",
        "4.认真办理依申请公开",
        "（五）监督保障",
        "一、主动公开",
        "二、依申请公开",
        "一是做好主动公开。",
        "本报告包括总体情况、主动公开政府信息情况、其他需要报告的事项等部分。",
        "本报告由“一、总体情况”“二、主动公开政府信息情况”组成。",
        "本报告分为一、总体情况，二、主动公开政府信息情况，六、其他需要报告的事项三个部分。",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
    ],
)
def test_line_inside_a_chapter_heads_none(line: str) -> None:
    texts = interleave(OFFICIAL)
    texts.insert(3, line)
    chapters = read_page_chapters(build_page(*texts))
    assert chapters[1].body_text == f"总体情况如下。\n{line}"
    assert [c.heading_text for c in chapters[1:]] == list(OFFICIAL)


def test_missing_chapter_is_missing() -> None:
    assert read_numbers(*interleave((*OFFICIAL[:3], *OFFICIAL[4:]))) == [0, 1, 2, 3, 5, 6]


def test_heading_given_twice_continues_its_chapter() -> None:
    texts = interleave(OFFICIAL)
    texts[7:7] = [OFFICIAL[2], "续表。"]
    chapters = read_page_chapters(build_page(*texts))
    assert [c.chapter for c in chapters] == [0, 1, 2, 3, 4, 5, 6]
    assert chapters[3].body_text == "申请情况如下。\n续表。" or chapters[3].body_text == "续表。\n申请情况如下。"


def test_table_of_contents_heads_no_chapter() -> None:
    contents = ["目录", *OFFICIAL]
    chapters = read_page_chapters(build_page(*contents, "编制说明如下。", *interleave(OFFICIAL)))
    assert [c.chapter for c in chapters] == [0, 1, 2, 3, 4, 5, 6]
    assert chapters[6].body_text == "告的事项如下。"[-7:]
    assert "编制说明如下。" in chapters[0].body_text


def test_chapters_in_brackets_count_where_no_others_do() -> None:
    bracketed = tuple(f"（{heading[0]}）{heading[2:]}" for heading in OFFICIAL)
    assert read_numbers(*interleave(bracketed)) == [0, 1, 2, 3, 4, 5, 6]


def test_fused_text_is_split_at_official_headings() -> None:
    text = "某局年度报告 编制完毕。" + "".join(
        f"{heading}{number}月有会。" for number, heading in enumerate(OFFICIAL, 1)
    )
    chapters = read_page_chapters(build_page(text))
    assert [c.chapter for c in chapters] == [0, 1, 2, 3, 4, 5, 6]
    assert [c.body_text for c in chapters[1:]] == [f"{number}月有会。" for number in range(1, 7)]
    assert [c.heading_text for c in chapters[1:]] == list(OFFICIAL)


def test_text_behind_a_heading_is_body() -> None:
    texts = interleave(OFFICIAL[:5])
    chapters = read_page_chapters(build_page(*texts, "六、其他需要报告的事项：无。"))
    assert chapters[6] == Chapter(6, "六、其他需要报告的事项", "无。")


def test_free_chapters_of_older_reports_get_the_number_they_match() -> None:
    headings = (
        "一、概述",
        "二、主动公开政府信息情况",
        "三、政府信息依申请公开工作情况",
        "四、收费及减免情况",
        "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
        "六、主要问题和改进措施",
        "七、统计表",
    )
    chapters = read_page_chapters(build_page(*interleave(headings)))
    assert [c.chapter for c in chapters] == [0, 1, 2, 3, 4, 5]
    assert "四、收费及减免情况" in chapters[3].body_text
    assert "七、统计表" in chapters[5].body_text


def test_tables_are_not_in_the_text() -> None:
    grid = Grid((Cell("规章", 0, 0, "line 9"), Cell("3", 0, 1, "line 9")), "placed", "line 9")
    page = Page("text", "test", (Paragraph(OFFICIAL[1], "line 1"), grid, Paragraph("注：无。", "line 10")))
    assert read_page_chapters(page) == (Chapter(2, OFFICIAL[1], "注：无。"),)


def test_page_without_headings_is_one_chapter() -> None:
    assert read_page_chapters(build_page("第一段。", "第二段。")) == (Chapter(0, "", "第一段。\n第二段。"),)
    assert read_page_chapters(build_page()) == ()


@given(st.lists(st.one_of(st.text(max_size=50), st.sampled_from(OFFICIAL)), max_size=15))
def test_no_text_is_lost_and_no_chapter_stands_twice(texts: list[str]) -> None:
    page = build_page(*texts)
    chapters = read_page_chapters(page)
    numbers = [chapter.chapter for chapter in chapters]
    assert numbers == sorted(set(numbers))
    kept = "".join(chapter.heading_text + chapter.body_text for chapter in chapters)
    for text in texts:
        assert fold_text(text) in fold_text(kept) or any(fold_text(h) in fold_text(text) for h in OFFICIAL)


@given(st.text(max_size=80))
def test_folded_text_can_be_quoted(text: str) -> None:
    folded = fold_with_positions(text)
    assert len(folded.text) == len(folded.positions)
    assert fold_text(folded.quote(0, len(folded.text))) == folded.text
    assert fold_text(folded.text) == folded.text
