"""Reads the figures of a sentence: how many, in which unit, how exact; and what only looks like a figure.

Left out by name: dates, years, periods, ordinals, ranges, telephone and document numbers, digits inside Latin words.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from parsers.prose.lexicon import Lexicon

FigureKind = Literal["value", "time", "year", "years", "ordinal", "other"]
# Longer runs of digits are codes; the warehouse keeps eight places.
_LONGEST_NUMBER, _MOST_PLACES = 12, 4
_LARGEST = Decimal(10) ** _LONGEST_NUMBER
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WORD = r"[零〇一二两三四五六七八九十百千]"
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度)?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:份|底|初|末)?")
_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)(?:年度?)?[-—~至](?P<year>(?:19|20)\d\d)年(?:度)?")
_RUN = re.compile(r"\d+(?:[-—~〜～/:.]\d+){2,}|\d+[-—~〜～/:]\d+(?:[-—~〜～/:.]\d+)*")
_ARABIC = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<fraction>\.\d+)?(?P<more>[余多])?(?P<scale>[十百千]?[万亿]|[十百千])?(?P<rest>[余多])?"
)
_IN_WORDS = re.compile(rf"(?P<number>{_WORD}+)(?P<more>[余多])?(?P<scale>[万亿])?(?P<rest>[余多])?")
_PER_CENT = "百分之"
_ORDINAL = re.compile(rf"第(?:\d+|{_WORD}+)")
_BEFORE_BARE = frozenset("为达到数量是:计共率度均零余约近超破过逾")
_STOPS = frozenset(",;:、。)!?”+")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read: `value` and `unit` for a value, `year` for a year; where it ends in the text."""

    kind: FigureKind
    end: int
    value: Decimal | None = None
    unit: str | None = None
    unit_kind: str = "bare"
    bound: str | None = None
    year: int | None = None
    is_in_words: bool = False


def read_figure(text: str, start: int, lexicon: Lexicon) -> Figure | None:
    """The figure that begins here; null when none does."""
    if text[start] == "第":
        match = _ORDINAL.match(text, start)
        return _end_ordinal(text, match.end(), lexicon) if match is not None else None
    if text.startswith(_PER_CENT, start):
        return _read_per_cent(text, start + len(_PER_CENT), lexicon)
    if text[start].isdigit() and text[start].isascii():
        return _read_digits(text, start, lexicon)
    return _read_words(text, start, lexicon)


def _read_per_cent(text: str, start: int, lexicon: Lexicon) -> Figure | None:
    """百分之九十八 is 98%, 百分之百 is 100%."""
    match = _ARABIC.match(text, start) or _IN_WORDS.match(text, start)
    if match is None:
        return None
    word = match["number"]
    value = Decimal(word.replace(",", "")) if word.isdigit() else _count_words(word)
    return Figure("value", match.end(), value, "%", "percent", is_in_words=not word.isdigit())


def _end_ordinal(text: str, end: int, lexicon: Lexicon) -> Figure:
    unit = lexicon.find_unit(text, end)
    if unit is None:
        return Figure("other", end)
    kind = lexicon.units[unit]
    return Figure("ordinal" if kind == "event" else "other", end + len(unit), Decimal(1), unit, kind, is_in_words=True)


def _read_digits(text: str, start: int, lexicon: Lexicon) -> Figure:
    years = _YEARS.match(text, start)
    if years is not None:
        return Figure("years", years.end())
    date = _DATE.match(text, start)
    if date is not None and _FIRST_YEAR <= int(date["year"]) <= _LAST_YEAR:
        return Figure("year", date.end(), year=int(date["year"]))
    run = _RUN.match(text, start)
    if run is not None and not re.fullmatch(r"\d+\.\d+", run[0]):
        unit = lexicon.find_unit(text, run.end())
        return Figure("other", run.end() + len(unit or ""))
    match = _ARABIC.match(text, start)
    if match is None or (start and _LATIN.match(text[start - 1])) or _LATIN.match(text[match.end() : match.end() + 1]):
        return Figure("other", start + 1 if match is None else match.end())
    if len(match["number"]) > _LONGEST_NUMBER or len(match["fraction"] or ".") - 1 > _MOST_PLACES:
        return Figure("other", match.end())
    value = Decimal(match["number"].replace(",", "") + (match["fraction"] or ""))
    for scale in match["scale"] or "":
        value *= lexicon.multipliers[scale]
    bound = "at_least" if match["more"] or match["rest"] else None
    if match["scale"] and bound is None and text[match.end() : match.end() + 1].isdigit():
        return _add_smaller(value, _read_digits(text, match.end(), lexicon))
    if value >= _LARGEST:
        return Figure("other", match.end())
    return _end_value(text, start, match.end(), value, bound, lexicon, is_in_words=False)


def _add_smaller(value: Decimal, smaller: Figure) -> Figure:
    """1万2千 is one figure; what is no figure of a smaller scale makes both none."""
    if smaller.kind != "value" or smaller.value is None or not smaller.value < value < _LARGEST:
        return Figure("other", smaller.end)
    return replace(smaller, value=value + smaller.value)


def _read_words(text: str, start: int, lexicon: Lexicon) -> Figure | None:
    match = _IN_WORDS.match(text, start)
    if match is None:
        return None
    value = _count_words(match["number"])
    if value is not None and match["scale"]:
        value *= lexicon.multipliers[match["scale"]]
    unit = lexicon.find_unit(text, match.end())
    if value == 0 and unit is None and is_bare_value(text, start, match.end()):
        return Figure("value", match.end(), Decimal(0), is_in_words=True)
    if value is None or unit is None:
        return None
    if lexicon.units[unit] in ("time", "ignored"):
        return Figure("time", match.end() + len(unit))
    if unit not in lexicon.counted_in_words and value != 0:
        return None
    bound = "at_least" if match["more"] or match["rest"] else None
    return _end_value(text, start, match.end(), value, bound, lexicon, is_in_words=True)


def is_bare_value(text: str, start: int, end: int) -> bool:
    """Whether a figure without a unit counts something: 为0, 共计12, 访问量3万, up to the next stop."""
    behind = text[end : end + 1]
    return text[start - 1 : start] in _BEFORE_BARE and (not behind or behind in _STOPS or behind in "余左上")


def _end_value(
    text: str, start: int, end: int, value: Decimal, bound: str | None, lexicon: Lexicon, *, is_in_words: bool
) -> Figure:
    """Adds the unit and what stands behind it; a figure of time or of something never counted here is none."""
    unit = lexicon.find_unit(text, end)
    if unit is None and text[end : end + 1] in lexicon.multipliers:
        return Figure("other", end)
    kind = "bare"
    if unit is not None:
        kind = lexicon.units[unit]
        end += len(unit)
    if kind == "time":
        return Figure("time", end)
    if kind == "ignored" or (unit is None and not is_bare_value(text, start, end)):
        return Figure("other", end)
    after = next((word for word in lexicon.bounds_after if text.startswith(word, end)), None)
    if after is not None:
        bound = lexicon.bounds_after[after]
        end += len(after)
        unit_behind = lexicon.find_unit(text, end) if unit is None else None
        if unit_behind is not None:
            unit, kind, end = unit_behind, lexicon.units[unit_behind], end + len(unit_behind)
    return Figure("value", end, value, unit, kind, bound, is_in_words=is_in_words)


def _count_words(word: str) -> Decimal | None:
    """十二 is 12, 两百 is 200, 二〇 is no counted figure."""
    if len(word) == 1 and word in _DIGITS:
        return Decimal(_DIGITS[word])
    total, digit = 0, None
    for character in word:
        if character in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[character]
            continue
        total += (1 if digit is None else digit) * {"十": 10, "百": 100, "千": 1000}[character]
        digit = None
    return Decimal(total + (digit or 0)) if total else None
