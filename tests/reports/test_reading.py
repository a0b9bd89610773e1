"""Every published report is read cell for cell as a person read it, from `gongkai parse --format json`."""

import json
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.reports.published import load_expected, normalise, state_of

FILES = sorted(load_expected()) or ["no published reports"]


@cache
def parse_folder(folder: Path) -> dict[str, dict]:
    """What one call of the command prints for all files of the folder, by file name."""
    files = [str(path) for path in sorted(folder.iterdir()) if path.is_file()]
    command = [sys.executable, "-m", "gongkai", "parse", *files, "--format", "json"]
    output = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    reports = json.loads(output, parse_float=Decimal, parse_int=Decimal)
    return {Path(report["file"]).name: report for report in reports}


def parse_file(path: Path) -> dict:
    return parse_folder(path.parent)[path.name]


@pytest.mark.parametrize("file", FILES)
def test_report_is_read_cell_for_cell(file: str, reports_folder: Path) -> None:
    facts, report = load_expected()[file], parse_file(reports_folder / file)
    cells = {cell_id: cell for cell_id, cell in report["cells"].items() if cell["state"] != "absent"}
    read = {cell_id: (normalise(cell["printed"]), cell["state"]) for cell_id, cell in cells.items()}
    assert read == {cell_id: (normalise(text), state_of(text)) for cell_id, text in facts["cells"].items()}


@pytest.mark.parametrize("file", FILES)
def test_number_keeps_its_digits(file: str, reports_folder: Path) -> None:
    report = parse_file(reports_folder / file)
    for cell_id, text in load_expected()[file]["cells"].items():
        if state_of(text) == "number":
            assert report["cells"][cell_id]["value"] == Decimal(text.removesuffix("元")), cell_id


@pytest.mark.parametrize("file", FILES)
def test_agency_year_and_edition_are_read(file: str, reports_folder: Path) -> None:
    facts, report = load_expected()[file], parse_file(reports_folder / file)
    assert (normalise(report["agency_name"]), report["report_year"]) == (normalise(facts["agency"]), facts["year"])
    editions = {facts["edition"], facts.get("edition_t3", facts["edition"])}
    assert {edition for edition in report["editions"].values() if edition} == editions


@pytest.mark.parametrize("file", FILES)
def test_only_the_relations_that_fail_are_found(file: str, reports_folder: Path) -> None:
    findings = parse_file(reports_folder / file)["findings"]
    failed = {finding["rule_id"] for finding in findings if finding["rule_id"] in ("R1", "R2", "R3", "R4")}
    assert sorted(failed) == load_expected()[file]["failing_relations"]


# What a person sees in these files: a sixteenth figure, a page cut in the middle, rows torn apart, two forms mixed; and
# in the report of 上海市人民政府办公厅 a sentence that has all seven reviews upheld where table 4 prints five.
DAMAGED = {
    "上海市人民政府办公厅_2019.html": {"R9"},
    "001_a35adbab64109d73.txt": {"R15"},
    "区统计局_2023_截断.txt": {"R17", "R18", "R28"},
    "沭阳县人民政府_2025.txt": {"R16", "R18", "R19"},
    "淮安市洪泽区人民政府_2023.pdf": {"R22", "R26"},
}


@pytest.mark.parametrize("file", FILES)
def test_only_damage_has_findings(file: str, reports_folder: Path) -> None:
    findings = parse_file(reports_folder / file)["findings"]
    relations = set(load_expected()[file]["failing_relations"])
    assert {finding["rule_id"] for finding in findings} - relations == DAMAGED.get(file, set())


def test_sheet_of_before_2019_is_a_local_sheet(reports_folder: Path) -> None:
    report = parse_file(reports_folder / "平潭综合实验区_2015_older.html")
    assert (report["status"], set(report["editions"].values())) == ("parsed", {"local_sheet"})
    assert (report["agency_name"], report["report_year"], report["findings"]) == ("平潭综合实验区", 2015, [])
    cells = {cell_id: cell["value"] for cell_id, cell in report["cells"].items()}
    assert len(cells) == 32
    assert (cells["sheet.line_01.this_year"], cells["sheet.line_01.cumulative"]) == (2949, 81916)
    assert (cells["sheet.reply_granted_full.this_year"], cells["sheet.reply_granted_full.cumulative"]) == (0, 1)


# The figures of 平潭综合实验区 for 2019, from which a conversion took the borders between cells.
FUSED = {
    "received_new": [23, 0, 0, 0, 0, 0, 23],
    "granted_full": [7, 0, 0, 0, 0, 0, 7],
    "unavailable_unclear_after_correction": [5, 0, 0, 0, 0, 0, 5],
    "results_total": [23, 0, 0, 0, 0, 0, 23],
    "carried_out": [0, 0, 0, 0, 0, 0, 0],
}


def test_fused_text_is_told_apart_by_its_sums_or_unreadable(reports_folder: Path) -> None:
    report = parse_file(reports_folder / "平潭综合实验区_2019.page.txt")
    cells = report["cells"]
    for line_id, figures in FUSED.items():
        assert [cell["value"] for cell_id, cell in cells.items() if cell_id.startswith(f"t3.{line_id}.")] == figures
    unreadable = [cell_id for cell_id, cell in cells.items() if cell["state"] == "unreadable"]
    assert len(unreadable) == 19
    assert all(cell_id.startswith("t2.") and cells[cell_id]["value"] is None for cell_id in unreadable)
    doubted = {cell_id for finding in report["findings"] for cell_id in finding["cells"]}
    assert doubted == set(cells)
    assert {finding["verdict"] for finding in report["findings"] if finding["rule_id"] == "R23"} == {"parse_suspect"}


def test_blank_form_is_not_a_report(reports_folder: Path) -> None:
    report = parse_file(reports_folder / "空白模板.docx")
    assert (report["status"], report["status_reason"], report["cells"]) == ("not_a_report", "blank_form", {})
