"""Wholes and their parts: where a list of parts begins, what is a part of what, and what parts make of their whole."""

from collections.abc import Sequence

from parsers.prose.catalogue import load_catalogue
from parsers.prose.clauses import Clause
from parsers.prose.cues import MADE_PUBLIC, Cues
from parsers.prose.drafts import Draft, PartsOf, SentenceState
from parsers.prose.frames import are_kin, load_grammar, name_noun
from parsers.prose.lexicon import load_lexicon
from parsers.prose.numerals import Figure
from parsers.prose.tokens import Token

_INSIDE, _BY = "中", "由"
_COLONS = (":", "：")


def open_parts(state: SentenceState, clause: Clause) -> None:
    """其中, 含, 在公开的信息中, a colon and a bracket behind a figure begin a list of parts of the whole before."""
    begins = any("part" in token.flags for token in clause.tokens[:3]) or names_whole(state, clause)
    if not state.drafts or not clause.has_value:
        if begins and state.drafts:
            _begin_parts(state, clause)
        return
    is_nested = clause.opener == "(" and (state.parts is None or state.parts.depth < clause.depth)
    if begins or is_nested or clause.opener in _COLONS:
        _begin_parts(state, clause)


def names_whole(state: SentenceState, clause: Clause) -> bool:
    """在主动公开的信息中: the whole before is named again, and its parts follow."""
    words = clause.tokens
    is_inside = len(words) > 1 and "at" in words[0].flags and words[-1].text == _INSIDE and not clause.has_value
    return is_inside and any(token.meaning.noun == state.noun for token in words if token.meaning.noun)


def _begin_parts(state: SentenceState, clause: Clause) -> None:
    whole = _find_whole(state)
    is_contained = "part" in clause.flags
    state.parts = PartsOf(whole, clause.depth, clause, state.noun, state.verb, is_contained)


def _find_whole(state: SentenceState) -> Draft:
    """The last whole; among reconsideration and litigation the last that is not zero."""
    counts = [draft for draft in state.drafts if draft.unit_kind != "percent"] or state.drafts
    wholes = [draft for draft in counts if not draft.is_part] or counts
    last = wholes[-1]
    disputes = load_catalogue().groups["disputes"]
    if last.value == 0 and last.metric_id in disputes:
        return next((d for d in reversed(wholes) if d.value and d.metric_id in disputes), last)
    same = [d for d in wholes if d.value == last.value and d.unit == last.unit and d is not last]
    return same[-1] if same and state.drafts[-2:-1] == same[-1:] else last


def add_draft(state: SentenceState, clause: Clause, cues: Cues, draft: Draft, member: str | None) -> None:
    """Adds a statement and what the next one can inherit. A figure of the year is no part of a cumulative one."""
    parts = state.parts
    if parts is not None and _leaves_parts(parts, clause, cues, draft) and not _goes_on(state, parts, cues, draft):
        state.parts = parts = None
    if parts is not None and parts.whole.period == draft.period:
        draft.whole, draft.is_contained = _find_whole_of(state, parts, draft), parts.is_contained
    if member is not None:
        draft.breakdown, draft.part_id, draft.subject = "body", member, "other_body"
    state.drafts.append(draft)
    is_new = cues.noun is not None and clause.opener != "、" and parts is None and not are_kin(cues.noun, state.noun)
    if cues.verbs or is_new:
        state.verb = cues.verbs[0] if cues.verbs else None
    if draft.metric_id in load_catalogue().groups["disclosures"] and cues.noun in load_grammar().channel_nouns:
        state.noun = name_noun(draft.metric_id)
        return
    if draft.metric_id in load_catalogue().groups["disclosures"] and state.noun in load_grammar().of_carried.nouns:
        return
    if cues.noun is not None or state.noun is None:
        state.noun = cues.noun or name_noun(draft.metric_id)


def _find_whole_of(state: SentenceState, parts: PartsOf, draft: Draft) -> Draft:
    """The whole of a part: results of one of two disputes that stand before are parts of that one."""
    disputes = load_catalogue().groups["disputes"]
    if draft.metric_id not in disputes or draft.metric_id == parts.whole.metric_id:
        return parts.whole
    return next((d for d in reversed(state.drafts) if not d.is_part and d.metric_id == draft.metric_id), parts.whole)


def _goes_on(state: SentenceState, parts: PartsOf, cues: Cues, draft: Draft) -> bool:
    """Whether new and carried-in cases are told apart: 共36件，其中新收34件，上年结转2件."""
    contained, last = load_grammar().of_contained, state.last
    if parts.whole.metric_id not in contained.wholes:
        return False
    follows_new = last is not None and last.whole is parts.whole and last.metric_id == contained.wholes[0]
    is_carried = draft.metric_id == contained.part and follows_new and last is not None and last.breakdown is None
    return is_carried or "new" in cues.flags


def _leaves_parts(parts: PartsOf, clause: Clause, cues: Cues, draft: Draft) -> bool:
    """Whether a figure with its own noun and verb, of another metric, is no part any more."""
    if clause is parts.clause or clause.depth > 0 or clause.opener == "、":
        return False
    if draft.metric_id == parts.whole.metric_id:
        return False
    if draft.breakdown is not None:
        return not set(cues.verbs) <= MADE_PUBLIC
    if cues.verbs or not cues.noun:
        return bool(cues.verbs)
    return clause.opener == ";" or draft.metric_id in load_catalogue().groups["disputes"]


def take_member(state: SentenceState, left: Sequence[Token], cues: Cues, figure: Figure) -> str | None:
    """The name of the body a figure is of: printed right before it in a list, or before the verb among parts."""
    named = next((n for n, token in enumerate(left) if "members" in token.flags), None)
    if named is not None and not any("recipient" in token.flags for token in left[:named]):
        return _print_name(left[: named + 1])
    if state.last is None or cues.noun or cues.parts or cues.rate is not None:
        return None
    if cues.verbs:
        return _keep_member(state, figure) or _take_actor(state, left, cues)
    name = _print_name(left)
    if (state.parts is None and state.last.breakdown != "body") or not name.endswith(load_lexicon().bodies):
        return None
    cues.tail, cues.has_unknown = None, False
    return name


def _take_actor(state: SentenceState, left: Sequence[Token], cues: Cues) -> str | None:
    """The member that does in its part what is done in the whole: 其中甲镇公开5条，乙镇公开7条."""
    place = next((n for n, token in enumerate(left) if token.meaning.verbs), 0)
    before = left[:place]
    if state.parts is None or cues.verbs != (state.verb,) or any(t.flags & {"own", "region"} for t in before):
        return None
    name = _print_name(before).removeprefix(_BY)
    if not name.endswith(load_lexicon().bodies):
        return None
    cues.has_unknown = False
    return name


def _keep_member(state: SentenceState, figure: Figure) -> str | None:
    """民政局1件，收取380元: the second figure is of the same member, in another unit."""
    last = state.last
    if state.parts is None or last is None or last.breakdown != "body" or last.unit_kind == figure.unit_kind:
        return None
    return last.part_id


def _print_name(tokens: Sequence[Token]) -> str:
    """The name these words end with: everything behind the last mark, figure or stop."""
    start = max(
        (
            n + 1
            for n, t in enumerate(tokens)
            if t.kind in ("figure", "stop") or t.flags & {"part", "total", "other_body", "recipient"}
        ),
        default=0,
    )
    return "".join(token.text for token in tokens[start:])


def settle_wholes(state: SentenceState) -> None:
    """What parts say of their whole: that it contains what was carried in, is new media, a disclosure, a region's."""
    grammar, catalogue = load_grammar(), load_catalogue()
    for whole in [draft for draft in state.drafts if not draft.is_part]:
        parts = [draft for draft in state.drafts if draft.whole is whole and draft.unit_kind != "percent"]
        if not parts:
            continue
        channels = [part.part_id for part in parts if part.breakdown == "channel" and part.part_id is not None]
        if whole.metric_id == grammar.of_channels.whole and channels:
            whole.metric_id = grammar.of_channels.becomes
        total = sum(part.value for part in parts)
        is_covered = total == whole.value or (total > whole.value and not whole.has_unread_parts)
        if len(channels) == len(parts) and whole.breakdown is None and is_covered:
            family = catalogue.name_family("channel", channels)
            if family is not None and "channel" in catalogue.find_metric(whole.metric_id).breakdowns:
                whole.breakdown, whole.part_id = "channel", family
        contained = grammar.of_contained
        if whole.metric_id in contained.wholes and any(p.metric_id == contained.part and p.is_contained for p in parts):
            whole.metric_id = contained.becomes
        if any(part.breakdown == "body" for part in parts):
            whole.subject = "region"
