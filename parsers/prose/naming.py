"""Gives a figure its metric and its part, from its own words first and from the figures before it second."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers.prose.catalogue import Breakdown, load_catalogue
from parsers.prose.cues import Cues
from parsers.prose.drafts import Draft, SentenceState
from parsers.prose.frames import Surroundings, are_kin, find_frame, load_grammar
from parsers.prose.numerals import Figure

# 政府信息公开20条 is disclosed, 政务公开20次 may be anything.
_WORK_UNITS = frozenset({"条", "条次", "篇"})
_ORDER: tuple[Breakdown, ...] = ("channel", "topic", "applicant", "route", "outcome")


@dataclass(frozen=True, slots=True)
class Name:
    """A metric and a part of it; no breakdown is the whole. `is_open`: the part is said but has no id; `is_inherited`:
    the part was said before."""

    metric_id: str
    breakdown: Breakdown | None = None
    part_id: str | None = None
    is_open: bool = False
    is_inherited: bool = False


def name_metrics(state: SentenceState, cues: Cues, figure: Figure, opener: str, member: str | None) -> tuple[str, ...]:
    """The metrics of a figure: several when it stands under several verbs (受理并答复2件), none when it fits none."""
    if cues.rate is not None and cues.flags & {"rise", "fall"}:
        return ()
    if cues.names_parts_only or cues.is_empty:
        inherited = _inherit_metric(state, cues, figure, member)
        if inherited is not None:
            return (inherited,)
    for noun in _list_nouns(state, cues):
        verbs = _list_verbs(state, cues, noun, opener, figure.unit)
        around = _surround(state, cues, figure, noun)
        if not cues.verbs and noun is not None:
            verbs = next(((v,) for v in (*verbs, None) if find_frame(replace(around, verb=v)) is not None), ())
        frames = (find_frame(replace(around, verb=verb)) for verb in verbs)
        found = tuple(dict.fromkeys(frame.metric for frame in frames if frame is not None))
        if found:
            return found
    return ()


def _surround(state: SentenceState, cues: Cues, figure: Figure, noun: str | None) -> Surroundings:
    flags = set(cues.flags)
    if flags & {"rise", "fall"}:
        flags.add("change")
    if cues.has_unknown:
        flags.add("unknown")
    if "shift" in cues.verbs and not flags & {"last_year", "next_year"}:
        flags.add("last_year" if "contains" in flags else "next_year")
    channels = cues.parts.get("channel", ())
    if channels:
        flags.add("channel")
    catalogue = load_catalogue()
    topics = cues.parts.get("topic", ())
    return Surroundings(
        noun=noun,
        verb=None,
        rate=cues.rate if figure.unit_kind == "percent" else None,
        unit=figure.unit,
        unit_kind=figure.unit_kind,
        channels=tuple(channels or state.channels),
        topics=tuple(t for t in topics if catalogue.allows("proactive_disclosures", "topic", t)),
        has_outcome=_has_outcome(cues),
        flags=flags,
        whole_metric=state.parts.whole.metric_id if state.parts is not None else None,
        last_metric=state.last.metric_id if state.last is not None else None,
    )


def _has_outcome(cues: Cues) -> bool:
    """Whether a result of handling an application is named."""
    return any(load_catalogue().allows("applications_closed", "outcome", o) for o in cues.parts.get("outcome", ()))


def _is_work_alone(cues: Cues) -> bool:
    """Whether 信息公开 is all that is said, as in a list of topics: 信息公开23条."""
    return "work" in cues.flags and not (cues.noun or cues.verbs or cues.rate or cues.parts)


def _list_nouns(state: SentenceState, cues: Cues) -> Iterable[str | None]:
    """The nouns to try in turn. A verb alone takes the noun before, if no unknown word says that it is another's."""
    if state.noun in load_grammar().stands_for.get(cues.noun or "", ()):
        return (state.noun,)
    if _has_outcome(cues) and (cues.noun is None or (cues.noun == "information" and state.noun == "application")):
        return (state.noun,) if state.noun in load_grammar().disputed else ("application",)
    if cues.noun is not None:
        return (cues.noun,)
    if cues.parts.get("applicant"):
        return ("application",)
    if _is_work_alone(cues):
        return (None,)
    if cues.names_parts_only and _names_other_topic(state, cues):
        return (None,)
    if cues.parts.get("channel") or cues.parts.get("topic"):
        return (None, state.noun)
    if cues.has_unknown and cues.rate is None:
        return (None,) if state.noun is None else ()
    return (state.noun,)


def _names_other_topic(state: SentenceState, cues: Cues) -> bool:
    """Whether a topic is named that the figures before are not told apart by: 政策解读12条，政府采购信息8条."""
    topics = cues.parts.get("topic", ())
    if state.last is None or "channel" in cues.parts or not topics:
        return False
    return not any(load_catalogue().allows(state.last.metric_id, "topic", topic) for topic in topics)


def _list_verbs(
    state: SentenceState, cues: Cues, noun: str | None, opener: str, unit: str | None
) -> tuple[str | None, ...]:
    """The verbs a figure stands under: its own, else the one before; 信息公开 alone is a verb for items."""
    if noun == "proposal" and cues.verbs and set(cues.verbs[1:]) <= set(_held(cues.verbs[0])):
        return cues.verbs[:1]
    held = _held(state.verb)
    if cues.has_verb_behind and are_kin(noun, state.noun) and all(verb in held for verb in cues.verbs):
        return (state.verb,)
    is_work = "work" in cues.flags and noun in (None, "information") and unit in _WORK_UNITS
    if cues.verbs and not (is_work and noun is None and cues.verbs == ("publish",)):
        return cues.verbs
    inherited = _inherit_verb(state, noun, opener)
    if inherited is None and is_work:
        return ("disclose",)
    return (inherited,)


def _held(verb: str | None) -> tuple[str, ...]:
    """The verbs that behind this one only tell what was done before: 公开建议答复5件."""
    return load_grammar().held_verbs.get(verb or "", ())


def _inherit_verb(state: SentenceState, noun: str | None, opener: str) -> str | None:
    """Without a verb of its own a figure stands under the one before, in a list, among parts or with the same noun."""
    if opener == "、" or state.parts is not None or are_kin(noun, state.noun):
        return state.verb
    return None


def _inherit_metric(state: SentenceState, cues: Cues, figure: Figure, member: str | None) -> str | None:
    """A figure beside nothing but the name of a part or a member is of the metric before, if that has such parts and
    such a counter.
    """
    source = _find_source(state)
    if source is None:
        return None
    if member is not None:
        return source.metric_id if figure.unit_kind == source.unit_kind else None
    if not cues.parts and not cues.residuals:
        return None
    if "percent" in (figure.unit_kind, source.unit_kind) and figure.unit_kind != source.unit_kind:
        return None
    named = [(b, i) for b, ids in cues.parts.items() for i in ids] + list(cues.residuals)
    return source.metric_id if any(load_catalogue().allows(source.metric_id, b, i) for b, i in named) else None


def _find_source(state: SentenceState) -> Draft | None:
    """The figure whose metric holds on: the whole of the parts, but the dispute whose results are being listed."""
    last, disputes = state.last, load_catalogue().groups["disputes"]
    if state.parts is None or (last is not None and last.metric_id in disputes and last.breakdown is not None):
        return last
    return state.parts.whole


def name_part(state: SentenceState, cues: Cues, metric_id: str) -> Name:
    """The part of a metric that a figure is: by its own words, else by what holds on from the figures before."""
    named = _name_by_words(state, cues, metric_id) or _settle_residual(state, cues, metric_id)
    if named is not None:
        return named
    if metric_id == "year_on_year_change":
        return _name_change(state, cues)
    if cues.noun is None and cues.rate is not None:
        return _name_rate(state, metric_id)
    others = load_grammar().of_other_documents
    if cues.is_modified and not cues.is_titled and metric_id in load_catalogue().groups[others.group]:
        return Name(metric_id, "topic", others.topic)
    return _hold_on(state, cues, metric_id)


def _name_by_words(state: SentenceState, cues: Cues, metric_id: str) -> Name | None:
    """The part that is named; several without a joint id make a whole the whole, but leave a part open. Disclosures of
    several topics are no whole: they are of the channel named before, or open.
    """
    catalogue = load_catalogue()
    for breakdown in _order_breakdowns(state, metric_id):
        ids = [i for i in cues.parts.get(breakdown, ()) if catalogue.allows(metric_id, breakdown, i)]
        if not ids or (breakdown == "channel" and _are_topics(cues, ids, metric_id)):
            continue
        if breakdown == "topic" and metric_id in catalogue.groups["disclosures"] and state.parts is None:
            channel = _name_channel(state, metric_id)
            if not channel.is_open:
                return channel
        part_id = catalogue.join(breakdown, ids)
        is_mixed = breakdown == "topic" and cues.has_mixed_topics and metric_id in catalogue.groups["disclosures"]
        if part_id is not None and not is_mixed:
            return Name(metric_id, breakdown, part_id)
        if breakdown == "topic" and metric_id in catalogue.groups["disclosures"]:
            return _name_channel(state, metric_id)
        is_part = state.parts is not None and state.parts.whole.metric_id == metric_id
        return Name(metric_id, is_open=is_part or breakdown == "outcome")
    return None


def _are_topics(cues: Cues, channels: Sequence[str], metric_id: str) -> bool:
    """Whether the channels are members of a list of topics: 图文、视频、新闻发布会等形式."""
    topics = {t for t in cues.parts.get("topic", ()) if load_catalogue().allows(metric_id, "topic", t)}
    return len(topics) > 1 and set(channels) <= cues.doubtful_channels


def _hold_on(state: SentenceState, cues: Cues, metric_id: str) -> Name:
    """The topic of the figure before, for a verb without a noun; else the channel named before."""
    catalogue, last = load_catalogue(), state.last
    has_topic = cues.noun is None and last is not None and last.breakdown == "topic"
    if has_topic and last is not None and catalogue.holds_on(last.metric_id, metric_id):
        return Name(metric_id, "topic", last.part_id, is_inherited=True)
    named = [topic for topic in state.named_topics if catalogue.allows(metric_id, "topic", topic)]
    is_first = last is None or not catalogue.holds_on(last.metric_id, metric_id)
    if cues.noun is None and is_first and len(named) == 1:
        return Name(metric_id, "topic", named[0], is_inherited=True)
    channel = _name_channel(state, metric_id)
    has_topic = any(catalogue.allows(metric_id, "topic", topic) for topic in cues.parts.get("topic", ()))
    return Name(metric_id) if channel.is_open or has_topic else channel


def _name_channel(state: SentenceState, metric_id: str) -> Name:
    """The channel named before; open where none is, or figures of the metric are not told apart by channels."""
    catalogue = load_catalogue()
    allows_channels = "channel" in catalogue.find_metric(metric_id).breakdowns
    part_id = catalogue.join("channel", state.channels) if allows_channels and state.channels else None
    return Name(metric_id, "channel" if part_id else None, part_id, is_open=part_id is None, is_inherited=True)


def _name_rate(state: SentenceState, metric_id: str) -> Name:
    """A rate without a noun is of the counts it stands behind, as far as these are of one topic."""
    topics = set()
    for draft in reversed(state.drafts):
        if draft.unit_kind == "percent":
            break
        topics.add(draft.part_id if draft.breakdown == "topic" else None)
    topic = topics.pop() if len(topics) == 1 else None
    if topic is None or not load_catalogue().allows(metric_id, "topic", topic):
        return Name(metric_id)
    return Name(metric_id, "topic", topic)


def _order_breakdowns(state: SentenceState, metric_id: str) -> Sequence[Breakdown]:
    """A list goes on as it began; else a channel goes before a topic."""
    last = state.last
    if last is None or last.breakdown in (None, "body") or last.metric_id != metric_id:
        return _ORDER
    return sorted(_ORDER, key=lambda breakdown: breakdown != last.breakdown)


def _settle_residual(state: SentenceState, cues: Cues, metric_id: str) -> Name | None:
    """其他 alone is what is left of the parts listed before it; 公民 is one part of a list, also the first."""
    last, catalogue = state.last, load_catalogue()
    if last is None or last.metric_id != metric_id:
        return None
    is_first = last.breakdown is None and state.parts is not None and state.parts.whole is last
    for breakdown, part_id in cues.residuals:
        begins = is_first and not catalogue.find_part(breakdown, part_id).residual
        if (begins or breakdown == last.breakdown) and catalogue.allows(metric_id, breakdown, part_id):
            return Name(metric_id, breakdown, part_id)
    return None


def _name_change(state: SentenceState, cues: Cues) -> Name:
    """What a change on the year before is a change of: what is named with it, else the figure it stands behind."""
    catalogue, named = load_catalogue(), load_grammar().changed_nouns
    last = state.last.metric_id if state.last is not None else None
    changed = next((topic for topic, metrics in catalogue.changed.items() if last in metrics), None)
    if cues.noun is not None or cues.parts:
        is_account = not cues.verbs and "new_media" in cues.parts.get("channel", ())
        changed = named.get(cues.noun or ("platform" if is_account else ""))
    return Name("year_on_year_change", "topic" if changed else None, changed)


def is_ordinal_metric(metric_id: str) -> bool:
    """Whether an ordinal (第六期) is one of this metric."""
    return metric_id in load_grammar().of_ordinal
