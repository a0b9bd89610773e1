"""Reads the statements of a report from its chapters, sentence by sentence, each figure once.

Read: chapters one, five and six and what stands before the first heading, whole; of chapters two to four, which hold
the tables, only sentences that end with a full stop. Left out: table cells. A value stated twice is one statement, at
its first sentence; two different values are two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.prose.drafts import Draft, SentenceState
from parsers.prose.sentence import read_sentence
from parsers.prose.text import fold_text
from parsers.report import Chapter, Statement

_TABLE_CHAPTERS = frozenset({2, 3, 4})
_SENTENCE = re.compile(r"[^。！？!?\n]+(?P<stop>[。！？!?])?")
# What a sentence must hold to state anything: a digit, a word for zero, a numeral before a counter, an ordinal.
_MAY_STATE = re.compile(
    r"\d|[未无没零]|[一二两三四五六七八九十百千万亿][余多]?[人次期场件条篇份起宗名回]|第.{1,4}[次期场]"
)
# A line that is this long and ends without a stop goes on in the next one: a conversion kept the lines of the print.
_LONG_LINE = 30
_LINE_ENDS = frozenset("。！？!?；;：:）)》”")
_NEW_LINE = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十])"
)


@dataclass(frozen=True, slots=True)
class StatementsReading:
    """The statements of a report, and the numbers of the wholes some of whose parts could not be named."""

    statements: tuple[Statement, ...]
    open_wholes: frozenset[int]


def read_statements(
    chapters: tuple[Chapter, ...], report_year: int | None, agency_name: str | None
) -> StatementsReading:
    """The statements in reading order. The year tells other years' figures apart, the name the agency's own words."""
    own_name = fold_text(agency_name) if agency_name is not None else ""
    drafts = list(_read_chapters(chapters, report_year, own_name))
    found: dict[tuple, Statement] = {}
    for chapter, sentence, draft in drafts:
        key = (draft.metric_id, draft.breakdown, draft.part_id, draft.subject, draft.period, draft.value)
        if key not in found:
            found[key] = _make_statement(len(found) + 1, draft, sentence, chapter)
        draft.statement_no = found[key].statement_no
    open_wholes = {d.statement_no for _, _, d in drafts if d.has_unread_parts and d.statement_no is not None}
    return StatementsReading(tuple(found.values()), frozenset(open_wholes))


def _read_chapters(
    chapters: tuple[Chapter, ...], report_year: int | None, own_name: str
) -> Iterator[tuple[int, str, Draft]]:
    for chapter in chapters:
        state: SentenceState | None = None
        for sentence in split_sentences(chapter.body_text, needs_stop=chapter.chapter in _TABLE_CHAPTERS):
            folded = fold_text(sentence)
            if not _MAY_STATE.search(folded):
                state = None
                continue
            state = read_sentence(folded, report_year, own_name, state)
            yield from ((chapter.chapter, sentence, draft) for draft in state.drafts[state.told :])
            state.told = len(state.drafts)


def split_sentences(text: str, *, needs_stop: bool = False) -> Iterator[str]:
    """The sentences of running text as printed, without their last stop."""
    for paragraph in _join_lines(text):
        for match in _SENTENCE.finditer(paragraph):
            sentence = match[0].removesuffix(match["stop"] or "").strip()
            if sentence and (match["stop"] or not needs_stop):
                yield sentence


def _join_lines(text: str) -> Iterator[str]:
    """The paragraphs, put together again where a conversion broke them into printed lines."""
    waiting = ""
    for line in text.split("\n"):
        if waiting and not _NEW_LINE.match(line.strip()):
            waiting += line.strip()
        else:
            if waiting:
                yield waiting
            waiting = line.strip()
        if len(line.strip()) < _LONG_LINE or waiting[-1:] in _LINE_ENDS:
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def _make_statement(statement_no: int, draft: Draft, sentence: str, chapter: int) -> Statement:
    return Statement(
        statement_no=statement_no,
        whole_statement_no=None if draft.whole is None else draft.whole.statement_no,
        metric_id=draft.metric_id,
        breakdown=draft.breakdown or "none",
        breakdown_id=draft.part_id,
        value=draft.value,
        unit=draft.unit,
        bound=draft.bound,
        subject=draft.subject,
        period=draft.period,
        stated_in_words=draft.is_in_words,
        sentence_text=sentence,
        chapter=chapter,
    )
