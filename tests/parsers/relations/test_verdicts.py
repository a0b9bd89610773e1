"""Whose fault a failed sum is, by carrier and by how its cells were read."""

from dataclasses import replace

import pytest

from parsers.findings import make_finding
from parsers.form import load_form
from parsers.relations import check_relations
from parsers.report import CellState, EditionId, Finding, ReportCell, UnplacedCell
from parsers.tables.numbers import read_number

EDITIONS: dict[str, EditionId] = {"t3": "format_2021"}
ROW = "t3.granted_full"


def print_table(**rows: str) -> tuple[ReportCell, ...]:
    """Table 3 of 2021 with these rows, columns apart by commas; every other cell prints 0."""
    table = load_form().find_table("format_2021", "t3")
    texts = {
        f"t3.{line.id}.{column.id}": text
        for line in table.lines
        for column, text in zip(line.columns, rows.get(line.id, "0,0,0,0,0,0,0").split(","), strict=True)
    }
    cells = []
    for cell_id, text in texts.items():
        _, line_id, column_id = cell_id.split(".")
        reading = read_number(text)
        labels = (None, None, "row 1", 1.0)
        cells.append(ReportCell("t3", line_id, column_id, text, reading.value, reading.state, None, None, *labels))
    return tuple(cells)


def judge(cells: tuple[ReportCell, ...], carrier: str, *doubts: Finding) -> dict[str, tuple[str | None, str]]:
    """Verdict and evidence by rule and place."""
    findings = check_relations(EDITIONS, cells, carrier, doubts).findings
    return {f"{finding.rule_id} {finding.subject_id}": (finding.verdict, finding.evidence) for finding in findings}


def change(cells: tuple[ReportCell, ...], cell_id: str, state: CellState, confidence: float) -> tuple[ReportCell, ...]:
    return tuple(
        replace(cell, state=state, confidence=confidence, value=cell.value if state == "number" else None)
        if cell.cell_id == cell_id
        else cell
        for cell in cells
    )


@pytest.mark.parametrize("carrier", ["html", "docx", "xlsx", "text", "pdf", "png"])
def test_whole_figures_that_disagree_are_the_agencys(carrier: str) -> None:
    judged = judge(print_table(granted_full="3,0,0,0,0,0,5"), carrier)
    assert judged[f"R2 {ROW}"][0] == "source_error"
    assert f"{ROW}.total = '5'" in judged[f"R2 {ROW}"][1]
    assert "difference: +2" in judged[f"R2 {ROW}"][1]


@pytest.mark.parametrize(("carrier", "verdict"), [("html", "source_error"), ("text", "parse_suspect")])
def test_border_that_may_stand_elsewhere_makes_a_text_suspect(carrier: str, verdict: str) -> None:
    """1 | 30 for 13 | 0: the row and both columns add up with the border one digit further."""
    rows = dict.fromkeys(("received_new", "results_total"), "13,0,0,0,0,0,13")
    judged = judge(print_table(granted_full="1,30,0,0,0,0,13", **rows), carrier)
    assert {judged[place][0] for place in judged} == {verdict}
    assert ("would fit: joined" in judged[f"R2 {ROW}"][1]) == (verdict == "parse_suspect")


def test_other_reading_that_breaks_another_sum_explains_nothing() -> None:
    """1 | 30 as 13 | 0 would mend the row, but the columns above say 1 and 30."""
    rows = dict.fromkeys(("received_new", "results_total"), "1,30,0,0,0,0,31")
    judged = judge(print_table(granted_full="1,30,0,0,0,0,13", **rows), "text")
    assert judged[f"R2 {ROW}"][0] == "source_error"


def test_more_readings_than_can_be_tried_leave_it_open() -> None:
    run = "1234567890123"
    judged = judge(print_table(granted_full=f"{run},,,,,,", denied_state_secret=f"{run},,,,,,"), "text")
    assert {verdict for verdict, _ in judged.values()} == {"parse_suspect"}


@pytest.mark.parametrize(("state", "confidence"), [("number", 0.5), ("unreadable", 1.0), ("absent", 1.0)])
def test_cell_that_was_not_read_for_sure_makes_its_sum_suspect(state: CellState, confidence: float) -> None:
    cells = change(print_table(granted_full="3,0,0,0,0,9,5"), f"{ROW}.natural_person", state, confidence)
    assert judge(cells, "html")[f"R2 {ROW}"][0] == "parse_suspect"


def test_row_with_figures_too_many_makes_its_sum_suspect() -> None:
    doubt = make_finding("R15", ROW, (f"{ROW}.natural_person",), "一行有 8 个数字", "8 figures for 7 columns", "row 1")
    assert judge(print_table(granted_full="3,0,0,0,0,0,5"), "html", doubt)[f"R2 {ROW}"][0] == "parse_suspect"


@pytest.mark.parametrize(("stray", "verdict"), [("4", "parse_suspect"), ("9", "source_error")])
def test_row_without_a_place_explains_a_total_by_its_figure(stray: str, verdict: str) -> None:
    cells = print_table(granted_full="3,0,0,0,0,0,3", results_total="7,0,0,0,0,0,7")
    unplaced = (UnplacedCell(1, "本地增加的行", "自然人", stray, "row 9", "row_not_recognised"),)
    findings = check_relations(EDITIONS, cells, "html", (), unplaced).findings
    assert {finding.verdict for finding in findings if finding.rule_id == "R3"} == {verdict}
