"""Soft rules about the text of one report: R27 to R30. A failure is unusual, never an error."""

import re
from itertools import pairwise

from parsers.findings import Tally, make_finding
from parsers.prose.chapters import Heading
from parsers.prose.comparison import FEES
from parsers.prose.text import fold_text
from parsers.report import Chapter, Statement

_CHAPTERS = range(1, 7)
_NAMES = "一二三四五六"
_DESCRIBED = (5, 6)
_DATE = re.compile(r"20\d{2}年\d{1,2}月\d{1,2}日")


def check_chapter_order(headings: tuple[Heading, ...]) -> Tally:
    """R27: every chapter starts once, in the order of the form."""
    tally = Tally("R27")
    wrong = [(one, other) for one, other in pairwise(headings) if other.chapter <= one.chapter]
    if not headings:
        tally.not_assessable += 1
    elif not wrong:
        tally.passed += 1
    for one, other in wrong:
        tally.findings.append(
            make_finding(
                "R27",
                f"chapter_{other.chapter}",
                (),
                f"“{other.text}”排在“{one.text}”之后",
                f"`{other.text}` stands behind `{one.text}`",
                " | ".join(heading.text for heading in headings),
            )
        )
    return tally


def check_chapters_present(chapters: tuple[Chapter, ...]) -> Tally:
    """R28: all six chapters have a heading; not assessable where the text has none at all."""
    tally = Tally("R28")
    found = {chapter.chapter for chapter in chapters} - {0}
    if not found:
        tally.not_assessable += 1
        return tally
    missing = [number for number in _CHAPTERS if number not in found]
    if not missing:
        tally.passed += 1
        return tally
    tally.findings.append(
        make_finding(
            "R28",
            "chapters",
            (),
            f"没有找到第{'、'.join(_NAMES[number - 1] for number in missing)}部分的标题",
            f"no heading was found of chapters {', '.join(map(str, missing))}",
            " | ".join(chapter.heading_text for chapter in chapters if chapter.chapter),
        )
    )
    return tally


def check_chapters_filled(chapters: tuple[Chapter, ...], agency_name: str | None) -> Tally:
    """R29: chapters five and six hold text, be it 无; one without a heading is not assessable.

    The signature below the last chapter, name and date, is no text of it.
    """
    tally = Tally("R29")
    bodies = {chapter.chapter: chapter for chapter in chapters}
    for number in _DESCRIBED:
        if number not in bodies:
            tally.not_assessable += 1
        elif any(_says_something(line, agency_name) for line in bodies[number].body_text.splitlines()):
            tally.passed += 1
        else:
            heading = bodies[number].heading_text
            tally.findings.append(
                make_finding(
                    "R29",
                    f"chapter_{number}",
                    (),
                    f"“{heading}”之下没有文字",
                    f"nothing stands below `{heading}`",
                    heading,
                )
            )
    return tally


def _says_something(line: str, agency_name: str | None) -> bool:
    text = fold_text(line)
    is_name = agency_name is not None and text == fold_text(agency_name)
    return any(character.isalnum() for character in text) and not is_name and not _DATE.fullmatch(text)


def check_fees_stated(statements: tuple[Statement, ...]) -> Tally:
    """R30: the text does not say both that fees were charged and that none were."""
    tally = Tally("R30")
    stated = [s for s in statements if s.metric_id in FEES and s.subject == "own" and s.period == "year"]
    charged = [statement for statement in stated if statement.value > 0]
    denied = [statement for statement in stated if statement.value == 0]
    if charged and denied:
        tally.findings.append(
            make_finding(
                "R30",
                "information_processing_fees",
                (),
                f"正文既称收取信息处理费 {charged[0].value}{charged[0].unit}，又称没有收取",
                f"the text states processing fees of {charged[0].value} {charged[0].unit}, and that none were charged",
                f"{charged[0].sentence_text} | {denied[0].sentence_text}",
            )
        )
    elif stated:
        tally.passed += 1
    return tally
