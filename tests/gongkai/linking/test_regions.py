"""The code tables of regions, and how a region is followed through them."""

import importlib.util
import sys
from collections import Counter
from types import ModuleType

import pytest

from gongkai.linking.regions import REFERENCE, RegionSpell, read_region_spells


def load_lineage() -> ModuleType:
    """The module that the script of the reference data is made of."""
    spec = importlib.util.spec_from_file_location("region_lineage", REFERENCE / "region_lineage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


LINEAGE = load_lineage()


def trace(*tables: dict[str, str], successions: dict[str, str] | None = None) -> dict[tuple[str, str], str]:
    """Region id by code and name, for tables of the years from 2001 on."""
    spells = LINEAGE.trace_regions(
        [LINEAGE.CodeTable(f"{2001 + no}-12", names) for no, names in enumerate(tables)],
        lambda code, _: (code[:4], code[:2]),
        lambda code, _: f"{code[:4]}00",
        lambda _: "county",
        successions or {},
    )
    return {(spell.region_code, spell.region_name): spell.region_id for spell in spells}


def find_spells(**wanted: str) -> list[RegionSpell]:
    return [
        spell for spell in read_region_spells() if all(getattr(spell, name) == value for name, value in wanted.items())
    ]


def test_county_that_became_a_district_keeps_its_id() -> None:
    ids = trace({"110181": "甲山市", "110182": "乙水市"}, {"110115": "甲山区", "110182": "乙水市"})
    assert ids[("110115", "甲山区")] == "110181"


def test_two_regions_of_one_stem_are_never_guessed_apart() -> None:
    ids = trace({"110181": "甲山市", "110182": "甲山县"}, {"110115": "甲山区"})
    assert ids[("110115", "甲山区")] == "110115"


def test_code_that_went_to_another_region_does_not_take_the_old_one_along() -> None:
    ids = trace({"110110": "丙盛区", "110122": "丁江县"}, {"110110": "丁江区"})
    assert ids == {("110110", "丙盛区"): "110110", ("110122", "丁江县"): "110122", ("110110", "丁江区"): "110122"}


def test_renaming_that_names_do_not_show_is_curated() -> None:
    tables = ({"110127": "戊县"}, {"110181": "戊州市"})
    assert trace(*tables)[("110181", "戊州市")] == "110181"
    assert trace(*tables, successions={"110127": "110181"})[("110181", "戊州市")] == "110127"


def test_same_code_under_another_name_is_the_same_region() -> None:
    assert set(trace({"110102": "己东区"}, {"110102": "庚都区"}).values()) == {"110102"}


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("370402", "市中区", "370400"),
        ("370402001", "中心街街道", "370402"),
        ("640402003", "北塬街道", "640402"),
        ("370812001", "鼓楼街道", "370812"),
        ("370305004", "稷下街道", "370305"),
        ("321322", "沭阳县", "321300"),
        ("320813", "洪泽区", "320800"),
        ("441900003", "东城街道", "441900"),
    ],
)
def test_tables_hold_regions_known_from_reports(code: str, name: str, parent: str) -> None:
    (spell,) = (spell for spell in find_spells(region_code=code, region_name=name) if spell.last_seen is None)
    assert spell.parent_code == parent


@pytest.mark.parametrize(
    ("old_code", "new_code"),
    [("370282", "370215"), ("450127", "450181"), ("500222", "500110"), ("341402", "340181"), ("360427", "360483")],
)
def test_real_renamings_keep_their_ids(old_code: str, new_code: str) -> None:
    latest = [max(find_spells(region_code=code), key=lambda spell: spell.first_seen) for code in (old_code, new_code)]
    assert latest[0].region_id == latest[1].region_id


def test_street_keeps_its_id_when_its_county_becomes_a_district() -> None:
    assert {spell.region_id for spell in find_spells(region_code="370215003")} == {"370282003"}


def test_no_region_has_two_codes_at_once_in_the_newest_tables() -> None:
    current = Counter(spell.region_id for spell in read_region_spells() if spell.last_seen is None)
    assert len(current) > 44_000
    assert [region_id for region_id, count in current.items() if count > 1] == []


def test_every_region_stands_below_one_that_is_known() -> None:
    codes = {spell.region_code for spell in read_region_spells()}
    orphans = [spell for spell in read_region_spells() if spell.parent_code not in (codes | {None})]
    assert orphans == []
    assert all(spell.level == "province" for spell in read_region_spells() if spell.parent_code is None)
