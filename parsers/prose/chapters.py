"""Reads the six chapters 一、总体情况 to 六、其他需要报告的事项 by what their headings say.

Ordinals may be missing, doubled or restarted, so a heading is known by its words; the ordinal only breaks ties.
Headings inside chapter one that look alike, such as （一）主动公开, are no chapters. Reports of before 2019 have
chapters of their own: those that the national form knows get its number, the others stay in the text of the chapter
above them.
Left out: tables. A page without any heading is one chapter 0.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from parsers.page import Page, Paragraph
from parsers.prose.text import fold_text, fold_with_positions
from parsers.report import Chapter

Style = Literal["chapter", "none", "bracket", "figure"]
_ORDINALS = "一二三四五六七八九十"
_PREFIXES: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("bracket", re.compile(rf"\([{_ORDINALS}]+\)[、.,]?")),
    ("figure", re.compile(r"\(?\d{1,2}[.、,)]")),
    ("chapter", re.compile(rf"第?(?P<ordinal>[{_ORDINALS}]{{1,2}})(?:部分|章)?(?P<stop>[、.,:;]*)")),
)
_TAIL = re.compile(r"(?:\((?:文字描述)?[^()]{0,30}\))?[:。.;]?$")
_TABLE_OF_CONTENTS = re.compile(r"(?:\.{3,}|·{2,})\d*$")
_LONGEST_HEADING = 45
_LONGEST_PRINTED = 120
_FEWEST_CHAPTERS = 2
# A heading that stands alone on its line and whose ordinal agrees is worth most, a word in a numbered line least.
_STRICT_AGREED, _STRICT, _INLINE, _LOOSE_AGREED, _LOOSE, _OTHER_STYLE = 6, 5, 4, 3, 2, 1


class _ChapterNames(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    chapter: int
    names: tuple[str, ...]
    strict: tuple[str, ...]
    loose: tuple[str, ...]


class _ChapterFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    chapters: tuple[_ChapterNames, ...]
    never: tuple[str, ...]
    enumerated_by: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter's heading: the block it stands in and where in the block's printed text it begins and ends."""

    chapter: int
    text: str
    block_no: int
    start: int
    end: int
    score: int


@cache
def _load_names() -> _ChapterFile:
    text = resources.files("parsers.prose").joinpath("chapters.yml").read_text(encoding="utf-8")
    return _ChapterFile.model_validate(yaml.safe_load(text))


def read_chapters(page: Page, headings: tuple[Heading, ...]) -> tuple[Chapter, ...]:
    """The chapters under these headings, in the order of their numbers, each once; 0 is the text before the first.

    A heading given twice continues its chapter. `body_text` is the paragraphs joined by line breaks, tables not
    included; it is empty where a chapter holds only its table. Chapter 0 is there only if it has text.
    """
    by_block: dict[int, list[Heading]] = {}
    for heading in headings:
        by_block.setdefault(heading.block_no, []).append(heading)
    bodies: dict[int, list[str]] = {0: []}
    titles: dict[int, str] = {0: ""}
    current = 0
    for block_no, block in enumerate(page.blocks):
        if not isinstance(block, Paragraph):
            continue
        place = 0
        for heading in by_block.get(block_no, []):
            _append_text(bodies[current], block.text[place : heading.start])
            current, place = heading.chapter, heading.end
            titles.setdefault(current, heading.text)
            bodies.setdefault(current, [])
        _append_text(bodies[current], block.text[place:])
    found = [Chapter(number, titles[number], "\n".join(bodies[number])) for number in sorted(bodies)]
    return tuple(chapter for chapter in found if chapter.chapter or chapter.body_text)


def find_headings(page: Page) -> tuple[Heading, ...]:
    """The headings that open a chapter, in reading order; of several for one chapter, those that say it best."""
    candidates = [
        heading
        for block_no, block in enumerate(page.blocks)
        if isinstance(block, Paragraph)
        for heading in _find_in_paragraph(block, block_no)
    ]
    candidates = _leave_out_other_styles(_leave_out_contents(candidates))
    best: dict[int, int] = {}
    for heading in candidates:
        best[heading.chapter] = max(heading.score, best.get(heading.chapter, heading.score))
    return tuple(heading for heading in candidates if heading.score == best[heading.chapter])


def _append_text(body: list[str], text: str) -> None:
    if text.strip():
        body.append(text.strip())


def _find_in_paragraph(paragraph: Paragraph, block_no: int) -> list[Heading]:
    """Lines that are headings; else headings that running text was fused with; else lines that are loosely headings."""
    exact = _find_lines(paragraph, block_no, _score_strictly)
    if exact:
        return exact
    return _find_inside(paragraph, block_no) or _find_lines(paragraph, block_no, _score_loosely)


def _find_lines(
    paragraph: Paragraph, block_no: int, score_line: Callable[[str], tuple[int, int] | None]
) -> list[Heading]:
    found: list[Heading] = []
    place = 0
    for line in paragraph.text.split("\n"):
        text = fold_text(line) if len(line) <= _LONGEST_PRINTED else ""
        scored = score_line(text) if _may_be_heading(text) else None
        if scored is not None:
            start = place + len(line) - len(line.lstrip())
            heading_text = line.strip().lstrip("# ")
            found.append(Heading(scored[0], heading_text, block_no, start, place + len(line), scored[1]))
        place += len(line) + 1
    return found


def _may_be_heading(text: str) -> bool:
    if not text or len(text) > _LONGEST_HEADING or _TABLE_OF_CONTENTS.search(text):
        return False
    return _compile_never().search(text) is None


def _score_strictly(text: str) -> tuple[int, int] | None:
    """Chapter and score of a line that is a known heading word for word, whatever ordinal it has or lacks."""
    style, ordinal, _, rest = _split_ordinal(text)
    bare = _TAIL.sub("", rest)
    for chapter, names in _compile_strict():
        if names.fullmatch(bare):
            if style in ("bracket", "figure"):
                return chapter, _OTHER_STYLE
            return chapter, _STRICT_AGREED if ordinal == chapter else _STRICT
    return None


@cache
def _compile_never() -> re.Pattern[str]:
    return re.compile(_join_options(_load_names().never))


@cache
def _compile_strict() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((names.chapter, re.compile(_join_options(names.strict))) for names in _load_names().chapters)


def _join_options(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _score_loosely(text: str) -> tuple[int, int] | None:
    """Chapter and score of a line numbered 一、 二、 … that holds a word of a chapter."""
    style, ordinal, has_stop, rest = _split_ordinal(text)
    bare = _TAIL.sub("", rest)
    if style != "chapter" or not has_stop or re.search(r"[。,;!?]", bare):
        return None
    agreed = [c.chapter for c in _load_names().chapters if any(re.search(pattern, bare) for pattern in c.loose)]
    if not agreed:
        return None
    return (ordinal, _LOOSE_AGREED) if ordinal in agreed else (agreed[0], _LOOSE)


def _split_ordinal(text: str) -> tuple[Style, int | None, bool, str]:
    for style, pattern in _PREFIXES:
        match = pattern.match(text)
        if match is None:
            continue
        if style != "chapter":
            return style, None, True, text[match.end() :]
        ordinal = _ORDINALS.index(match["ordinal"][0]) + 1 if len(match["ordinal"]) == 1 else None
        return style, ordinal, bool(match["stop"]), text[match.end() :]
    return "none", None, False, text


@cache
def _compile_inside() -> re.Pattern[str]:
    """一、 to 六、 with an official name of just that chapter, not in quotes and not one of an enumeration."""
    names = _load_names()
    options = [
        rf"{_ORDINALS[c.chapter - 1]}[、.,](?:{'|'.join(sorted(map(re.escape, c.names), key=len, reverse=True))})"
        for c in names.chapters
    ]
    return re.compile(
        rf"(?<![\"“《「'(第{_ORDINALS}])(?P<heading>{'|'.join(options)})(?![{re.escape(names.enumerated_by)}])[。:]?"
    )


def _find_inside(paragraph: Paragraph, block_no: int) -> list[Heading]:
    matches = list(_compile_inside().finditer(fold_text(paragraph.text)))
    if not matches or any(b.start() - a.end() < _FEWEST_CHAPTERS for a, b in pairwise(matches)):
        return []
    folded = fold_with_positions(paragraph.text)
    return [
        Heading(
            chapter=_ORDINALS.index(match[0][0]) + 1,
            text=folded.quote(match.start("heading"), match.end("heading")),
            block_no=block_no,
            start=folded.start_of(match.start()),
            end=folded.start_of(match.end() - 1) + 1,
            score=_INLINE,
        )
        for match in matches
    ]


def _leave_out_contents(headings: list[Heading]) -> list[Heading]:
    """Drops a table of contents: what stands directly above another chapter's heading, or above chapter 1, and comes
    again as good further down.
    """
    firsts = [place for place, heading in enumerate(headings) if heading.chapter == 1]
    kept: list[Heading] = []
    for place, heading in enumerate(headings):
        later = headings[place + 1 :]
        is_above = bool(later) and later[0].block_no <= heading.block_no + 1 and later[0].chapter != heading.chapter
        is_early = bool(firsts) and heading.chapter != 1 and place < firsts[-1]
        if (is_above or is_early) and any(h.chapter == heading.chapter and h.score >= heading.score for h in later):
            continue
        kept.append(heading)
    return kept


def _leave_out_other_styles(headings: list[Heading]) -> list[Heading]:
    """（一） and 1. head chapters only in a report that numbers hardly any chapter otherwise."""
    numbered = [heading for heading in headings if heading.score > _OTHER_STYLE]
    return numbered if len({heading.chapter for heading in numbered}) >= _FEWEST_CHAPTERS else headings
