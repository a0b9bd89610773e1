"""The bundled samples are read cell for cell as their facts say, and give only the findings that belong to them."""

import re
import unicodedata
from decimal import Decimal

import pytest

from parsers.report import Report
from tests.samples.sample_files import EXPECTED, SAMPLES, list_names, read_file_reports


def strip_text(text: str) -> str:
    """Text after NFKC and without white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def read_sample(name: str) -> Report:
    """The one report of a sample; its file holds others where it is an archive."""
    expected = EXPECTED[name]
    (report,) = [report for report in read_file_reports(expected["file"]) if report.member == expected["member"]]
    return report


def expect_state(printed: str) -> tuple[str, Decimal | None, str | None]:
    """State, value and unit that a printed text of the samples stands for."""
    if printed in ("", "/"):
        return ("blank" if printed == "" else "slash"), None, None
    number = re.fullmatch(r"(-?[\d.]+)(元?)", printed)
    assert number, f"the samples print no `{printed}`"
    return "number", Decimal(number[1]), number[2] or None


@pytest.mark.slow
def test_samples_hold_no_other_reports() -> None:
    read = [
        (path.name, report.member)
        for path in (SAMPLES / "reports").iterdir()
        for report in read_file_reports(path.name)
    ]
    assert sorted(read, key=str) == sorted(((e["file"], e["member"]) for e in EXPECTED.values()), key=str)


@pytest.mark.parametrize("name", list_names())
def test_sample_identity_is_read_as_its_facts_say(name: str) -> None:
    report, expected = read_sample(name), EXPECTED[name]
    identity = report.identity
    dates = [identity.published_date, identity.signed_date]
    assert (report.status, report.status_reason) == (expected["status"], expected["status_reason"])
    assert (identity.agency_name, identity.report_year) == (expected["agency"], expected["year"])
    assert [date and date.isoformat() for date in dates] == [expected["published_date"], expected["signed_date"]]
    assert identity.published_date_source == expected["published_date_source"]
    assert identity.cited_notice == expected["cited_notice"]
    assert identity.site_id_code == expected["site_id_code"]


@pytest.mark.parametrize("name", list_names())
def test_sample_cells_are_read_as_its_facts_say(name: str) -> None:
    report, expected = read_sample(name), EXPECTED[name]
    editions = {"t2": report.edition_t2, "t3": report.edition_t3, "t4": report.edition_t4}
    assert {table: edition for table, edition in editions.items() if edition} == expected["editions"]
    read = {cell.cell_id: cell for cell in report.cells}
    assert len(read) == len(report.cells)
    assert {i: strip_text(read[i].printed_text or "") for i in expected["cells"]} == expected["cells"]
    states = {i: expect_state(printed) for i, printed in expected["cells"].items()}
    assert {i: (read[i].state, read[i].value) for i in states} == {i: state[:2] for i, state in states.items()}
    assert {i: read[i].unit for i, state in states.items() if state[2]} == {i: s[2] for i, s in states.items() if s[2]}
    others = {i: (cell.state, cell.value) for i, cell in read.items() if i not in states}
    unreadable = dict.fromkeys(expected["unreadable_cells"], ("unreadable", None))
    assert others == dict.fromkeys(others, ("absent", None)) | unreadable


@pytest.mark.parametrize("name", list_names())
def test_sample_findings_are_those_of_its_facts(name: str) -> None:
    report, expected = read_sample(name), EXPECTED[name]
    assert {finding.rule_id for finding in report.findings} == {
        *expected["failing_relations"],
        *expected["reading_findings"],
    }
    unplaced = [strip_text(cell.printed_text) for cell in report.unplaced_cells if cell.reason == "extra_in_row"]
    assert unplaced == expected["figures_in_excess"]
