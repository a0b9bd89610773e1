"""The gazetteer: every region with those above it, and the names it is found by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from gongkai.linking.regions import RegionSpell, read_region_spells
from gongkai.linking.stems import find_stem, shorten_autonomous

# Reports begin with the year 2008; names that ended before are in none.
_FIRST_MONTH = "2008-01"
_PROVINCE_KINDS = ("省", "市", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区")


@dataclass(frozen=True, slots=True)
class Region:
    """One region. `above` are the ids of every region it ever belonged to, itself included; `chain` those of today,
    from itself upwards; years as in `dim_regions`, null where unknown or still standing."""

    region_id: str
    code: str
    name: str
    level: str
    chain: tuple[str, ...]
    above: frozenset[str]
    last_year: int | None


@dataclass(frozen=True, slots=True)
class NameHit:
    """A region that a name may mean; `is_full` is false for a name without its kind (枣庄 for 枣庄市)."""

    region_id: str
    is_full: bool


@dataclass(frozen=True, slots=True, repr=False)
class Gazetteer:
    """Regions by id, ids by code (former ones included), hits by name, townships by name and by stem in a county."""

    regions: dict[str, Region]
    ids_by_code: dict[str, str]
    names: dict[str, tuple[NameHit, ...]]
    townships: dict[str, tuple[str, ...]]
    township_stems: dict[tuple[str, str], tuple[str, ...]]
    longest_name: int


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the reference data."""
    return build_gazetteer(read_region_spells())


def build_gazetteer(spells: Iterable[RegionSpell]) -> Gazetteer:
    """Puts spells together to regions, without those that ended before 2008; old codes still lead to their heirs."""
    by_region: dict[str, list[RegionSpell]] = defaultdict(list)
    holders: dict[str, RegionSpell] = {}
    for spell in spells:
        by_region[spell.region_id].append(spell)
        held = holders.get(spell.region_code)
        if held is None or _rank(spell) > _rank(held):
            holders[spell.region_code] = spell
    ids_by_code = {code: spell.region_id for code, spell in holders.items()}
    parents = {
        region_id: [ids_by_code[s.parent_code] for s in sorted(own, key=_rank, reverse=True) if s.parent_code]
        for region_id, own in by_region.items()
    }
    regions, names = {}, defaultdict(dict)
    townships: dict[str, list[str]] = defaultdict(list)
    stems: dict[tuple[str, str], list[str]] = defaultdict(list)
    for region_id, own in by_region.items():
        recent = [spell for spell in own if spell.last_seen is None or spell.last_seen >= _FIRST_MONTH]
        if not recent:
            continue
        region = _build_region(region_id, max(own, key=_rank), parents)
        regions[region_id] = region
        for name in sorted({spell.region_name for spell in recent}):
            if region.level == "township":
                townships[name].append(region_id)
                if region_id not in stems[parents[region_id][0], find_stem(name)]:
                    stems[parents[region_id][0], find_stem(name)].append(region_id)
            else:
                for form, is_full in _list_forms(name, region.level):
                    names[form][region_id] = is_full or names[form].get(region_id) is True
    return Gazetteer(
        regions,
        ids_by_code,
        {form: tuple(NameHit(*hit) for hit in sorted(hits.items())) for form, hits in names.items()},
        {name: tuple(sorted(ids)) for name, ids in townships.items()},
        {key: tuple(sorted(ids)) for key, ids in stems.items()},
        max(map(len, names), default=0),
    )


def _rank(spell: RegionSpell) -> tuple[bool, str, str, str]:
    return spell.last_seen is None, spell.last_seen or "", spell.first_seen, spell.region_code


def _build_region(region_id: str, latest: RegionSpell, parents: dict[str, list[str]]) -> Region:
    chain = [region_id]
    while parents[chain[-1]]:
        chain.append(parents[chain[-1]][0])
    above, waiting = set(), [region_id]
    while waiting:
        step = waiting.pop()
        if step not in above:
            above.add(step)
            waiting.extend(parents[step])
    last_year = None if latest.last_seen is None else int(latest.last_seen[:4])
    return Region(
        region_id,
        latest.region_code,
        latest.region_name,
        latest.level,
        tuple(chain),
        frozenset(above),
        last_year,
    )


def _list_forms(name: str, level: str) -> Iterable[tuple[str, bool]]:
    """The forms a name is printed in: whole, shortened, and without its kind."""
    yield name, True
    if level == "province":
        kind = next(kind for kind in _PROVINCE_KINDS if name.endswith(kind))
        yield name.removesuffix(kind), False
        return
    if (short := shorten_autonomous(name)) is not None:
        yield short, True
    stem = find_stem(name)
    if level != "zone" and stem != name and len(stem) > 1:
        yield stem, False
