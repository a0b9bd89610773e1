"""The register of agencies that reports were linked to: name, type, level, region and the agency above."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongkai.linking.bodies import GOVERNMENT, OFFICE
from gongkai.linking.gazetteer import Gazetteer, Region
from gongkai.linking.linker import Link
from gongkai.linking.names import Candidate


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency. `agency_id` is the region's lasting id and the body's key, so that it depends on no file.

    `region_code` is the latest code of its province, prefecture or county, `township_code` that of its township.
    `parent_agency_id` is the government it belongs to; null for a vertical agency, whose parent is its system, and for
    a province's government.
    """

    agency_id: str
    agency_name: str
    agency_type: str
    administrative_level: str
    region_id: str
    region_code: str
    township_code: str | None
    parent_agency_id: str | None


def list_agencies(links: Iterable[Link], gazetteer: Gazetteer) -> tuple[Agency, ...]:
    """The agencies of linked reports, once each, by id."""
    agencies: dict[str, Agency] = {}
    for link in links:
        if link.candidate is None or (link.candidate.agency_id in agencies and link.usual_name is None):
            continue
        agency = build_agency(link.candidate, gazetteer)
        agencies[agency.agency_id] = agency if link.usual_name is None else replace(agency, agency_name=link.usual_name)
    return tuple(agencies[agency_id] for agency_id in sorted(agencies))


def build_agency(candidate: Candidate, gazetteer: Gazetteer) -> Agency:
    """One agency with its usual name: prefecture, county, township, then the body."""
    region = gazetteer.regions[candidate.region_id]
    is_township = region.level == "township"
    above = gazetteer.regions[region.chain[1]] if len(region.chain) > 1 else None
    county = above if is_township and above is not None else region
    return Agency(
        agency_id=candidate.agency_id,
        agency_name=_name_agency(candidate, region, gazetteer),
        agency_type=candidate.body.agency_type,
        administrative_level="county" if region.level == "zone" else region.level,
        region_id=region.region_id,
        region_code=county.code,
        township_code=region.code if is_township else None,
        parent_agency_id=_find_parent(candidate, region, above),
    )


def _name_agency(candidate: Candidate, region: Region, gazetteer: Gazetteer) -> str:
    chain = [gazetteer.regions[region_id] for region_id in reversed(region.chain)]
    place = "".join(each.name for each in chain if each.level != "province" or len(chain) == 1)
    if candidate.body.key == "township":
        return f"{place}办事处" if region.name.endswith("街道") else f"{place}人民政府"
    if candidate.body.key == "zone":
        return f"{place}管理委员会"
    named = {GOVERNMENT: "人民政府", OFFICE: "人民政府办公厅" if region.level == "province" else "人民政府办公室"}
    return place + named.get(candidate.body.key, candidate.body.key)


def _find_parent(candidate: Candidate, region: Region, above: Region | None) -> str | None:
    if candidate.body.agency_type == "vertical_agency":
        return None
    if candidate.body.key in (GOVERNMENT, "township", "zone"):
        return None if above is None else f"{above.region_id}:{GOVERNMENT}"
    return f"{region.region_id}:{GOVERNMENT}"
