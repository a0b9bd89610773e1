"""The words of the grammar with all their meanings, found by their first character and their length."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from parsers.prose.catalogue import Breakdown, Part, ProseRecord, load_catalogue, read_prose_yaml
from parsers.prose.text import fold_text


class NounWords(ProseRecord):
    """Words for one noun: those that are enough by themselves, and those that an unknown word before them denies."""

    words: tuple[str, ...]
    weak: tuple[str, ...]


class BoundWords(ProseRecord):
    """Words before and behind a figure that make it a bound."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]


class LexiconFile(ProseRecord):
    """lexicon.yml as it stands."""

    units: dict[str, tuple[str, ...]]
    counted_in_words: tuple[str, ...]
    multipliers: dict[str, int]
    bounds: BoundWords
    names: tuple[str, ...]
    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, NounWords]
    rates: dict[str, tuple[str, ...]]
    flags: dict[str, tuple[str, ...]]
    neutral: tuple[str, ...]
    bodies: tuple[str, ...]
    quoted_websites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything one word can mean; the words around it decide. All empty is a neutral word."""

    verbs: tuple[str, ...] = ()
    noun: str | None = None
    is_weak: bool = False
    rate: str | None = None
    flags: frozenset[str] = frozenset()
    parts: tuple[tuple[Breakdown, str], ...] = ()
    residuals: tuple[tuple[Breakdown, str], ...] = ()
    bound: str | None = None

    @property
    def is_cue(self) -> bool:
        """Whether the word says what a figure is of."""
        return bool(self.verbs or self.noun or self.rate or self.parts or self.residuals)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by text; for each first character the lengths that occur, longest first; units by text."""

    words: dict[str, Meaning]
    lengths: dict[str, tuple[int, ...]]
    units: dict[str, str]
    unit_lengths: tuple[int, ...]
    counted_in_words: frozenset[str]
    multipliers: dict[str, int]
    bounds_after: dict[str, str]
    names: frozenset[str]
    owners: tuple[str, ...]
    bodies: tuple[str, ...]
    quoted_websites: tuple[str, ...]

    def find_word(self, text: str, place: int) -> tuple[str, Meaning] | None:
        """The longest word that stands at this place."""
        for length in self.lengths.get(text[place], ()):
            word = text[place : place + length]
            meaning = self.words.get(word)
            if meaning is not None:
                return word, meaning
        return None

    def find_unit(self, text: str, place: int) -> str | None:
        """The longest unit that stands at this place."""
        return next((u for n in self.unit_lengths if (u := text[place : place + n]) in self.units), None)


@cache
def load_lexicon() -> Lexicon:
    """Reads lexicon.yml and the words of all parts. Raises `ValueError` for content that does not fit."""
    source = LexiconFile(**read_prose_yaml("lexicon.yml"))
    words = _collect_words(source)
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    units = {unit: kind for kind, names in source.units.items() for unit in names}
    owners = [owner for part in load_catalogue().breakdowns["channel"] for owner in part.owned]
    return Lexicon(
        words=words,
        lengths={first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        units=units,
        unit_lengths=tuple(sorted({len(unit) for unit in units}, reverse=True)),
        counted_in_words=frozenset(source.counted_in_words),
        multipliers=source.multipliers,
        bounds_after={word: bound for bound, found in source.bounds.after.items() for word in found},
        names=frozenset(source.names),
        owners=tuple(sorted(owners, key=len, reverse=True)),
        bodies=source.bodies,
        quoted_websites=source.quoted_websites,
    )


def _collect_words(source: LexiconFile) -> dict[str, Meaning]:
    """Every word with all it means; a neutral word means nothing."""
    words: dict[str, Meaning] = {}
    for names, add in _list_meanings(source):
        for name in names:
            text = fold_text(name)
            words[text] = add(words.get(text, Meaning()))
    return words


def _list_meanings(source: LexiconFile) -> Iterator[tuple[Iterable[str], Callable[[Meaning], Meaning]]]:
    """The lists of words, each with what it adds to the meaning of its words."""
    yield source.neutral, lambda known: known
    for verb, names in source.verbs.items():
        yield names, lambda known, verb=verb: replace(known, verbs=(*known.verbs, verb))
    for noun, found in source.nouns.items():
        yield found.words, lambda known, noun=noun: replace(known, noun=noun, is_weak=False)
        yield found.weak, lambda known, noun=noun: replace(known, noun=noun, is_weak=True)
    for rate, names in source.rates.items():
        yield names, lambda known, rate=rate: replace(known, rate=rate)
    for flag, names in source.flags.items():
        yield names, lambda known, flag=flag: replace(known, flags=known.flags | {flag})
    for bound, names in source.bounds.before.items():
        yield names, lambda known, bound=bound: replace(known, bound=bound)
    for breakdown, parts in load_catalogue().breakdowns.items():
        for part in parts:
            yield part.words, partial(_add_part, breakdown, part)
            yield part.also, partial(_add_residual, breakdown, part)


def _add_part(breakdown: Breakdown, part: Part, known: Meaning) -> Meaning:
    noun = "post" if part.post and known.noun is None else known.noun
    return replace(known, noun=noun, parts=(*known.parts, (breakdown, part.id)))


def _add_residual(breakdown: Breakdown, part: Part, known: Meaning) -> Meaning:
    return replace(known, residuals=(*known.residuals, (breakdown, part.id)))
