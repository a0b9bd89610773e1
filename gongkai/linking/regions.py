"""The code tables of regions: which code and name a region had from when to when."""

import csv
import gzip
import io
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from gongkai.settings import PROJECT_ROOT

REFERENCE = PROJECT_ROOT / "data" / "reference"


@dataclass(frozen=True, slots=True)
class RegionSpell:
    """One code and name of a region without a break.

    Levels are province, prefecture, county, zone and township; a zone (开发区) holds townships at the level of a county
    without being one. Months are YYYY-MM of published tables; `last_seen` is null while the newest table has it.
    """

    region_code: str
    region_name: str
    region_id: str
    parent_code: str | None
    level: str
    first_seen: str
    last_seen: str | None


@cache
def read_region_spells() -> tuple[RegionSpell, ...]:
    """Every spell of every region, from provinces down to townships and streets, by code and time."""
    counties = tuple(_read_counties())
    return (*counties, *_read_townships({spell.region_code for spell in counties}))


def _read_counties() -> Iterator[RegionSpell]:
    text = (REFERENCE / "region_codes.csv").read_text(encoding="utf-8")
    for code, name, region_id, parent, level, first, last in list(csv.reader(io.StringIO(text)))[1:]:
        yield RegionSpell(code, name, region_id, parent or None, level, first, last or None)


def _read_townships(counties: Set[str]) -> Iterator[RegionSpell]:
    """A township belongs to the county its code begins with; four farms of a city without counties to the city."""
    text = gzip.decompress((REFERENCE / "township_codes.csv.gz").read_bytes()).decode("utf-8")
    for code, name, region_id, first, last in list(csv.reader(io.StringIO(text)))[1:]:
        parent = code[:6] if code[:6] in counties else f"{code[:4]}00"
        yield RegionSpell(code, name, region_id or code, parent, "township", first, last or None)
