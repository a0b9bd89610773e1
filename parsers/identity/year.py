"""Reads the report year: from the title; else from the stated period (统计期限自2023年1月1日起至2023年12月31日止); else
from a year in the tables' headers (本年（2023）制发件数). No other year is evidence, a publication date least of all.

Where the text states another year than the title, the title holds and a finding of rule R21 quotes both.
"""

import re
from dataclasses import dataclass

from parsers.findings import make_finding
from parsers.identity.head import HEAD, Line, TitleFound
from parsers.page import Grid, Page, Paragraph
from parsers.prose.chapters import Heading
from parsers.prose.text import FoldedText, fold_text, fold_with_positions
from parsers.report import Finding

_FROM = r"(?P<y1>20\d{2})[年.\-/](?P<m1>\d{1,2})[月.\-/](?P<d1>\d{1,2})日?"
_TO = r"(?:(?P<y2>20\d{2})[年.\-/]|同年|当年|本年)?(?P<m2>\d{1,2})[月.\-/](?P<d2>\d{1,2})(?:日|(?!\d))"
_UNTIL = r"(?:\(含\)|零时|0时|起|始|开始|,)*(?:截至|截止到|截止|至|到|—+|-+|–|~|―)"
_PERIOD = re.compile(_FROM + _UNTIL + _TO)
_MONTHS = re.compile(
    r"(?P<y1>20\d{2})年1月(?:份)?(?:起)?(?:至|到|—+|-+|~)(?:(?P<y2>20\d{2})年|当年|同年)?12月(?:份)?(?!\d)"
)
_WHOLE_YEAR = re.compile(r"统计(?:的)?(?:期限|时限|时间|期间|范围|周期)(?:为|是|:)*(?P<y1>20\d{2})年(?:度|全年)(?!\d)")
# 年 or 月 were lost in conversion, the digits are all there: 202511日至20251231日.
_DAMAGED = re.compile(
    r"(?<!\d)(?P<y1>20\d{2})年?0?1月?0?1日?(?:起|始|,)*(?:至|到|—+|-+|~)(?P<y2>20\d{2})年?12月?3[01]日?"
)
_ABOUT_PERIOD = re.compile(r"统计|数据|所列|时限|期限|起止|期间|本报告|年度报告|年报")
_SELF_NAMED = re.compile(
    r"(?:现将|公布|发布|编制|编写|形成|撰写)[^。,;]{0,40}?(?P<year>20\d{2})年(?:度)?"
    r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
    r"(?!格式|编制|编报|有关|相关|事项|的?通知|工作|报送|发布|公布|及|和|、)"
)
_SENTENCE_YEAR = re.compile(
    r"(?:^|(?<=。))(?:\([一二三四五六七八九十]+\)[^。]{0,20}。)?(?P<sentence>(?P<year>20\d{2})年度?,[^。,]{2,12})"
)
_HEADER_YEAR = re.compile(
    r"本年度?\(?(?P<year>20\d{2})(?:年度?)?\)?(?=.{0,4}(?:制发|废止|废纸|处理|收费|新制作|新公开|增))"
)
_YEAR_CELL = re.compile(r"(?P<year>20\d{2})年度?")
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class YearStated:
    """A year printed in the text, with its quote. `years` are those it must agree with: the last of a period, and the
    first if the period begins with it on 1 January.

    `is_damaged`: signs were lost, so it may be evidence but never a contradiction.
    """

    year: int
    years: tuple[int, ...]
    quote: str
    locator: str
    source: str
    is_damaged: bool = False

    @property
    def evidence(self) -> str:
        return f"{self.quote} ({self.locator})"


def find_stated_years(page: Page, head: tuple[Line, ...], headings: tuple[Heading, ...]) -> tuple[YearStated, ...]:
    """The stated periods (those above chapter one, else any), then the names the text gives the report, then the year
    by which chapter one begins its sentences, then years in table headers.
    """
    periods = [found for line in head for found in _find_periods(line.text, line.locator)]
    if not periods:
        paragraphs = (block for block in page.blocks if isinstance(block, Paragraph))
        periods = [found for paragraph in paragraphs for found in _find_periods(paragraph.text, paragraph.locator)]
    named = [found for line in head for found in _find_self_names(line)]
    return (*periods, *named, *_find_chapter_year(page, headings), *_find_header_years(page))


def find_period_years(stated: tuple[YearStated, ...]) -> frozenset[int]:
    """The years of the stated periods alone."""
    return frozenset(found.year for found in stated if found.source == "period")


def read_year(title: TitleFound | None, stated: tuple[YearStated, ...]) -> tuple[int | None, str | None]:
    """The report year and its evidence: quote and locator. Null where nothing is printed or what is printed differs."""
    if title is not None and title.reading.year is not None:
        return title.reading.year, title.year_evidence
    for source in ("period", "header"):
        found = [statement for statement in stated if statement.source == source]
        if len({statement.year for statement in found}) == 1:
            return found[0].year, found[0].evidence
        if found:
            return None, None
    return None, None


def check_year(
    year: int | None, title: TitleFound | None, titles: tuple[TitleFound, ...], stated: tuple[YearStated, ...]
) -> tuple[Finding, ...]:
    """R21: the first thing printed that states another year than the title; nothing where the title has no year."""
    if title is None or year is None or title.reading.year is None:
        return ()
    others = [f.evidence for f in stated if not f.is_damaged and _contradicts(f, year)]
    others += [other.quote for other in _list_other_titles(title, titles) if other.reading.year not in (None, year)]
    if title.reading.other_years:
        others.append(title.quote)
    if not others:
        return ()
    return (
        make_finding(
            "R21",
            "report_year",
            (),
            f"标题中的年份是{year}，正文中的年份与之不同：{others[0]}",
            f"the title states {year}, the text another year: {others[0]}",
            f"{title.quote}; {others[0]}",
        ),
    )


def _list_other_titles(title: TitleFound, titles: tuple[TitleFound, ...]) -> list[TitleFound]:
    """The body's other report titles; of lines only those under the title, or the only one there is: links to reports
    of other years stand elsewhere.
    """
    same = [t for t in titles if t.reading.kind == "report" and t.reading.agency_name == title.reading.agency_name]
    lines = [t for t in same if t.rank == HEAD and t.block_no is not None]
    if title.block_no is not None:
        lines = [t for t in lines if t.block_no is not None and t.block_no > title.block_no]
    is_one = len({t.reading.year for t in lines}) == 1
    return [t for t in same if t.rank != HEAD] + (lines if is_one else [])


def _contradicts(statement: YearStated, year: int) -> bool:
    return any(stated != year for stated in statement.years)


def _find_periods(printed: str, locator: str) -> list[YearStated]:
    if "20" not in (plain := fold_text(printed)) or not _ABOUT_PERIOD.search(plain):
        return []
    text = fold_with_positions(printed)
    found: list[YearStated] = []
    for pattern in (_PERIOD, _MONTHS, _WHOLE_YEAR, _DAMAGED):
        for match in pattern.finditer(text.text):
            sentence = text.text[: match.end()].rsplit("。", 1)[-1]
            if not _ABOUT_PERIOD.search(sentence):
                continue
            groups = match.groupdict()
            years = (int(groups["y1"]), int(groups.get("y2") or groups["y1"]))
            is_damaged = pattern is _DAMAGED
            if (is_damaged and years[0] != years[1]) or (pattern is _PERIOD and not _is_year_long(groups, years)):
                continue
            agreeing = years if groups.get("m1", "1").lstrip("0") == "1" else years[1:]
            quote = _quote(text, match.start(), match.end())
            found.append(YearStated(years[1], agreeing, quote, locator, "period", is_damaged))
        if found:
            return found
    return found


def _is_year_long(groups: dict[str, str | None], years: tuple[int, int]) -> bool:
    """Whether a period runs over about a year, as that of a report does; shorter ones are of something else."""
    first, last = int(groups["m1"] or 0), int(groups["m2"] or 0)
    return 11 <= (years[1] - years[0]) * 12 + last - first <= 25


def _find_self_names(line: Line) -> list[YearStated]:
    """What a sentence above chapter one calls the report; names in 《…通知》 are those of other documents."""
    if "。" not in line.folded and "," not in line.folded:
        return []
    text = fold_with_positions(line.text)
    found: list[YearStated] = []
    for match in _SELF_NAMED.finditer(text.text):
        title_end = text.text.find("》", match.end())
        is_inside = text.text[: match.start()].rfind("《") > text.text[: match.start()].rfind("》")
        if is_inside and not text.text[match.end() :].startswith("》") and title_end >= 0:
            continue
        year = int(match["year"])
        quote = _quote(text, match.start(), match.end())
        found.append(YearStated(year, (year,), quote, line.locator, "name"))
    return found


def _find_chapter_year(page: Page, headings: tuple[Heading, ...]) -> list[YearStated]:
    """The year that sentences of chapter one begin with (2023年，本局…), where two or more do and all with the same."""
    if not headings or headings[0].chapter != 1:
        return []
    end = headings[1].block_no if len(headings) > 1 else len(page.blocks)
    found: list[YearStated] = []
    for block in page.blocks[headings[0].block_no + 1 : end]:
        if not isinstance(block, Paragraph):
            continue
        for match in _SENTENCE_YEAR.finditer(fold_text(block.text)):
            year = int(match["year"])
            found.append(YearStated(year, (year,), f"{match['sentence']}…", block.locator, "chapter"))
    is_one = len(found) > 1 and len({statement.year for statement in found}) == 1
    return found[:1] if is_one else []


def _find_header_years(page: Page) -> list[YearStated]:
    """Years inside headers of the form (本年（2023）制发件数), and a header cell that is only a year (2015年度)."""
    found: list[YearStated] = []
    for block in page.blocks:
        if not isinstance(block, Grid):
            continue
        for cell in block.cells:
            if "20" not in (text := fold_text(cell.text)):
                continue
            match = _HEADER_YEAR.search(text) or _YEAR_CELL.fullmatch(text)
            if match is not None:
                year = int(match["year"])
                source = "header" if text.startswith("本年") or cell.row == 0 else "cell"
                found.append(YearStated(year, (year,), cell.text.strip(), cell.locator, source))
    return [statement for statement in found if statement.source == "header"]


def _quote(text: FoldedText, start: int, end: int) -> str:
    """The printed match with the clause that leads to it, on one line."""
    clause = max(text.text.rfind(stop, 0, start) for stop in "。,;!?:") + 1
    begin = clause if end - clause <= _LONGEST_QUOTE else start
    return re.sub(r"\s+", " ", text.quote(begin, end)).strip()
