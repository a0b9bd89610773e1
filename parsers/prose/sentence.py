"""Reads the statements of one sentence: figures in their clauses, wholes with their parts, zero and all of it in words.

Each figure is read from the words before it up to the last stop; where these name nothing, from the noun that follows
(119期政策简明问答) or the clause before (…稿件，共40篇). What it still lacks it inherits from the figure before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from parsers.prose.catalogue import load_catalogue
from parsers.prose.circumstances import find_period, is_change, is_no_count, note_circumstances
from parsers.prose.clauses import Clause, split_clauses
from parsers.prose.cues import MADE_PUBLIC, Cues, gather_cues
from parsers.prose.drafts import Draft, SentenceState
from parsers.prose.frames import load_grammar
from parsers.prose.in_words import read_all_of_it, read_zeros
from parsers.prose.naming import Name, is_ordinal_metric, name_metrics, name_part
from parsers.prose.numerals import Figure
from parsers.prose.tokens import Token, read_tokens
from parsers.prose.wholes import add_draft, names_whole, open_parts, settle_wholes, take_member
from parsers.report import Bound

# Totals that an unknown word beside them makes a part.
_OF_INFORMATION = ("proactive_disclosures", "information_published")
# Counters of what is posted, of whatever kind.
_POSTS, _OF_POSTS = frozenset({"条", "篇", "则"}), (None, "post", "activity")
# Readers of an account on new media are no visits of a website.
_VISITS, _NO_CHANNEL = "website_visits", ("",)


def read_sentence(
    text: str, report_year: int | None = None, own_name: str = "", carried: SentenceState | None = None
) -> SentenceState:
    """The statements of a folded sentence. `carried` is the state of the sentence before; a sentence that begins with
    其中 or 在公开的信息中 goes on listing its parts.
    """
    tokens = read_tokens(text)
    clauses = split_clauses(tokens)
    state = SentenceState(report_year, own_name)
    if carried is not None and clauses and ("part" in tokens[0].flags or names_whole(carried, clauses[0])):
        state = carried
    state.noun_ahead = _look_ahead(tokens)
    for clause in clauses:
        _close_parts(state, clause)
        note_circumstances(state, clause)
        _read_clause(state, clause)
    settle_wholes(state)
    return state


def _look_ahead(tokens: Sequence[Token]) -> str | None:
    """The first noun of a kind of case that the sentence names, or implies by a verb that no other noun has."""
    grammar = load_grammar()
    for token in tokens:
        if token.meaning.noun in grammar.named_before and not token.meaning.is_weak:
            return token.meaning.noun
        implied = next((grammar.noun_of_verb[v] for v in token.meaning.verbs if v in grammar.noun_of_verb), None)
        if implied is not None:
            return implied
    return None


def _close_parts(state: SentenceState, clause: Clause) -> None:
    """Parts in brackets end with them, others with a semicolon behind which the year is named again."""
    parts = state.parts
    if parts is None:
        return
    if parts.depth > clause.depth:
        state.parts = None
        state.noun, state.verb = parts.noun, parts.verb
    elif clause.opener == ";" and "this_year" in clause.flags:
        state.parts = None


def _read_clause(state: SentenceState, clause: Clause) -> None:
    places = [n for n, token in enumerate(clause.tokens) if token.is_value or _is_ordinal(token)]
    open_parts(state, clause)
    if not places:
        _read_without_figure(state, clause.tokens)
        state.pending = clause.tokens
        return
    if any("negated" in token.flags for token in clause.tokens[: places[0]]):
        read_zeros(state, [token for token in clause.tokens if token.figure is None])
        return
    start, known = 0, len(state.drafts)
    for no, place in enumerate(places):
        known = len(state.drafts)
        end = places[no + 1] if no + 1 < len(places) else len(clause.tokens)
        around = _Around(clause, clause.tokens[start:place], clause.tokens[place + 1 : end], is_first=no == 0)
        start = place + 1 + _read_figure(state, around, clause.tokens[place])
        _note_channels(state, around.left, is_unread=len(state.drafts) == known)
    state.pending = []
    state.has_fresh_channel = state.has_fresh_channel and len(state.drafts) == known
    tail = clause.tokens[max(start, places[-1] + 1) :]
    is_said = state.last is not None and state.last.metric_id in {rule.metric for rule in load_grammar().of_all}
    if len(state.drafts) > known and not is_said and any("all" in token.flags for token in tail):
        read_all_of_it(state, tail)


@dataclass(frozen=True, slots=True)
class _Around:
    """A figure's clause and the words on both sides of it."""

    clause: Clause
    left: Sequence[Token]
    right: Sequence[Token]
    is_first: bool


def _is_ordinal(token: Token) -> bool:
    return token.figure is not None and token.figure.kind == "ordinal"


def _read_without_figure(state: SentenceState, tokens: Sequence[Token]) -> None:
    cues = gather_cues(tokens, state.own_name)
    if cues.noun in load_grammar().named_before and not cues.is_modified:
        state.named_noun, state.named_topics = cues.noun, tuple(cues.parts.get("topic", ()))
    _note_channels(state, tokens)
    _note_channels_alone(state, cues)
    if any("negated" in token.flags for token in tokens):
        read_zeros(state, tokens)
    else:
        read_all_of_it(state, tokens)


def _note_channels(state: SentenceState, tokens: Sequence[Token], *, is_unread: bool = False) -> None:
    """The channel that is named holds for the counts that follow, unless it is that of one part only. It is named by
    what is done there, or first of all with a figure that is of nothing in the list: 公众号粉丝5万，推送文章6篇.
    """
    cues = gather_cues(tokens, state.own_name)
    channels = cues.parts.get("channel", ())
    state.near_channels = tuple(channels) or state.near_channels
    if state.parts is not None:
        return
    is_first = is_unread and not state.channels and cues.noun is None and not cues.verbs
    if channels and (is_first or cues.flags & {"via", "at"} or "disclose" in cues.verbs or "publish" in cues.verbs):
        state.channels = tuple(channels)


def _note_channels_alone(state: SentenceState, cues: Cues) -> None:
    """What a clause without a figure says of channels. They hold where it says nothing else, 政府网站方面，…; accounts
    that are only run hold for what is pushed or posted.
    """
    channels = tuple(cues.parts.get("channel", ())) if state.parts is None and cues.noun is None else ()
    if not channels:
        return
    if not cues.verbs:
        state.channels = channels
    state.has_fresh_channel = state.channels == channels
    state.hinted_channels = () if state.channels else channels


def _take_hint(state: SentenceState, cues: Cues) -> None:
    """做好公众号运维，全年推送信息6条: posted there."""
    if state.hinted_channels and cues.verbs == ("publish",) and "channel" not in cues.parts and not state.channels:
        state.channels = state.hinted_channels


def _read_figure(state: SentenceState, around: _Around, token: Token) -> int:
    """Adds what the figure states; says how many tokens behind it belong to it."""
    figure = token.figure
    if figure is None or figure.value is None:
        return 0
    follow, consumed = _read_follow(state, around.right)
    variants = around.clause.pairs or [list(around.left)]
    for left in variants:
        cues = _complete_cues(state, around, left, follow, consumed)
        if cues is not None:
            _state_figure(state, around, cues, figure)
    return consumed


def _read_follow(state: SentenceState, right: Sequence[Token]) -> tuple[Cues | None, int]:
    """The noun phrase right behind a figure, and its length; null where a verb, a stop or nothing follows."""
    if right and "counted" in right[0].flags:
        return Cues(tail=right[0].text), 0
    length = 0
    for token in right:
        ends = token.meaning.verbs or token.flags & {"stop_noun", "all", "part", "share", "rise", "fall", "via"}
        if (token.kind == "stop" and token.text != "、") or token.kind == "figure" or ends:
            break
        length += 1
    cues = gather_cues(right[:length], state.own_name)
    if cues.noun is None and not cues.parts and cues.tail is None:
        return None, 0
    return cues, length


def _complete_cues(
    state: SentenceState, around: _Around, left: Sequence[Token], follow: Cues | None, length: int
) -> Cues | None:
    """The words that count for a figure; null when its noun is unknown."""
    cues = gather_cues(left, state.own_name)
    if follow is not None:
        if follow.tail is not None or (follow.is_modified and not follow.parts):
            return None
        merged = _merge_follow(cues, follow)
        rest = around.right[length:]
        if not merged.verbs and not any("all" in token.flags for token in rest):
            behind = gather_cues(rest, state.own_name)
            merged.verbs, merged.flags = behind.verbs, merged.flags | behind.flags
        return merged
    is_part = cues.names_parts_only or (cues.noun in load_grammar().channel_nouns and not cues.verbs)
    takes_before = around.is_first and state.pending and "counted" not in cues.flags
    if takes_before and (cues.is_empty or (is_part and state.last is None)):
        cues = _add_clause_before(state, around, left, cues)
    is_told = "channel" in cues.parts and bool(set(cues.verbs) & MADE_PUBLIC)
    if cues.noun is None and state.noun is None and (cues.verbs or cues.rate) and not is_told:
        _take_name_before(state, cues)
    if not (cues.noun or cues.verbs or cues.rate or cues.parts or cues.tail) and around.right:
        flags, bound = cues.flags, cues.bound
        cues = gather_cues(around.right, state.own_name)
        cues.flags, cues.bound, cues.tail = cues.flags | flags, bound, None
    return cues


def _add_clause_before(state: SentenceState, around: _Around, left: Sequence[Token], cues: Cues) -> Cues:
    """The words of the clause before with a figure's own; only these where that clause ends in unknown words, or names
    nothing and a verb stands behind the figure.
    """
    if gather_cues(state.pending, state.own_name).tail is not None:
        return cues
    both = gather_cues([*state.pending, *left], state.own_name)
    is_named = bool(both.noun or both.rate or both.parts)
    return both if is_named or not gather_cues(around.right, state.own_name).verbs else cues


def _take_name_before(state: SentenceState, cues: Cues) -> None:
    """The noun that the clause before names for a verb or a rate, 依申请公开工作规范有序，共收到25件, and its topic
    (清理规范性文件，其中废止2件); else the first noun that is named further on.
    """
    if not cues.verbs or not set(cues.verbs) <= MADE_PUBLIC:
        cues.noun = state.noun_ahead
    if state.named_noun is not None:
        cues.noun = state.named_noun
    if state.named_topics:
        cues.parts.setdefault("topic", list(state.named_topics))


def _merge_follow(cues: Cues, follow: Cues) -> Cues:
    """The noun behind a figure is its noun; what stands before it keeps the verbs and the marks."""
    cues.tail = None
    cues.noun = follow.noun or cues.noun
    cues.nouns += follow.nouns
    cues.is_modified = follow.is_modified
    cues.is_listed = follow.is_listed
    cues.flags |= follow.flags
    for breakdown, ids in follow.parts.items():
        cues.parts[breakdown] = ids
    return cues


def _state_figure(state: SentenceState, around: _Around, cues: Cues, figure: Figure) -> None:
    state.waiting = None
    if is_no_count(state, cues) or (figure.unit_kind != "percent" and is_change(cues.flags, around.left)):
        return
    if _is_ongoing(state, cues):
        state.waiting = _draft(state, cues, figure, Name(load_grammar().of_ongoing.metric))
        return
    member = take_member(state, around.left, cues, figure)
    _take_post(state, around.clause, cues, figure)
    if cues.tail is not None:
        _mark_unread(state)
        state.noun = cues.noun or state.noun
        return
    _note_carrier(state, cues)
    _take_hint(state, cues)
    metrics = name_metrics(state, cues, figure, around.clause.opener, member)
    if figure.kind == "ordinal":
        metrics = tuple(metric for metric in metrics if is_ordinal_metric(metric))
    if cues.is_listed and len(set(cues.nouns[-2:])) > 1 and not around.clause.pairs and not cues.is_modified:
        metrics = ()
    added = False
    for metric_id in metrics:
        name = name_part(state, cues, metric_id)
        if _is_uncertain(state, cues, name, member):
            continue
        added = True
        add_draft(state, around.clause, cues, _draft(state, cues, figure, name), member)
    if not added:
        _mark_unread(state)
        state.named_topics = tuple(cues.parts.get("topic", ())) or state.named_topics
        if cues.noun is not None and not cues.is_modified:
            state.noun = cues.noun


def _take_post(state: SentenceState, clause: Clause, cues: Cues, figure: Figure) -> None:
    """Things of any kind that a channel posts are information: 公众号推送便民提示3条."""
    if cues.tail is not None and _is_posted(state, clause, cues, figure):
        cues.noun, cues.tail, cues.has_unknown_object = "information", None, False


def _is_posted(state: SentenceState, clause: Clause, cues: Cues, figure: Figure) -> bool:
    """Whether a channel posts what is counted: it is named with it, or that of the list before."""
    if cues.noun not in _OF_POSTS or cues.rate is not None or figure.unit not in _POSTS or state.parts is not None:
        return False
    if cues.verbs:
        return "channel" in cues.parts and set(cues.verbs) <= MADE_PUBLIC
    last = state.last
    is_listed = clause.opener == "、" and last is not None and last.metric_id == _OF_INFORMATION[0]
    return is_listed and last is not None and last.breakdown == "channel" and bool(state.channels)


def _is_ongoing(state: SentenceState, cues: Cues) -> bool:
    """Whether a count of cases is of those still being handled, which are no statement unless they are carried out."""
    noun = cues.noun or state.noun or state.noun_ahead
    return "ongoing" in cues.flags and noun == load_grammar().of_ongoing.noun and "shift" not in cues.verbs


def _note_carrier(state: SentenceState, cues: Cues) -> None:
    """刊登 behind issues of the gazette: what is counted is in the gazette."""
    carried = load_grammar().of_carried
    if carried.verb in cues.verbs and state.last is not None and state.last.metric_id in carried.beside:
        state.channels = (carried.channel,)


def _is_uncertain(state: SentenceState, cues: Cues, name: Name, member: str | None) -> bool:
    """Whether a figure would pass for a whole that is only a part: of an unknown kind, through an unknown channel."""
    if name.is_open:
        return True
    is_own = name.breakdown is not None and not name.is_inherited
    if is_own or member is not None or cues.residuals or cues.rate is not None:
        return False
    if name.is_inherited and name.breakdown == "channel" and state.parts is None:
        return False
    is_titled = cues.is_titled and name.metric_id in load_catalogue().groups["texts"]
    if cues.is_modified and not is_titled and name.metric_id not in load_grammar().may_be_modified:
        return True
    if cues.has_mixed_topics and name.metric_id in load_catalogue().groups["texts"]:
        return True
    if name.metric_id in _OF_INFORMATION and (cues.has_unknown_channel or (cues.has_unknown_object and not cues.noun)):
        return True
    channels = cues.parts.get("channel") or state.near_channels or _NO_CHANNEL
    if name.metric_id == _VISITS and load_catalogue().name_family("channel", channels) is not None:
        return True
    whole = state.parts.whole if state.parts is not None else None
    if whole is None or "new" in cues.flags or whole.subject != state.subject:
        return False
    return (whole.metric_id, whole.period) == (name.metric_id, find_period(state, cues))


def _mark_unread(state: SentenceState) -> None:
    if state.parts is not None:
        state.parts.whole.has_unread_parts = True


def _draft(state: SentenceState, cues: Cues, figure: Figure, name: Name) -> Draft:
    value = Decimal(0) if figure.value is None else figure.value
    value = value.to_integral_value() if value == value.to_integral_value() else value
    if name.metric_id == "year_on_year_change" and "fall" in cues.flags:
        value = -value
    return Draft(
        metric_id=name.metric_id,
        value=value,
        unit=figure.unit or load_catalogue().find_metric(name.metric_id).unit,
        unit_kind=figure.unit_kind,
        bound=cast(Bound, figure.bound or cues.bound or "exact"),
        breakdown=name.breakdown,
        part_id=name.part_id,
        subject=state.subject,
        period=find_period(state, cues),
        is_in_words=figure.is_in_words,
    )
