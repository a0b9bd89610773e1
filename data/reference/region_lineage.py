"""Follows regions through successive code tables: which code and name a region had from when to when.

A region keeps its `region_id` (the first code it is known by) while its code stays, or while a new code appears in the
same table in which an old one is missing, under the same stem (即墨市 370282, 即墨区 370215) and only one of each. What
stems do not show (横县, 横州市) is a row of the seed `region_successions.csv`. Nothing else joins two codes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.linking.stems import find_stem


@dataclass(frozen=True, slots=True)
class Spell:
    """One code and name of a region without a break; `last_seen` is null while it stands in the newest table."""

    region_code: str
    region_name: str
    region_id: str
    parent_code: str
    level: str
    first_seen: str
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One published table: the month it describes and the name of each code."""

    month: str
    names: Mapping[str, str]


def trace_regions(
    tables: Sequence[CodeTable],
    list_groups: Callable[[str, str], Iterable[str]],
    find_parent: Callable[[str, Mapping[str, str]], str],
    find_level: Callable[[str], str],
    successions: Mapping[str, str],
) -> tuple[Spell, ...]:
    """The spells of every region, by code and time.

    `list_groups(code, month)` names the surroundings in which a successor is sought, the nearest first; `successions`
    are curated pairs of an old code and the new one that carries on.
    """
    spells: list[Spell] = []
    known_ids: set[str] = set()
    last_ids: dict[str, tuple[str, str]] = {}
    active: dict[str, Spell] = {}
    previous_month = ""
    for table in tables:
        # A code whose name changed may have gone to another region (500110: 万盛区, then 綦江区).
        changed = {code for code, spell in active.items() if _has_other_stem(spell.region_name, table.names.get(code))}
        gone = {code: spell.region_name for code, spell in active.items() if code in changed}
        new = {code: name for code, name in table.names.items() if code in changed or code not in active}
        # Some tables name the old region beside the new one for a while.
        pairs = {successor: old for old, successor in successions.items() if old in active and successor in new}
        pairs |= _pair_stems(gone, new, lambda code, month=table.month: list_groups(code, month), pairs)
        spells.extend(_end(active[code], previous_month) for code in gone)
        following: dict[str, Spell] = {}
        for code, name in table.names.items():
            held = active.get(code)
            if held is not None and held.region_name == name:
                following[code] = held
                continue
            if held is not None and code not in changed:
                spells.append(_end(held, previous_month))
            if code in pairs:
                region_id = active[pairs[code]].region_id
            elif held is not None and code not in pairs.values():
                region_id = held.region_id
            else:
                region_id = _find_id(code, name, table.month, last_ids, known_ids)
            known_ids.add(region_id)
            following[code] = Spell(
                code, name, region_id, find_parent(code, table.names), find_level(code), table.month, None
            )
        last_ids.update({code: (find_stem(spell.region_name), spell.region_id) for code, spell in following.items()})
        active, previous_month = following, table.month
    spells.extend(active.values())
    return tuple(sorted(spells, key=lambda spell: (spell.region_code, spell.first_seen)))


def _has_other_stem(name: str, new_name: str | None) -> bool:
    return new_name is None or find_stem(new_name) != find_stem(name)


def _end(spell: Spell, month: str) -> Spell:
    return replace(spell, last_seen=month)


def _find_id(
    code: str, name: str, month: str, last_ids: Mapping[str, tuple[str, str]], known_ids: Iterable[str]
) -> str:
    """A new region's id: that of the code's last holder if it had this stem, else the code, with the year where a
    region of before has it."""
    stem, region_id = last_ids.get(code, (None, code))
    if stem == find_stem(name):
        return region_id
    return code if code not in known_ids else f"{code}-{month[:4]}"


def _pair_stems(
    gone: Mapping[str, str],
    new: Mapping[str, str],
    list_groups: Callable[[str], Iterable[str]],
    known: Mapping[str, str],
) -> dict[str, str]:
    """Old code by new code where one of each has a stem, in the nearest surroundings first; `known` stays as it is."""
    pairs = dict(known)
    for depth in range(2):
        taken = set(pairs.values())
        by_key: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for side, names, left_out in ((0, gone, taken), (1, new, pairs)):
            for code, name in names.items():
                groups = tuple(list_groups(code))
                if code not in left_out and depth < len(groups):
                    by_key[groups[depth], find_stem(name)][side].append(code)
        pairs.update({after[0]: before[0] for before, after in by_key.values() if len(before) == len(after) == 1})
    return pairs
