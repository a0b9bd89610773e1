"""What a stretch of words says about the figure it stands beside: the head noun, verbs, parts, marks, unknown words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.prose.catalogue import Breakdown, load_catalogue
from parsers.prose.frames import load_grammar
from parsers.prose.lexicon import Meaning, load_lexicon
from parsers.prose.tokens import Token

# These nouns stand for whatever is before them: 行政规范性文件信息, but not 依申请公开费用.
_LIGHT_NOUNS = frozenset({"information", "policy", "vague_case", "post", "platform", "hotline_case", "catalogue_item"})

_OF, _AND_SO_ON, _KIND = "的", "等", "类"

# Verbs whose object is what is made public.
MADE_PUBLIC = frozenset({"disclose", "publish"})

# In compounds of these the last word is the head (网站微信公众号); others are lists (投诉举报).
_COMPOUND = frozenset({"channel", "outcome"})


@dataclass(slots=True)
class Cues:
    """What is said. `nouns` are the head of each member of a list; `tail` is an unknown word that stands last."""

    noun: str | None = None
    nouns: list[str] = field(default_factory=list)
    is_modified: bool = False
    is_listed: bool = False
    verbs: tuple[str, ...] = ()
    has_verb_behind: bool = False
    rate: str | None = None
    flags: set[str] = field(default_factory=set)
    parts: dict[Breakdown, list[str]] = field(default_factory=dict)
    residuals: tuple[tuple[Breakdown, str], ...] = ()
    bound: str | None = None
    doubtful_channels: set[str] = field(default_factory=set)
    tail: str | None = None
    is_titled: bool = False
    has_unknown: bool = False
    has_unknown_channel: bool = False
    has_unknown_object: bool = False
    has_mixed_topics: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing says what the figure is of."""
        return not (self.noun or self.verbs or self.rate or self.parts or self.residuals or self.tail)

    @property
    def names_parts_only(self) -> bool:
        """Whether parts are all that is named."""
        return bool(self.parts or self.residuals) and not (self.noun or self.verbs or self.rate)


def gather_cues(tokens: Sequence[Token], own_name: str = "") -> Cues:
    """Reads a stretch from left to right. Unknown words inside the agency's own name are known."""
    cues = Cues()
    verbs: list[tuple[int, str, bool]] = []
    noun_place = -1
    previous: Token | None = None
    cluster: list[Token] = []
    for place, token in enumerate(tokens):
        meaning = token.meaning
        is_unknown = token.kind in ("unknown", "title")
        if is_unknown or token.kind == "stop" or "and" in token.flags or meaning.verbs:
            _close_cluster(cues, cluster)
        if is_unknown:
            if not _is_name(tokens, place):
                _add_unknown(cues, token, own_name)
            cues.has_unknown_object |= cues.tail is not None and any(verb in MADE_PUBLIC for _, verb, _ in verbs)
            continue
        if meaning.noun is not None and _takes_over(cues, token, tokens, noun_place, place):
            cues.is_listed = cues.noun is not None and _is_joined(tokens, noun_place, place)
            noun_place = place
            _add_noun(cues, meaning.noun, is_weak=meaning.is_weak)
        if meaning.verbs:
            _add_verbs(verbs, tokens, place, previous)
        _drop_reasons(cluster, tokens[place:])
        if meaning.parts:
            cluster.append(token)
            kinds = {breakdown for breakdown, _ in meaning.parts}
            cues.has_unknown_channel |= kinds == {"route"} and bool(cues.flags & {"via", "at"}) and not verbs
        _add_word(cues, meaning)
        if meaning.flags or meaning.is_cue or token.kind == "stop":
            previous = token
    _close_cluster(cues, cluster)
    cues.has_mixed_topics = _has_mixed_topics(tokens)
    cues.verbs = _choose_verbs(verbs, noun_place)
    if _names_whole_list(tokens, noun_place):
        _take_whole(cues)
    cues.is_modified |= cues.noun == "information" and any(token.text == _KIND for token in tokens[noun_place + 1 :])
    cues.has_verb_behind = -1 < noun_place < min((place for place, _, _ in verbs), default=-1)
    return cues


def _has_mixed_topics(tokens: Sequence[Token]) -> bool:
    """Whether a topic is one of a list whose other members are none: 政务要闻、重大决策等政府信息."""
    members: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == "、" or "and" in token.flags:
            members.append([])
        else:
            members[-1].append(token)
    has_topic = [any(kind == "topic" for token in member for kind, _ in token.meaning.parts) for member in members]
    is_other = [any(t.kind in ("unknown", "title") or t.meaning.noun for t in member) for member in members]
    others = [other and not topic for topic, other in zip(has_topic, is_other, strict=True)]
    return any(has_topic) and any(others)


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether an unknown word is the name of an account, quoted behind it (官方微信“甲州发布”), or of the body."""
    before = tokens[place - 1].meaning.parts if place and tokens[place].is_quoted else ()
    return any(breakdown == "channel" for breakdown, _ in before) or _is_actor(tokens, place)


def _is_actor(tokens: Sequence[Token], place: int) -> bool:
    """Whether a body stands first and tells who disclosed: 甲街道政府信息公开12条."""
    end = next((n for n, t in enumerate(tokens) if t.meaning.is_cue or (t.kind != "word" and n != place)), 0)
    if place >= end:
        return False
    is_body = any(token.text.endswith(load_lexicon().bodies) for token in tokens[:end])
    is_told = any(verb in MADE_PUBLIC for token in tokens[end + 1 :] for verb in token.meaning.verbs)
    return is_body and is_told and tokens[end].meaning.noun == "information"


def _add_verbs(verbs: list[tuple[int, str, bool]], tokens: Sequence[Token], place: int, previous: Token | None) -> None:
    """Adds the verbs of a word, unless it only tells which ones behind another verb: 公开以市政府名义制发的文件."""
    if verbs and place + 1 < len(tokens) and tokens[place + 1].text == _OF:
        return
    is_joined = previous is not None and _joins(previous)
    verbs.extend((place, verb, is_joined) for verb in tokens[place].meaning.verbs)


def _names_whole_list(tokens: Sequence[Token], noun_place: int) -> bool:
    """Whether a list ends in what all its members are, and these are counted together: 公开甲、乙等政府信息共计3条."""
    if noun_place < 1 or tokens[noun_place].meaning.noun != "information":
        return False
    before, behind = tokens[:noun_place], tokens[noun_place + 1 :]
    is_list = any(token.text == "、" for token in before) and any(token.text == _AND_SO_ON for token in before[-2:])
    return is_list and any("total" in token.flags for token in behind)


def _take_whole(cues: Cues) -> None:
    """What is counted together is no kind of information, and none of its members."""
    cues.nouns = ["information"]
    cues.is_modified = cues.is_listed = cues.has_mixed_topics = cues.has_unknown = cues.has_unknown_object = False
    cues.parts.pop("topic", None)


def _joins(token: Token) -> bool:
    return bool(token.meaning.verbs) or "and" in token.flags or token.text == "、"


def _add_noun(cues: Cues, noun: str, *, is_weak: bool) -> None:
    is_of_work = noun in load_grammar().of_work and ("work" in cues.flags or "channel" in cues.parts)
    cues.is_modified = is_weak and cues.tail is not None and not is_of_work
    cues.noun = noun
    cues.nouns.append(noun)


def _add_word(cues: Cues, meaning: Meaning) -> None:
    cues.flags |= meaning.flags
    cues.bound = meaning.bound
    cues.rate = meaning.rate or cues.rate
    cues.residuals = meaning.residuals or cues.residuals
    if meaning.is_cue:
        cues.tail = None


def _add_unknown(cues: Cues, token: Token, own_name: str) -> None:
    if own_name and token.text in own_name:
        return
    cues.tail, cues.bound = token.text, None
    cues.is_titled = token.kind == "title"
    cues.has_unknown = cues.has_unknown or not token.is_quoted
    if cues.flags & {"via", "at"} and not cues.parts and not cues.verbs:
        cues.has_unknown_channel = True


def _takes_over(cues: Cues, token: Token, tokens: Sequence[Token], noun_place: int, place: int) -> bool:
    """Whether a noun is the head: the last one is, but a light noun right behind a strong one only completes it."""
    if cues.noun in load_grammar().stands_for.get(token.meaning.noun or "", ()):
        return False
    if cues.noun is None or not token.meaning.is_weak or token.meaning.noun not in _LIGHT_NOUNS:
        return True
    between = tokens[noun_place + 1 : place]
    return tokens[noun_place].meaning.is_weak or any(t.meaning.is_cue or t.kind != "word" for t in between)


def _is_joined(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether two nouns are members of one list: a stop or an `and` stands between, and no verb."""
    between = tokens[first + 1 : second]
    has_link = any(t.text == "、" or "and" in t.flags for t in between)
    return has_link and not any(t.kind in ("unknown", "title", "figure") or t.meaning.verbs for t in between)


def _close_cluster(cues: Cues, cluster: list[Token]) -> None:
    """Adds the parts named by one compound name: the last of each kind, a yielding one only when it stands alone."""
    if not cluster:
        return
    catalogue = load_catalogue()
    named: dict[Breakdown, list[str]] = {}
    for token in cluster:
        found: dict[Breakdown, list[str]] = {}
        for breakdown, part_id in token.meaning.parts:
            found.setdefault(breakdown, []).append(part_id)
        if "topic" in found:
            cues.doubtful_channels.update(found.get("channel", ()))
        for breakdown, ids in found.items():
            before = named.get(breakdown) if breakdown in _COMPOUND else None
            if breakdown not in _COMPOUND:
                ids = [*named.get(breakdown, ()), *ids]
            if before is not None and all(catalogue.find_part(breakdown, part_id).yields for part_id in ids):
                continue
            if before is not None and not any(
                catalogue.join(breakdown, (*before, part_id)) not in (None, part_id) for part_id in ids
            ):
                before = None
            named[breakdown] = [*(before or ()), *ids]
    for breakdown, ids in named.items():
        cues.parts.setdefault(breakdown, []).extend(ids)
    cluster.clear()


def _drop_reasons(cluster: list[Token], following: Sequence[Token]) -> None:
    """Takes out reasons that are only some of those for what follows: 因不掌握等原因无法提供."""
    if not cluster or following[0].text != _AND_SO_ON:
        return
    catalogue = load_catalogue()
    named = [part for token in following for part in token.meaning.parts if part[0] == "outcome"]
    if any(catalogue.find_part(breakdown, part_id).yields for breakdown, part_id in named):
        cluster[:] = [t for t in cluster if all(breakdown != "outcome" for breakdown, _ in t.meaning.parts)]


def _choose_verbs(verbs: Sequence[tuple[int, str, bool]], noun_place: int) -> tuple[str, ...]:
    """The verbs the figure stands under: the last before the noun with those joined to it (受理并答复), and those
    joined behind it; only without one before the noun, those behind it.
    """
    before = [verb for verb in verbs if verb[0] < noun_place]
    behind = [verb for verb in verbs if verb[0] >= noun_place]
    if before:
        chosen = _take_chain(before) + [verb for _, verb, is_joined in behind if is_joined]
    else:
        chosen = [verb for _, verb, _ in behind]
    grammar = load_grammar()
    if before and all(verb in grammar.light_verbs for verb in chosen):
        chosen += [verb for _, verb, _ in behind]
    distinct = tuple(dict.fromkeys(chosen))
    ruling = tuple(verb for verb in distinct if verb in grammar.ruling_verbs)
    strong = tuple(verb for verb in distinct if verb not in grammar.weak_verbs)
    return ruling or strong or distinct


def _take_chain(verbs: Sequence[tuple[int, str, bool]]) -> list[str]:
    """The last verb and those it is joined to."""
    start = len(verbs) - 1
    while start > 0 and (verbs[start][2] or verbs[start][0] == verbs[start - 1][0]):
        start -= 1
    return [verb for _, verb, _ in verbs[max(start, 0) :]]
