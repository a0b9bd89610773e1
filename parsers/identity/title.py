"""Reads one title, such as 某县财政局2023年政府信息公开工作年度报告: the body's name, the year, the kind of document.

The name may stand before or behind the year, the year inside the words, behind them or in brackets. Brackets, site
names and page furniture behind the title are left out. Nothing is corrected: a misread name stays as printed.
"""

import re
from dataclasses import dataclass
from functools import cache

from parsers.identity.lookups import TitleKind, load_title_words
from parsers.identity.names import is_agency_like, may_be_agency
from parsers.prose.text import FoldedText, clean_name, fold_with_positions

_FIGURE_YEAR = r"(?<!\d)(?:19|20)\d{2}(?!\d)"
_WORD_YEAR = r"二[〇○零O0][〇○零O0一二三四五六七八九]{2}(?=年)"
_NOT_A_DATE = r"(?!\d{0,2}年?\d{1,2}月|[-/.]\d{1,2}[-/.])"
YEAR = rf"(?:{_FIGURE_YEAR}|{_WORD_YEAR}){_NOT_A_DATE}(?:年年度|年度|年(?!\d{{1,2}}月))?"
_YEARS_IN_RANGE = re.compile(rf"(?:{_FIGURE_YEAR})年?度?(?:[-—–~至、和与及]+)(?:{_FIGURE_YEAR})年?度?")
_BRACKETS = re.compile(r"\((?P<inside>[^()]*)\)|【(?P<square>[^】]*)】|\[(?P<angular>[^\]]*)\]")
_FILE_ENDING = re.compile(r"\.(?:pdf|docx?|wps|ofd|html?|txt)(?![a-z])", re.IGNORECASE)
_DIGIT_WORDS = {"〇": "0", "○": "0", "零": "0", "O": "0", "一": "1", "二": "2", "三": "3", "四": "4"}
_DIGIT_WORDS |= {"五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}
_EDGES = '》〉」』】”"“《〈「『【:,.-_|·—–~、> <'
_LATEST_CORE = 80
_LONGEST_REST = 20


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What one title says. `agency_name` and `year` are null where the title prints none.

    `other_years` are further years in it; `end` is the printed place behind the title; `core_start` the printed place
    where the words 政府信息公开 begin.
    """

    title_text: str
    kind: TitleKind
    agency_name: str | None
    year: int | None
    other_years: tuple[int, ...]
    core_start: int
    end: int


def is_report_title(text: str) -> bool:
    """Whether a title is that of an annual report: not of a letter, summary, self-check, commentary or comparison."""
    return classify_title(text) == "report"


def classify_title(text: str) -> TitleKind | None:
    """The kind of document a title announces; null where it says nothing of 政府信息公开 or 政务公开."""
    reading = read_title(text)
    if reading is not None:
        return reading.kind
    folded = fold_with_positions(text).text
    if not re.search(load_title_words().subject, folded):
        return None
    return next((other.kind for other in load_title_words().other_kinds if re.search(other.anywhere, folded)), None)


def read_title(text: str) -> TitleReading | None:
    """Reads a title that stands at the beginning of the text; null where there is none."""
    folded = fold_with_positions(text)
    start = _skip_prefixes(folded.text)
    core = _compile_core().search(folded.text, start, start + _LATEST_CORE)
    if core is None:
        return None
    before_end, subject_start = core.start(), core.start()
    if folded.text[start:before_end].endswith("人民") and core[0].startswith("政府"):
        before_end += len("政府")
    rest = _read_rest(folded.text[core.end() :], folded.text[start : core.end()])
    if rest is None:
        return None
    before = folded.text[start:before_end]
    kind_before = _find_kind_before(before)
    kind = kind_before if rest.kind == "report" else rest.kind
    years = _find_years(before, core["fill"] or "", rest.year_text)
    names_body = kind_before == "report" and kind not in ("notice", "blank_form", "comparison")
    agency = _read_agency(folded, start, before_end, bool(years)) if names_body else None
    end = core.end() + rest.length
    if kind == "report" and agency is None and not _may_lack_name(before):
        return None
    return TitleReading(
        title_text=join_lines(folded.quote(start, end)).strip(_EDGES),
        kind=kind,
        agency_name=agency,
        year=years[0] if years else None,
        other_years=tuple(year for year in years[1:] if year != years[0]),
        core_start=folded.start_of(subject_start),
        end=folded.start_of(end - 1) + 1,
    )


def join_lines(printed: str) -> str:
    """Printed text on one line: line breaks vanish, other white space is one blank, conversion marks are gone."""
    text = re.sub(r"\[bookmark:[^\]]*\]|[#*`]+", "", printed)
    return re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "", text)).strip()


def parse_year(text: str) -> int | None:
    """The year a folded text begins with, in figures or in words (二〇二三年)."""
    if re.match(r"(?:19|20)\d{2}", text):
        return int(text[:4])
    if re.match(_WORD_YEAR, text):
        return int("".join(_DIGIT_WORDS.get(sign, sign) for sign in text[:4]))
    return None


@cache
def _compile_core() -> re.Pattern[str]:
    words = load_title_words()
    year = rf"\(?{YEAR}\)?"
    fill = rf"(?:{words.fill}|{year})*"
    subject = rf"(?:{words.subject})(?:工作)?(?:(?:{words.joined_by})(?:{words.subject}))*"
    return re.compile(rf"(?:{subject})(?P<fill>{fill})(?:{words.report})")


@dataclass(frozen=True, slots=True)
class _Rest:
    length: int
    year_text: str
    kind: TitleKind


def _skip_prefixes(text: str) -> int:
    start = 0
    while True:
        skipped = next((m for p in load_title_words().prefixes if (m := re.match(p, text[start:]))), None)
        if skipped is None or not skipped.end():
            return start
        start += skipped.end()


def _read_rest(rest: str, title: str) -> _Rest | None:
    """What follows the words: a year, brackets, a site's name, the beginning of the text; null within a sentence."""
    words = load_title_words()
    place, year_text = 0, ""
    while place < len(rest):
        tail = rest[place:]
        if rest[place] in '》〉」』】”"':
            place += 1
            continue
        brackets = _BRACKETS.match(tail)
        inside = (brackets["inside"] or brackets["square"] or brackets["angular"] or "") if brackets else ""
        kind = _find_kind_behind(tail[: brackets.end()] if brackets else tail[:_LONGEST_REST], bool(brackets))
        if kind is not None:
            return _Rest(min(len(rest), place + _LONGEST_REST), year_text, kind)
        year = re.match(rf"[-—–]*({YEAR})$", tail) or re.match(rf"({YEAR})(?=[_|(])", tail)
        if brackets is not None:
            year_text += inside if re.fullmatch(rf"(?:{YEAR})", inside) else ""
            place += brackets.end()
        elif year is not None:
            year_text += year[1]
            place += year.end()
        else:
            break
    tail = rest[place:]
    if not tail or _FILE_ENDING.match(tail) or tail.startswith(title):
        return _Rest(place, year_text, "report")
    if any(re.match(ended, tail) for ended in (words.separators, words.text_starters, words.furniture_starters)):
        return _Rest(place, year_text, "report")
    return None


def _find_kind_behind(tail: str, in_brackets: bool) -> TitleKind | None:
    for other in load_title_words().other_kinds:
        pattern = (
            rf"\([^()]*?(?:{other.after})"
            if in_brackets
            else rf"[:—_|-]?(?:的|文字|政策|数据|情况|年度)*(?:{other.after})"
        )
        if re.match(pattern, tail):
            return other.kind
    return None


def _find_kind_before(before: str) -> TitleKind:
    if _YEARS_IN_RANGE.search(before):
        return "comparison"
    return next((o.kind for o in load_title_words().other_kinds if re.search(o.before, before)), "report")


def _find_years(before: str, fill: str, behind: str) -> list[int]:
    """The years of a title, the one nearest to the words 政府信息公开 first; none where a range of years is printed."""
    if _YEARS_IN_RANGE.search(before) or _YEARS_IN_RANGE.search(behind):
        return []
    found = [match[0] for match in re.finditer(YEAR, fill)]
    found += [match[0] for match in reversed(list(re.finditer(YEAR, before)))]
    found += [match[0] for match in re.finditer(YEAR, behind)]
    return [year for quote in found if (year := parse_year(quote)) is not None]


def _read_agency(folded: FoldedText, start: int, end: int, has_year: bool) -> str | None:
    """The name before the words, the year cut out of it; null where nothing stands there that can be a name."""
    before = folded.text[start:end]
    parts = [(start + m.start(), start + m.end()) for m in re.finditer(rf"\(?{YEAR}\)?", before)]
    pieces = [_trim(folded.text, a, b) for a, b in _list_gaps(start, end, parts)]
    pieces = [(a, b) for a, b in pieces if b > a]
    if not pieces or len(pieces) > 2:
        return None
    name = "".join(folded.text[a:b] for a, b in pieces)
    if len(pieces) == 2 and not all(is_agency_like(folded.text[a:b]) for a, b in pieces):
        return None
    if not (may_be_agency(name) if has_year else is_agency_like(name)):
        return None
    return "".join(clean_name(folded.quote(a, b)) for a, b in pieces)


def _list_gaps(start: int, end: int, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [start, *(edge for part in parts for edge in part), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Takes quotes, stops, 关于 and 的 off both ends of a name."""
    while start < end and text[start] in _EDGES:
        start += 1
    if text[start:end].startswith("关于"):
        start += 2
    while start < end and (text[end - 1] in _EDGES or text[end - 1] == "的"):
        end -= 1
    if text[start:end].endswith("关于"):
        end -= 2
    return start, end


def _may_lack_name(before: str) -> bool:
    """Whether a title without a readable name is a title all the same: nothing, a pronoun (我局) or a name with figures
    stands before the words; anything else is the middle of a sentence or navigation.
    """
    bare = re.sub(rf"\(?(?:{_YEARS_IN_RANGE.pattern}|{YEAR})\)?|[{re.escape(_EDGES)}()]", "", before)
    if re.search(r"[。,;!?:]", before) or len(bare) > _LONGEST_REST:
        return False
    return (
        not bare
        or re.search(r"\d", bare) is not None
        or re.fullmatch(load_title_words().not_agencies.whole, bare) is not None
    )
