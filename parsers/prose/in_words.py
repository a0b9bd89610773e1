"""Zero and all of it, said in words: 未收到申请 is none received, 均按时答复 closes all that were counted before."""

from collections.abc import Sequence
from decimal import Decimal

from parsers.prose.catalogue import Breakdown, load_catalogue
from parsers.prose.circumstances import is_no_count
from parsers.prose.cues import Cues, gather_cues
from parsers.prose.drafts import Draft, SentenceState
from parsers.prose.frames import OfAll, Surroundings, find_frame, load_grammar
from parsers.prose.tokens import Token

# What tells applications apart by who asks and how: nothing about how they were answered.
_ASKED_BY = ("route", "applicant")


def read_zeros(state: SentenceState, tokens: Sequence[Token]) -> None:
    """未, 无, 没有 of things on the list: one zero for each member of the list behind it, or for what stands before."""
    place = next(n for n, token in enumerate(tokens) if "negated" in token.flags)
    behind = tokens[place + 1 :]
    if behind and behind[0].kind in ("unknown", "title"):
        return
    before = gather_cues(tokens[:place], state.own_name)
    if is_no_count(state, before):
        return
    members = [gather_cues(member, state.own_name) for member in _split(behind)]
    verbs = _gather_verbs(members)
    named = [cues for cues in members if cues.noun is not None]
    if not named and not any(cues.has_unknown or cues.parts for cues in members):
        source = before if before.noun is not None else gather_cues(state.pending, state.own_name)
        named = [source] if source.noun is not None else []
    for cues in named:
        if cues.tail is None and not cues.is_modified:
            _add_zero(state, cues, verbs)


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    members: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == "、" or "and" in token.flags:
            members.append([])
        else:
            members[-1].append(token)
    return members


def _gather_verbs(members: Sequence[Cues]) -> tuple[str, ...]:
    """The verbs of the first member that has any, and of those behind it up to the first that names something: 未收到、
    未处理申请.
    """
    found: list[str] = []
    for cues in members:
        found += cues.verbs
        if found and cues.noun is not None:
            break
    return tuple(dict.fromkeys(found))


def _add_zero(state: SentenceState, cues: Cues, verbs: Sequence[str]) -> None:
    """A zero for each metric the verbs make of the noun; only for one that no verb makes any of, the noun alone."""
    catalogue = load_catalogue()
    rules = any(verb in load_grammar().ruling_verbs for verb in verbs)
    known = len(state.drafts)
    for verb in verbs if rules else (*verbs, None):
        last = state.drafts[-1].metric_id if len(state.drafts) > known else None
        frame = find_frame(_negate(cues, verb, last))
        if frame is None or (verb is None and last is not None):
            continue
        if any(draft.metric_id == frame.metric for draft in state.drafts[known:]):
            continue
        metric = catalogue.find_metric(frame.metric)
        parts: list[tuple[Breakdown, str]] = [
            (b, i) for b, ids in cues.parts.items() for i in ids if catalogue.allows(metric.id, b, i) and b == "topic"
        ]
        for breakdown, part_id in parts or [(None, None)]:
            draft = Draft(metric.id, Decimal(0), metric.unit, "zero", breakdown=breakdown, part_id=part_id)
            draft.subject, draft.period, draft.is_in_words = state.subject, state.period, True
            state.drafts.append(draft)


def _negate(cues: Cues, verb: str | None, last: str | None) -> Surroundings:
    return Surroundings(cues.noun, verb, None, None, "zero", (), (), False, cues.flags, None, last, is_negated=True)


def read_all_of_it(state: SentenceState, tokens: Sequence[Token]) -> None:
    """A clause without a figure that puts all of a count before it into one class."""
    if any("negated" in token.flags for token in tokens):
        return
    start = next((n for n, token in enumerate(tokens) if "all" in token.flags), 0)
    cues = gather_cues(tokens[start:], state.own_name)
    waiting, state.waiting = state.waiting, None
    if waiting is not None and "shift" in cues.verbs:
        state.drafts.append(waiting)
        return
    if is_no_count(state, cues) or cues.tail is not None:
        return
    for rule in load_grammar().of_all:
        if not rule.plain and "all" not in cues.flags:
            continue
        if rule.verb and not set(rule.verb) & set(cues.verbs):
            continue
        if rule.flag is not None and rule.flag not in cues.flags:
            continue
        if _apply(state, rule, cues) and rule.part is None:
            return


def _apply(state: SentenceState, rule: OfAll, cues: Cues) -> bool:
    counts = _find_counts(state, rule)
    added = False
    for count in counts:
        metric_id = rule.metric or count.metric_id
        breakdown, part_id = (None, None) if count.breakdown in _ASKED_BY else (count.breakdown, count.part_id)
        if rule.part is not None:
            found = [
                (b, i)
                for b, ids in cues.parts.items()
                for i in ids
                if b == rule.part and load_catalogue().allows(metric_id, b, i)
            ]
            if not found:
                continue
            breakdown, part_id = found[-1]
        draft = Draft(metric_id, count.value, count.unit, count.unit_kind, count.bound, breakdown, part_id)
        draft.subject, draft.period, draft.is_in_words = count.subject, count.period, True
        draft.whole = count if rule.metric is None else None
        state.drafts.append(draft)
        added = True
    return added


def _find_counts(state: SentenceState, rule: OfAll) -> list[Draft]:
    """The counts a rule is about: of reconsideration and litigation every one, else only the nearest count of its kind,
    and none when that is of another metric already.
    """
    last = state.last
    if last is not None and last.is_part and last.metric_id == rule.metric:
        return []
    wholes = [d for d in state.drafts if not d.is_part and d.value]
    if rule.each:
        told = {draft.metric_id for draft in state.drafts if rule.part is not None and draft.breakdown == rule.part}
        wholes = [draft for draft in wholes if draft.breakdown in (None, "topic")]
        return [draft for draft in wholes if draft.metric_id in rule.of and draft.metric_id not in told]
    kind = rule.of[0].split("_")[0]
    wholes = [draft for draft in wholes if draft.metric_id.split("_")[0] == kind]
    is_one = len(wholes) == 1 and rule.metric is not None and wholes[0].breakdown in _ASKED_BY
    nearest = next((d for d in reversed(wholes) if d.breakdown is None or is_one), None)
    return [nearest] if nearest is not None and nearest.metric_id in rule.of else []
