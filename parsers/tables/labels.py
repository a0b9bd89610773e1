"""How alike a printed label is to a label of the form."""

import re
from functools import lru_cache

from rapidfuzz.distance import Indel

from parsers.tables.numbers import normalise_text

_ORDINAL = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[.,]|\d{1,2}[.,])+")
_YEAR_IN_LABEL = re.compile(r"\(?(?:19|20)\d\d(?:年度?)?\)?(?=\D|$)")
_SAME_SIGN = str.maketrans({**dict.fromkeys("、．,，;。", "."), **dict.fromkeys(":“”\"'‘’《》「」*#", None)})
_SHORT_LABEL = 3
EXACT, LISTED, WITHOUT_ORDINAL, CONTAINED = 1.0, 0.99, 0.97, 0.86
LEAST_LIKENESS = 0.62


@lru_cache(maxsize=20_000)
def normalise_label(text: str) -> str:
    """A label without white space, quotes and the year some agencies print into it; stops folded to one sign."""
    label = normalise_text(text).translate(_SAME_SIGN)
    return _YEAR_IN_LABEL.sub("", label) if any(c.isdigit() for c in label) else label


@lru_cache(maxsize=20_000)
def strip_ordinal(label: str) -> str:
    """A normalised label without its leading 一、 （三） or 2."""
    return _ORDINAL.sub("", label)


@lru_cache(maxsize=50_000)
def score_likeness(printed: str, labels: tuple[str, ...], key: str | None) -> float:
    """Likeness, 0 to 1, of a normalised printed label to a form label (its first) and its listed spellings.

    1 is the label itself, 0.99 a listed spelling, 0.97 either without its ordinal, 0.86 a longer text that contains
    the key or the whole label; below that the share of characters in common order. Labels of up to three characters
    are never likened.
    """
    if not printed:
        return 0.0
    if printed == labels[0]:
        return EXACT
    if printed in labels:
        return LISTED
    bare = strip_ordinal(printed)
    bare_labels = [strip_ordinal(label) for label in labels]
    if bare and bare in bare_labels:
        return WITHOUT_ORDINAL
    if key is not None and key in printed:
        return CONTAINED
    first = bare_labels[0]
    if len(first) > _SHORT_LABEL and first in printed and len(printed) <= 3 * len(first):
        return CONTAINED
    if len(bare) <= _SHORT_LABEL or len(first) <= _SHORT_LABEL:
        return 0.0
    best = max(Indel.normalized_similarity(bare, label) for label in bare_labels)
    return best * CONTAINED if best >= LEAST_LIKENESS else 0.0


@lru_cache(maxsize=20_000)
def score_place(printed: str, labels: tuple[str, ...]) -> float:
    """Likeness of a normalised label, its ordinal included, to the one that belongs where it stands: the share of
    characters in common order, however short the label is."""
    return max(
        max(
            Indel.normalized_similarity(printed, label),
            Indel.normalized_similarity(*map(strip_ordinal, (printed, label))),
        )
        for label in labels
    )
