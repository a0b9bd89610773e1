"""Real titles with their hosts, labelled by hand: none is linked wrongly, ambiguous and unlisted ones not at all."""

import csv
from pathlib import Path

import pytest

from gongkai.linking.evidence import ReportContext
from gongkai.linking.gazetteer import load_gazetteer
from gongkai.linking.linker import link_report
from gongkai.linking.register import build_agency

LINES = Path(__file__).with_name("titles.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
# A short name in local use that no code table prints, and a city's name without its kind: left unlinked.
UNKNOWN_NAMES = ("喀左县", "湛江海关关区")


def test_titles_are_many_and_some_must_stay_unlinked() -> None:
    assert len(ROWS) >= 80
    assert sum(not row["region_code"] for row in ROWS) >= 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['agency']}@{row['host']}")
def test_title_is_linked_to_its_region_or_left(row: dict[str, str]) -> None:
    gazetteer = load_gazetteer()
    url = f"https://{row['host']}/a.html" if row["host"] else None
    link = link_report(ReportContext("r", row["agency"], int(row["year"]), None, url), gazetteer)
    if not row["region_code"] or row["agency"] in UNKNOWN_NAMES:
        assert link.candidate is None, link
        return
    assert link.candidate is not None, link
    agency = build_agency(link.candidate, gazetteer)
    assert agency.region_code == row["region_code"]
    assert not row["township_code"] or agency.township_code == row["township_code"]
    assert any(row["agency"] in each for each in link.evidence)
