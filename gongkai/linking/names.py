"""Reads a printed name to every agency it may mean: regions from the left, each below the one before, then the body.

济宁市兖州区鼓楼街道办事处 is a street below a prefecture and a county, 鼓楼街道办事处 every street of that name.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.linking.bodies import Body, read_body, read_zone_itself
from gongkai.linking.gazetteer import Gazetteer
from gongkai.linking.stems import find_stem

_BRACKETS = re.compile(r"\([^()]*\)")
_PREFIXES = re.compile(r"^(?:中华人民共和国|国家税务总局)")
_KINDS = "省市县区州盟旗镇乡"
_SKIPPED = ("人民政府", "政府")
_TOWNSHIP_ENDINGS = (
    *(("街道办事处", ("街道",)), ("街道党工委", ("街道",)), ("街道办", ("街道",)), ("街道人民政府", ("街道",))),
    *(("镇人民政府", ("镇",)), ("镇政府", ("镇",)), ("乡人民政府", ("乡",)), ("乡政府", ("乡",))),
    *(("苏木人民政府", ("苏木",)), ("苏木政府", ("苏木",)), ("办事处", ("街道", ""))),
)
# A name that says no region: the kind of place at most, then the body.
_REGIONLESS = re.compile(r"(?P<kind>[省市县区州旗])?(?P<body>.+)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency that a name may mean. `region_id` is that of a township for its own government or office.

    `read` is how many characters of the name told the region; `is_full` is whether the last region was named with its
    kind, `is_placed` whether a region above the township was named with it.
    """

    region_id: str
    body: Body
    read: int
    is_full: bool
    is_placed: bool

    @property
    def agency_id(self) -> str:
        return f"{self.region_id}:{self.body.key}"


@dataclass(frozen=True, slots=True)
class Regionless:
    """A name without a region, such as 区财政局: the kind of place it says, and the body."""

    kind: str | None
    body: Body


def fold_name(name: str) -> str:
    """A printed name as it is compared: one width, no white space, no brackets, no prefix of the whole state."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    return _PREFIXES.sub("", _BRACKETS.sub("", text))


def find_candidates(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Every agency the name may mean, those for whose regions most of the name speaks; in the order of their ids."""
    found = tuple(_walk(fold_name(name), gazetteer, None, 0, True))
    most = max((candidate.read for candidate in found), default=0)
    best: dict[str, Candidate] = {}
    for candidate in found:
        held = best.get(candidate.agency_id)
        if candidate.read == most and (held is None or candidate.is_full > held.is_full):
            best[candidate.agency_id] = candidate
    return tuple(best[agency_id] for agency_id in sorted(best))


def read_regionless(name: str) -> Regionless | None:
    """The body of a name that says no region; null where it is none."""
    match = _REGIONLESS.fullmatch(fold_name(name))
    if match is None:
        return None
    body = read_body(match["body"], False)
    return None if body is None else Regionless(match["kind"], body)


def _walk(text: str, gazetteer: Gazetteer, above: str | None, read: int, is_full: bool) -> Iterator[Candidate]:
    rest = text[read:]
    yield from _read_townships(rest, gazetteer, above, len(text), is_full)
    if above is not None:
        body = read_zone_itself(rest) if gazetteer.regions[above].level == "zone" else read_body(rest, is_full)
        if body is not None:
            yield Candidate(above, body, read, is_full, True)
        skipped = next((word for word in _SKIPPED if rest.startswith(word)), None)
        if skipped is not None:
            yield from _read_townships(rest.removeprefix(skipped), gazetteer, above, len(text), is_full)
    for length in range(2, min(len(rest), gazetteer.longest_name) + 1):
        for hit in gazetteer.names.get(rest[:length], ()):
            if above is not None and (above == hit.region_id or above not in gazetteer.regions[hit.region_id].above):
                continue
            if not hit.is_full and rest[length : length + 1] in _KINDS and rest[length:]:
                continue
            yield from _walk(text, gazetteer, hit.region_id, read + length, hit.is_full)


def _read_townships(
    words: str, gazetteer: Gazetteer, above: str | None, read: int, is_full: bool
) -> Iterator[Candidate]:
    """Townships that the words name, below the region already read; by stem alone only below a county."""
    names = tuple(_list_township_names(words))
    exact = {
        region_id
        for name in names
        for region_id in gazetteer.townships.get(name, ())
        if above is None or above in gazetteer.regions[region_id].above
    }
    ids = exact or {
        region_id
        for name in names
        if above is not None and find_stem(name) != name
        for region_id in gazetteer.township_stems.get((above, find_stem(name)), ())
    }
    for region_id in ids:
        kind = "subdistrict_office" if gazetteer.regions[region_id].name.endswith("街道") else "township_government"
        yield Candidate(region_id, Body("township", kind), read, is_full and bool(exact), above is not None)


def _list_township_names(words: str) -> Iterator[str]:
    yield words
    for ending, kinds in _TOWNSHIP_ENDINGS:
        if words.endswith(ending) and len(words) > len(ending):
            for kind in kinds:
                yield words.removesuffix(ending) + kind
            return
    if words.endswith("街"):
        yield from (f"{words}道", f"{words}街道")
