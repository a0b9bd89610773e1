"""Damaged reports are read right or with doubt: a small, fixed part of the bench, carrier by carrier."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parsers.carriers.scan_prints import require_fonts
from tests.torture.bench import Outcome, list_cases, run_batch, run_cases
from tests.torture.build import Case, build_draft, parse_case
from tests.torture.damage import list_damages
from tests.torture.renderers import RENDERERS
from tests.torture.renderers.office import find_office
from tests.torture.summary import list_silent, tally_by_carrier

SEED = 11
REPORTS = {
    "html": 60,
    "text": 60,
    "docx": 40,
    "xlsx": 40,
    "pdf_ruled": 30,
    "pdf_borderless": 10,
    "doc": 8,
    "pdf_office": 8,
    "scan": 2,
}
UNDAMAGED = 10
NEED_OFFICE = ("doc", "pdf_office")
# The least share of figures that are read; tables that nothing but blanks keeps apart are read only where that is sure.
LEAST_RIGHT = dict.fromkeys(REPORTS, 0.995) | {"pdf_borderless": 0.75, "scan": 0.98}
MOST_NEEDLESS = dict.fromkeys(REPORTS, 0.001) | {"pdf_borderless": 0.05, "scan": 0.02}


def require_tools(carrier: str) -> None:
    """Skip a test where LibreOffice or the fonts of scans are missing; fail with `GONGKAI_REQUIRE_REPORTS=1`."""
    if carrier == "scan":
        require_fonts()
    if carrier not in NEED_OFFICE or find_office() is not None:
        return
    message = "no `soffice`; hint: install LibreOffice"
    if os.environ.get("GONGKAI_REQUIRE_REPORTS") == "1":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module", params=sorted(REPORTS))
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    require_tools(request.param)
    return list(run_cases(list_cases(request.param, REPORTS[request.param], SEED), processes=1))


@pytest.mark.slow
def test_no_figure_is_wrong_in_silence(outcomes: list[Outcome]) -> None:
    assert list_silent(outcomes) == []


@pytest.mark.slow
def test_damaged_reports_are_read(outcomes: list[Outcome]) -> None:
    ((carrier, tally),) = tally_by_carrier(outcomes).items()
    assert tally.not_read == 0
    assert tally.right_share >= LEAST_RIGHT[carrier]
    assert tally.needless_share <= MOST_NEEDLESS[carrier]


@pytest.mark.slow
@pytest.mark.parametrize("carrier", sorted(set(REPORTS) - {"pdf_borderless"}))
def test_undamaged_reports_have_no_finding(carrier: str) -> None:
    require_tools(carrier)
    cases = [f"{carrier}:{SEED}:{number}+" for number in range(1 if carrier == "scan" else UNDAMAGED)]
    for outcome in run_batch(cases):
        assert outcome.judgement is not None
        assert outcome.judgement.findings == [], str(outcome.case)
        assert outcome.judgement.counts["right"] == sum(outcome.judgement.counts.values()), str(outcome.case)


@pytest.mark.parametrize("carrier", sorted(REPORTS))
def test_same_case_gives_same_bytes(carrier: str) -> None:
    if carrier == "scan":
        require_fonts()
    drafts = [build_draft(Case(carrier, SEED, 3))[0] for _ in range(2)]
    one, other = (RENDERERS[carrier].write(draft) for draft in drafts)
    assert one == other


@pytest.mark.parametrize("carrier", sorted(REPORTS))
def test_every_damage_finds_a_place(carrier: str) -> None:
    missed = {damage.name for damage in list_damages(carrier)}
    for number in range(12):
        for name in sorted(missed):
            _, applied = build_draft(Case(carrier, SEED, number, (name,)))
            missed -= set(applied)
    assert missed == set()


@given(carrier=st.sampled_from(sorted(REPORTS)), seed=st.integers(0, 10**6), number=st.integers(0, 10**4))
def test_damages_together_leave_a_report(carrier: str, seed: int, number: int) -> None:
    draft, _ = build_draft(Case(carrier, seed, number))
    assert draft.tables
    assert draft.truth.cells


def test_figures_of_joined_tables_are_gone_with_them() -> None:
    for number in range(12):
        draft, _ = build_draft(Case("text", SEED, number, ("tables_joined", "table_missing")))
        printed = {cell.cell_id for table in draft.tables for cell in table.cells if cell.cell_id}
        assert set(draft.truth.cells) == printed


def test_traps_together_print_no_negative_count() -> None:
    for number in range(40):
        draft, _ = build_draft(Case("text", SEED, number, ("trap_extra_figure", "trap_fused")))
        figures = [figure for cell_id, figure in draft.truth.cells.items() if cell_id.startswith("t3.")]
        assert all(figure.value is None or figure.value >= 0 for figure in figures)


def test_sixteenth_figure_is_one_that_is_seen() -> None:
    for number in range(24):
        draft, applied = build_draft(Case("xlsx", SEED, number, ("table_blank", "cells_blank", "sixteenth_figure")))
        last = draft.find_tables("t4")[0].rows[-1][-1].text
        assert ("sixteenth_figure" in applied) == bool(last)


# Two tables taken or joined by damage leave no row for another.
@pytest.mark.parametrize("damage", ["row_missing", "row_doubled", "rows_swapped", "blank_row"])
def test_damage_finds_no_place_where_no_table_is_left(damage: str) -> None:
    for number in range(12):
        _, applied = build_draft(Case("text", SEED, number, ("tables_joined", "table_missing", damage)))
        assert "table_missing" in applied


@pytest.mark.parametrize("text", ["html:1:31", "text:5:0+", "text:5:0+gbk+note_row"])
def test_case_is_printed_as_it_is_read(text: str) -> None:
    assert str(parse_case(text)) == text
