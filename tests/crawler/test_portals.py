"""The register: what a record must say, and that those shipped say it."""

from pathlib import Path

import pytest

from crawler.portals import read_register
from gongkai.commands.portals import check_register
from gongkai.settings import PROJECT_ROOT

SOUND = """
- id: one
  hosts: [www.example.gov.cn]
  family: trs
  starts: ["http://www.example.gov.cn/nb/"]
"""


def test_shipped_portals_are_sound_and_unverified() -> None:
    portals, problems = read_register(PROJECT_ROOT / "data" / "portals")
    assert not problems
    assert len(portals) > 30
    assert {portal.status for portal in portals} == {"unverified"}


def test_sound_record_has_polite_defaults(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(SOUND)
    [portal], problems = read_register(tmp_path)
    assert not problems
    assert (portal.politeness.delay_seconds, portal.politeness.jitter_seconds) == (5.0, 5.0)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        (("trs", "typo3"), "family"),
        (("hosts: [www.example.gov.cn]", "hosts: []"), "hosts"),
        (("hosts: [www.example.gov.cn]", "hosts: [other.gov.cn]"), "on a host that `hosts` does not name"),
        (("http://www", "ftp://www"), "no address of the web"),
        (("family: trs", "family: trs\n  politeness: {delay_seconds: 0.1}"), "1.0 s is the least"),
        (("family: trs", "family: trs\n  colour: red"), "colour"),
        (("id: one", "id: 'One Two'"), "id"),
        (("family: trs", 'family: trs\n  site_code: "12"'), "site_code"),
        (("http://www.example.gov.cn", "http://user:pass@www.example.gov.cn"), "user name"),
    ],
)
def test_unsound_record_is_named_with_its_fault(change: tuple[str, str], detail: str, tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(SOUND.replace(*change))
    portals, problems = read_register(tmp_path)
    assert not portals
    assert any(detail in problem.detail for problem in problems), problems


def test_id_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(SOUND)
    (tmp_path / "b.yml").write_text(SOUND)
    portals, problems = read_register(tmp_path)
    assert len(portals) == 1
    assert [(problem.file, problem.portal) for problem in problems] == [("b.yml", "one")]


@pytest.mark.parametrize("text", ["a: [", "a: 1", "- just words"])
def test_file_that_is_no_list_of_records_is_a_fault(text: str, tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(text)
    portals, problems = read_register(tmp_path)
    assert not portals
    assert problems


def test_check_says_how_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_PORTALS", str(tmp_path))
    (tmp_path / "some.yml").write_text(SOUND)
    assert check_register("en") == 0
    assert "1 portals (unverified 1)" in capsys.readouterr().out
    (tmp_path / "other.yml").write_text("- id: 1")
    assert check_register("en") == 1
    assert "other.yml" in capsys.readouterr().err


def test_check_names_lines_on_who_should_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_PORTALS", str(tmp_path))
    (tmp_path / "some.yml").write_text(SOUND)
    header, line = "agency_name,decision,first_year,last_year,reason,decided_on", "expected,,,it reports,2026-11-29"
    decisions = tmp_path / "expected_agencies.csv"
    decisions.write_text(f"{header}\n枣庄市市中区教育局,{line}\n", encoding="utf-8")
    assert check_register("en") == 0
    assert "1 decisions on who should report" in capsys.readouterr().out
    decisions.write_text(f"{header}\n枣庄市市中区教育局,{line}\n市中区教育局,{line}\n", encoding="utf-8")
    assert check_register("en") == 1
    assert "`expected_agencies.csv:3`: `市中区教育局` is not one body" in capsys.readouterr().err
