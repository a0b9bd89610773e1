"""Decisions of people on who should report: sound lines name one body, the others say what is wrong with them."""

import datetime as dt
from pathlib import Path

import pytest

from gongkai.linking.expected import EXPECTED_AGENCIES, ExpectedAgency, ExpectedProblem, read_expected_agencies
from gongkai.settings import PROJECT_ROOT

HEADER = "agency_name,decision,first_year,last_year,reason,decided_on"
SOUND = "枣庄市市中区教育局,expected,2021,,it reports,2026-11-29"


def read_lines(folder: Path, *lines: str) -> tuple[tuple[ExpectedAgency, ...], tuple[ExpectedProblem, ...]]:
    (folder / EXPECTED_AGENCIES).write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return read_expected_agencies(folder)


def test_sound_line_names_an_agency_by_its_lasting_id(tmp_path: Path) -> None:
    agencies, problems = read_lines(
        tmp_path,
        SOUND,
        "枣庄市市中区中心街街道办事处,not_expected,,2020,x,2026-11-29",
        SOUND.replace("2021,", "2019,2020"),
    )
    assert problems == ()
    assert agencies[0] == ExpectedAgency(
        2,
        "370402:教育局",
        "枣庄市市中区教育局",
        "county",
        "370402",
        "expected",
        2021,
        None,
        "it reports",
        dt.date(2026, 11, 29),
    )
    assert [(each.line_no, each.administrative_level, each.decision) for each in agencies[1:]] == [
        (3, "township", "not_expected"),
        (4, "county", "expected"),
    ]


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("鼓楼街道办事处,expected,,,x,2026-11-29", "`鼓楼街道办事处` is not one body: 14 bodies may be meant"),
        ("无此地教育局,expected,,,x,2026-11-29", "`无此地教育局` is not one body: no known body"),
        ("枣庄市市中区教育局,maybe,,,x,2026-11-29", "`decision`"),
        ("枣庄市市中区教育局,expected,21,,x,2026-11-29", "`first_year`: Input should be greater"),
        ("枣庄市市中区教育局,expected,2021,2020,x,2026-11-29", "`first_year` is after `last_year`"),
        ("枣庄市市中区教育局,expected,,,,2026-11-29", "`reason`"),
        ("枣庄市市中区教育局,expected,,,x,", "`decided_on`"),
        ("枣庄市市中区教育局,expected", "`reason`"),
        ("枣庄市市中区教育局,expected,,,x,2026-11-29,y", "`further_cells`"),
        ("枣庄市市中区教育局,not_expected,2024,,x,2026-11-29", "line 2 decides on the same body and years"),
    ],
)
def test_unsound_line_says_what_is_wrong(line: str, detail: str, tmp_path: Path) -> None:
    agencies, (problem,) = read_lines(tmp_path, SOUND, line)
    assert [agency.line_no for agency in agencies] == [2]
    assert problem.line_no == 3
    assert detail in problem.detail


def test_folder_without_the_file_decides_nothing(tmp_path: Path) -> None:
    assert read_expected_agencies(tmp_path) == ((), ())


def test_shipped_decisions_are_sound() -> None:
    assert read_expected_agencies(PROJECT_ROOT / "data" / "portals")[1] == ()
