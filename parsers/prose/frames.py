"""The lines of frames.yml, and how the first one that fits a figure's surroundings gives its metric."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from parsers.prose.catalogue import ProseRecord, load_catalogue, read_prose_yaml

NONE, ANY = "none", "any"


class Frame(ProseRecord):
    """One line: a metric and the conditions under which a figure is one of it."""

    metric: str
    noun: tuple[str, ...] = ()
    verb: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    unit: tuple[str, ...]
    channel: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    outcome: bool = False
    flag: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    negated: bool = False


class OfAll(ProseRecord):
    """What a word for all of it behind a count makes of the count."""

    of: tuple[str, ...]
    verb: tuple[str, ...] = ()
    flag: str | None = None
    part: str | None = None
    metric: str | None = None
    plain: bool = False
    each: bool = False


class OfContained(ProseRecord):
    """A count that is of another metric once a certain part is said to be in it."""

    wholes: tuple[str, ...]
    part: str
    becomes: str


class OfChannels(ProseRecord):
    """A count that is of another metric once its parts are channels."""

    whole: str
    becomes: str


class OfCarried(ProseRecord):
    """The channel of what one verb says is in something that was counted before."""

    verb: str
    nouns: tuple[str, ...]
    beside: tuple[str, ...]
    channel: str


class OfOngoing(ProseRecord):
    """The metric of cases of a noun that are still being handled once they are said to be carried out."""

    noun: str
    metric: str


class OfOthers(ProseRecord):
    """The topic of figures of a group of metrics whose noun is of an unknown kind."""

    group: str
    topic: str


class Grammar(ProseRecord):
    """frames.yml as a whole."""

    frames: tuple[Frame, ...]
    of_all: tuple[OfAll, ...]
    of_ordinal: tuple[str, ...]
    of_contained: OfContained
    of_channels: OfChannels
    of_carried: OfCarried
    of_ongoing: OfOngoing
    stands_for: dict[str, tuple[str, ...]]
    noun_of_verb: dict[str, str]
    named_before: tuple[str, ...]
    held_verbs: dict[str, tuple[str, ...]]
    of_other_documents: OfOthers
    may_be_modified: tuple[str, ...]
    kin: tuple[tuple[str, ...], ...]
    changed_nouns: dict[str, str]
    disputed: tuple[str, ...]
    of_work: tuple[str, ...]
    channel_nouns: tuple[str, ...]
    light_verbs: tuple[str, ...]
    ruling_verbs: tuple[str, ...]
    weak_verbs: tuple[str, ...] = Field(min_length=1)
    directed_verbs: tuple[str, ...]
    never: tuple[str, ...]
    resets_channel: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around one figure, as far as a frame can ask for it."""

    noun: str | None
    verb: str | None
    rate: str | None
    unit: str | None
    unit_kind: str
    channels: tuple[str, ...]
    topics: tuple[str, ...]
    has_outcome: bool
    flags: Collection[str]
    whole_metric: str | None
    last_metric: str | None
    is_negated: bool = False


@cache
def load_grammar() -> Grammar:
    """Reads and checks frames.yml. Raises `ValueError` when it names a metric that is in no list."""
    grammar = Grammar(**read_prose_yaml("frames.yml"))
    for frame in grammar.frames:
        load_catalogue().find_metric(frame.metric)
    return grammar


def find_frame(around: Surroundings) -> Frame | None:
    """The first line of the grammar that fits; null when the figure is of nothing in the list."""
    candidates = _index_frames().get(around.rate or "counts", ())
    return next((frame for frame in candidates if _fits(frame, around)), None)


def are_kin(first: str | None, second: str | None) -> bool:
    """Whether two nouns stand under one verb when only the first has one."""
    return first == second or any(first in nouns and second in nouns for nouns in load_grammar().kin)


def name_noun(metric_id: str) -> str | None:
    """The noun that figures of a metric are of, for those that are known without it (结转下年3件)."""
    frames = (frame for frame in load_grammar().frames if frame.metric == metric_id)
    return next((frame.noun[0] for frame in frames if NONE in frame.noun), None)


@cache
def _index_frames() -> dict[str, tuple[Frame, ...]]:
    frames = load_grammar().frames
    index = {"counts": tuple(frame for frame in frames if not frame.rate)}
    for rate in {rate for frame in frames for rate in frame.rate}:
        index[rate] = tuple(frame for frame in frames if rate in frame.rate)
    return index


def _fits(frame: Frame, around: Surroundings) -> bool:
    if around.is_negated:
        if not frame.negated:
            return False
    elif around.unit_kind not in frame.unit and around.unit not in frame.unit:
        return False
    return _fits_words(frame, around) and _fits_neighbours(frame, around)


def _fits_words(frame: Frame, around: Surroundings) -> bool:
    if frame.noun and (around.noun or NONE) not in frame.noun:
        return False
    if frame.verb and (around.verb or NONE) not in frame.verb:
        return False
    if frame.channel and not _names(frame.channel, around.channels):
        return False
    if frame.topic and not _names(frame.topic, around.topics):
        return False
    return not frame.outcome or around.has_outcome


def _fits_neighbours(frame: Frame, around: Surroundings) -> bool:
    if any(flag not in around.flags for flag in frame.flag) or any(flag in around.flags for flag in frame.unless):
        return False
    if frame.whole and around.whole_metric not in frame.whole:
        return False
    return not frame.beside or around.last_metric in frame.beside


def _names(wanted: tuple[str, ...], named: tuple[str, ...]) -> bool:
    if not named:
        return False
    if ANY in wanted:
        return True
    catalogue = load_catalogue()
    return all(catalogue.name_family("channel", (name,)) in wanted or name in wanted for name in named)
