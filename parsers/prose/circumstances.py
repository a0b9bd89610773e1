"""Whose figure it is, of which time, and whether it is no count of the year at all: a plan, an aim, a share."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from parsers.prose.clauses import Clause
from parsers.prose.cues import Cues
from parsers.prose.drafts import SentenceState
from parsers.prose.frames import load_grammar
from parsers.prose.tokens import Token
from parsers.report import StatementPeriod as Period

_MONTH = "月"


def note_circumstances(state: SentenceState, clause: Clause) -> None:
    """Takes from a clause what holds for the figures that follow: subject, period, plans, the end of a channel."""
    is_start, is_aimed = True, False
    for place, token in enumerate(clause.tokens):
        flags = token.flags
        if token.is_value:
            break
        if (is_start and "region" in flags) or ("region_bodies" in flags and not is_aimed):
            state.subject = "region"
        is_aimed = _is_aimed(token)
        if "own" in flags:
            state.subject = "own"
        if "until" in flags:
            state.is_until = True
        if "future" in flags or ("plan" in flags and _is_followed_by_verb(clause.tokens, place)):
            state.is_plan = True
        is_time = token.figure is not None or bool(flags & {"this_year", "total", "until", "own", "region", "at"})
        is_start = is_start and (
            is_time or (token.kind == "word" and not token.meaning.is_cue and not _is_aimed(token))
        )
    _note_period(state, clause)


def _is_aimed(token: Token) -> bool:
    return "recipient" in token.flags or "other_body" in token.flags


def _is_followed_by_verb(tokens: Sequence[Token], place: int) -> bool:
    following = next((t for t in tokens[place + 1 :] if t.meaning.is_cue or _ends_plan(t)), None)
    return following is not None and bool(set(following.meaning.verbs) - {"shift"})


def _ends_plan(token: Token) -> bool:
    """Whether what is planned must be named before: a year may stand between, 拟于2024年举办."""
    return token.kind != "word" and (token.figure is None or token.figure.year is None)


def _note_period(state: SentenceState, clause: Clause) -> None:
    """The year a clause names holds on; 历年 and 以来 make what follows cumulative, 上半年 another period, until a year
    is named again."""
    flags = clause.flags
    shifts = any("shift" in token.meaning.verbs for token in clause.tokens)
    years = list(_list_years(clause.tokens))
    if not shifts and years:
        year = years[-1]
        if state.base_year is None:
            state.base_year = year if state.report_year is None else state.report_year
        state.period = "year" if year == state.base_year else "other"
        state.is_plan = state.is_plan or (state.report_year is not None and year > state.report_year)
        if "cumulative" in flags and year != state.report_year:
            state.period = "cumulative"
    elif "cumulative" in flags or _spans_years(clause):
        state.period = "cumulative"
    if "this_year" in flags:
        state.period = "year"
    elif state.is_until and "accumulated" in flags:
        state.period = "cumulative"
    if "part_of_year" in flags:
        state.period = "other"
    if (_names_year(clause.tokens) or flags & set(load_grammar().resets_channel)) and not state.has_fresh_channel:
        state.channels = ()


def _spans_years(clause: Clause) -> bool:
    """Whether a figure is of several years: 2020年至2022年公开3000条."""
    return clause.has_value and any(t.figure is not None and t.figure.kind == "years" for t in clause.tokens)


def _names_year(tokens: Sequence[Token]) -> bool:
    """Whether a year is named, and no day or month of it."""
    return any(t.figure is not None and t.figure.year is not None and _MONTH not in t.text for t in tokens)


def _list_years(tokens: Sequence[Token]) -> Iterator[int]:
    """The years that are named, without those that something is only compared with."""
    for place, token in enumerate(tokens):
        if token.figure is None or token.figure.year is None:
            continue
        if not place or "than" not in tokens[place - 1].flags:
            yield token.figure.year


def is_change(flags: Collection[str], tokens: Sequence[Token]) -> bool:
    """Whether a figure is how much more or less than the year before: 增加5件, 较2022年多5件."""
    return bool(set(flags) & {"rise", "fall"}) or any(
        "than" in a.flags and (b.figure is not None or "last_year" in b.flags) for a, b in pairwise(tokens)
    )


def find_period(state: SentenceState, cues: Cues) -> Period:
    """The period of one figure: 上年 beside it makes it another year's, unless something was carried over."""
    if "last_year" in cues.flags and "shift" not in cues.verbs and not cues.flags & {"rise", "fall"}:
        return "other"
    return state.period


def is_no_count(state: SentenceState, cues: Cues) -> bool:
    """Whether the words beside a figure make it a plan, an aim, a frequency or a share, or another body's."""
    grammar = load_grammar()
    is_of_others = (
        "directed" in cues.flags and "members" not in cues.flags and bool(set(cues.verbs) & set(grammar.directed_verbs))
    )
    return state.is_plan or is_of_others or bool(cues.flags & set(grammar.never))
