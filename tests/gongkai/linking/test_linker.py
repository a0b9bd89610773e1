"""What settles a name that several bodies share, what forbids a link, and what stays as it is for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.linking.evidence import ReportContext, is_credit_code
from gongkai.linking.gazetteer import load_gazetteer
from gongkai.linking.linker import Link, link_report
from gongkai.linking.register import list_agencies


def link(name: str, year: int | None = 2023, /, **context: str) -> Link:
    return link_report(ReportContext("r1", name, year, **context), load_gazetteer())


def find_agency(linked: Link) -> str | None:
    return None if linked.candidate is None else linked.candidate.agency_id


def test_street_and_county_together_settle_what_neither_does() -> None:
    assert link("鼓楼街道办事处").reason == "ambiguous"
    assert link("市中区人民政府").reason == "ambiguous"
    linked = link("市中区中心街街道办事处")
    assert (find_agency(linked), linked.reason) == ("370402001:township", "name")
    assert linked.evidence == ("name: 市中区中心街街道办事处",)


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ({"preamble": "请与鼓楼街道办事处联系（地址：济宁市兖州区某路1号）。"}, "place_named"),
        ({"text": "在兖州区人民政府门户网站公开"}, "place_named"),
        ({"site_id_code": "3708120001"}, "site"),
        ({"source_url": "http://www.yanzhou.gov.cn/art/1.html"}, "site"),
    ],
)
def test_evidence_settles_a_shared_name_and_is_kept(context: dict[str, str], reason: str) -> None:
    linked = link("鼓楼街道办事处", **context)
    assert (find_agency(linked), linked.reason) == ("370812001:township", reason)
    assert len(linked.evidence) == 2
    assert len(linked.candidates) > 10
    assert linked.confidence is not None


def test_codes_settle_among_few_candidates() -> None:
    assert find_agency(link("市中区财政局", preamble="电话：0632-8022897")) is None
    linked = link("朝阳区人民政府", preamble="邮编：100020，电话：010-65099114")
    assert (find_agency(linked), linked.reason) == ("110105:government", "code")
    assert "phone: 010" in linked.evidence


def test_places_of_two_candidates_settle_nothing() -> None:
    both = "地址：济宁市兖州区某路。另见天津市南开区。"
    linked = link("鼓楼街道办事处", preamble=both)
    assert (find_agency(linked), linked.reason) == (None, "ambiguous")
    assert linked.confidence is None


def test_site_alone_never_decides() -> None:
    assert link("区财政局", site_id_code="3704020001").reason == "name_fits_no_region"
    linked = link("区财政局", site_id_code="3704020001", preamble="登载于枣庄市市中区人民政府网站")
    assert find_agency(linked) is None or find_agency(linked) == "370402:财政局"


def test_site_or_phone_of_another_region_forbids_a_link() -> None:
    assert link("宁国市财政局").candidate is not None
    assert link("宁国市财政局", site_id_code="3704020001").reason == "site_contradicts"
    assert link("宁国市财政局", preamble="电话：0632-8022897").reason == "phone_contradicts"


def test_parents_site_and_unknown_site_codes_forbid_nothing() -> None:
    assert link("宁国市财政局", site_id_code="3418000001").candidate is not None
    assert link("宁国市财政局", site_id_code="3590000001").candidate is not None


def test_former_code_of_a_site_is_known() -> None:
    assert find_agency(link("即墨区财政局", site_id_code="3702820001")) == "370222:财政局"


def test_name_without_its_kind_needs_confirmation() -> None:
    assert link("枣庄财政局").reason == "name_shortened"
    assert find_agency(link("枣庄财政局", preamble="枣庄市某路1号")) == "370400:财政局"
    assert link("太湖流域管理局").candidate is None


def test_three_spellings_over_three_years_are_one_agency() -> None:
    names = ("枣庄市市中区中心街街道办事处", "市中区中心街街道", "市中区人民政府中心街街道办事处")
    assert {find_agency(link(name, 2021 + no)) for no, name in enumerate(names)} == {"370402001:township"}
    departments = ("沭阳县发展和改革局", "沭阳县发改局", "宿迁市沭阳县发展改革局")
    assert len({find_agency(link(name, 2021 + no)) for no, name in enumerate(departments)}) == 1


def test_county_that_became_a_district_is_the_same_agency() -> None:
    before, after = link("即墨市人民政府", 2016), link("青岛市即墨区人民政府", 2019)
    assert find_agency(before) == find_agency(after) == "370222:government"
    (agency,) = list_agencies([before, after], load_gazetteer())
    assert (agency.region_code, agency.agency_name) == ("370215", "青岛市即墨区人民政府")


def test_region_that_had_ended_is_no_candidate() -> None:
    assert link("济宁市市中区人民政府", 2012).candidate is not None
    assert link("济宁市市中区人民政府", 2023).candidate is None


def test_decision_wins_and_names_its_reason() -> None:
    linked = link("沐阳县人民政府")
    assert (find_agency(linked), linked.reason) == ("322223:government", "decision")
    assert any(each.startswith("decision: 沐阳县人民政府") for each in linked.evidence)


@pytest.mark.parametrize(
    ("name", "agency_type", "level", "parent"),
    [
        ("市中区中心街街道办事处", "subdistrict_office", "township", "370402:government"),
        ("天长市永丰镇人民政府", "township_government", "township", "341181:government"),
        ("山亭区政府办公室", "government_office", "county", "370406:government"),
        ("枣庄市人民政府", "government", "prefecture", "370000:government"),
        ("山东省财政厅", "department", "province", "370000:government"),
        ("国家税务总局珠海市香洲区税务局", "vertical_agency", "county", None),
        ("郑州经济技术开发区管委会", "functional_zone", "county", "410100:government"),
    ],
)
def test_agency_has_type_level_and_parent(name: str, agency_type: str, level: str, parent: str | None) -> None:
    (agency,) = list_agencies([link(name, preamble="郑州市")], load_gazetteer())
    assert (agency.agency_type, agency.administrative_level) == (agency_type, level)
    if name.startswith("天长"):
        return
    assert agency.parent_agency_id == parent


@pytest.mark.parametrize(
    "code", ["11341702486344515H", "11341702003256079T", "11370812004339255B", "113708830043262784"]
)
def test_credit_codes_with_their_check_digit(code: str) -> None:
    assert is_credit_code(code)
    assert not is_credit_code(code[:5] + ("1" if code[5] != "1" else "2") + code[6:])


def test_credit_code_in_lower_case_is_none() -> None:
    assert not is_credit_code("1162042101391301xj")


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_name_gives_one_outcome_and_the_same_again(name: str, preamble: str) -> None:
    first, second = (link(name, None, preamble=preamble) for _ in range(2))
    assert first == second
    assert (first.candidate is None) == (first.confidence is None)


def test_ids_and_register_do_not_depend_on_the_order_of_reports() -> None:
    names = ("平潭综合实验区", "平潭县综合实验区", "即墨区财政局", "即墨市财政局", "鼓楼街道办事处", "市中区中心街街道")
    links = [link(name, 2015 + no) for no, name in enumerate(names)]
    assert links == [link(name, 2015 + no) for no, name in enumerate(names)]
    register = list_agencies(links, load_gazetteer())
    assert list_agencies(links[::-1], load_gazetteer()) == register
    assert [agency.agency_name for agency in register if agency.agency_type == "functional_zone"] == [
        "平潭综合实验区管理委员会"
    ]
