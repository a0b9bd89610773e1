"""Reads whether a report covers its own body or sums up others, with the words that say so.

In this order: a sentence on what the report is made of (涵盖, 汇总, 综合 … 编制); a count of applications whose subject
is the region (全市共收到 …) and that is the one table 3 prints; the kind of body the title names. A region's words
elsewhere (做好全区各部门 …) decide nothing. A government's title alone is only presumed to sum up its region.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from parsers.prose.statements import split_sentences
from parsers.prose.text import fold_text
from parsers.report import Chapter, ReportCell, Scope, Statement

BodyKind = Literal["system", "township", "office", "department", "zone", "government", "place"]
_OF_TITLES: dict[BodyKind, Scope] = {
    "system": "system_rollup",
    "township": "own_body",
    "office": "own_body",
    "department": "own_body",
    "zone": "own_body",
    "government": "jurisdiction_rollup_presumed",
    "place": "jurisdiction_rollup_presumed",
}
_TRAILING_BRACKETS = re.compile(r"(?:\([^()]*\))+$")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Body(_Record):
    kind: BodyKind
    ends: str


class _Sentence(_Record):
    scope: Scope
    words: str
    kinds: tuple[BodyKind, ...]


class _ScopeWords(_Record):
    bodies: tuple[_Body, ...]
    made_of: str
    inside_units: str
    sentences: tuple[_Sentence, ...]
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeReading:
    """A scope and the printed words it rests on; null words where nothing tells (`unknown`)."""

    scope: Scope
    evidence: str | None


@cache
def _load_words() -> _ScopeWords:
    text = resources.files("parsers.identity").joinpath("scope.yml").read_text(encoding="utf-8")
    return _ScopeWords.model_validate(yaml.safe_load(text))


def read_scope(
    agency_name: str | None,
    chapters: tuple[Chapter, ...],
    statements: tuple[Statement, ...],
    cells: tuple[ReportCell, ...],
) -> ScopeReading:
    """The scope of a report by the name in its title, its text before chapter one, its statements and table 3."""
    kind = find_body_kind(agency_name) if agency_name is not None else None
    if agency_name is None or kind is None:
        return ScopeReading("unknown", None)
    preamble = next((chapter.body_text for chapter in chapters if chapter.chapter == 0), "")
    found = _find_sentence(preamble, kind) or _find_count(statements, cells, kind)
    return found or ScopeReading(_OF_TITLES[kind], agency_name)


def find_body_kind(agency_name: str) -> BodyKind | None:
    """What kind of body a name ends as; null where no known ending fits."""
    name = _TRAILING_BRACKETS.sub("", fold_text(agency_name))
    return next((body.kind for body in _load_words().bodies if re.search(rf"(?:{body.ends})$", name)), None)


def _find_sentence(preamble: str, kind: BodyKind) -> ScopeReading | None:
    words = _load_words()
    for sentence in split_sentences(preamble):
        folded = fold_text(sentence)
        if not re.search(words.made_of, folded) or re.search(words.inside_units, folded):
            continue
        for rule in words.sentences:
            if kind in rule.kinds and re.search(rule.words, folded):
                return ScopeReading(rule.scope, sentence)
    return None


def _find_count(
    statements: tuple[Statement, ...], cells: tuple[ReportCell, ...], kind: BodyKind
) -> ScopeReading | None:
    """A region's count decides for a government or its office, unless table 3 prints another one: then the table is
    not the region's."""
    if kind not in ("government", "place", "office", "zone"):
        return None
    printed = set(_list_received(cells))
    for statement in statements:
        is_regions = statement.subject == "region" and statement.breakdown == "none" and statement.period == "year"
        if not is_regions or statement.metric_id not in _load_words().counts or statement.bound != "exact":
            continue
        if not printed or statement.value in printed:
            return ScopeReading("jurisdiction_rollup", statement.sentence_text)
    return None


def _list_received(cells: tuple[ReportCell, ...]) -> Iterator[Decimal]:
    """Applications as table 3 prints them: newly received, and with those carried in; nothing where it prints none."""
    totals = {
        cell.line_id: cell.value
        for cell in cells
        if cell.table_id == "t3" and cell.column_id == "total" and cell.value is not None
    }
    if "received_new" in totals:
        yield totals["received_new"]
        if "carried_in" in totals:
            yield totals["received_new"] + totals["carried_in"]
