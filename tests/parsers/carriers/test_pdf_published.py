"""The published PDF report, read cell for cell as a person read it."""

import json
from pathlib import Path

import pytest

from parsers.carriers.pdf import has_text_layer, read_pdf
from parsers.page import Grid, Page, Paragraph
from parsers.relations import check_relations
from parsers.tables import read_tables
from tests.parsers.page_readings import read_page_chapters, read_page_identity
from tests.reports.published import normalise

NAME = "淮安市洪泽区人民政府_2023.pdf"


@pytest.fixture
def page(reports_folder: Path) -> Page:
    member = read_pdf((reports_folder / NAME).read_bytes())
    assert member.page is not None, (member.status_reason, member.status_detail)
    return member.page


@pytest.fixture
def facts(reports_folder: Path) -> dict:
    return json.loads((reports_folder / "expected" / f"{NAME}.json").read_text(encoding="utf-8"))


def test_cells_are_those_a_person_read(page: Page, facts: dict) -> None:
    reading = read_tables(page)
    printed = {cell.cell_id: normalise(cell.printed_text) for cell in reading.cells if cell.state != "absent"}
    assert printed == facts["cells"]
    assert reading.editions == {"t2": facts["edition"], "t3": facts["edition_t3"], "t4": facts["edition"]}


def test_only_the_printed_errors_are_found(page: Page, facts: dict) -> None:
    reading = read_tables(page)
    relations = check_relations(reading.editions, reading.cells, "pdf", reading.findings)
    assert sorted({finding.rule_id for finding in relations.findings}) == facts["failing_relations"] == ["R4"]
    assert [finding.rule_id for finding in reading.findings] == ["R22"]
    assert reading.unplaced_cells == ()


def test_agency_and_year_are_those_of_the_title(page: Page, facts: dict) -> None:
    identity, findings = read_page_identity(page)
    assert (identity.agency_name, identity.report_year) == (facts["agency"], facts["year"])
    assert findings == ()


def test_frames_and_page_numbers_are_no_content(page: Page) -> None:
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    assert [len({cell.row for cell in grid.cells}) for grid in grids] == [14, 26, 4]
    assert {grid.layout for grid in grids} == {"placed"}
    texts = [block.text for block in page.blocks if isinstance(block, Paragraph)]
    assert not [text for text in texts if text.startswith("-")]
    assert page.metadata == ()


def test_chapters_are_whole_over_page_breaks(page: Page) -> None:
    chapters = {chapter.chapter: chapter.body_text for chapter in read_page_chapters(page)}
    assert sorted(chapters) == [0, 1, 2, 3, 4, 5, 6]
    assert (chapters[2], chapters[3], chapters[4]) == ("", "", "")
    assert [len(body.split("\n")) for body in (chapters[1], chapters[5], chapters[6])] == [7, 1, 1]


def test_cells_below_a_page_break_name_their_page(page: Page) -> None:
    cells = {cell.cell_id: cell.locator for cell in read_tables(page).cells}
    assert cells["t3.received_new.natural_person"] == "page 3, table 2, row 4, cell 2"
    assert cells["t3.not_processed_duplicate.natural_person"] == "page 4, table 1, row 3, cell 2"


def test_report_has_a_text_layer(reports_folder: Path) -> None:
    assert has_text_layer((reports_folder / NAME).read_bytes())
