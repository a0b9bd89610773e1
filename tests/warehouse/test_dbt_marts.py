"""The yearly fact on synthetic reports: counts, proved zeros, totals, amounts, and the way to the printed cells."""

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
import yaml

from tests.warehouse.dbt_builds import DBT_PROJECT, DbtBuild
from tests.warehouse.synthetic_reports import (
    BALANCED,
    CUT_OFF,
    DISAGREEING,
    MIXED,
    NAMESAKES,
    SLASHED,
    STATED,
    STATED_IN_PARTS,
    STATED_TWICE,
    TOTALS_ONLY,
    WITHOUT_TABLES,
    ZERO_TOTALS_ONLY,
    SyntheticReport,
)

pytestmark = pytest.mark.slow

# Columns with numbers that are no figures of the form.
NOT_PRINTED = {"report_year", "failed_rule_count", "source_error_count", "parse_suspect_count"}


# Columns whose figures stand in sentences of the text; they lead to these and not to cells.
STATED_COLUMNS = {
    "proactive_disclosure_count",
    *yaml.safe_load((DBT_PROJECT / "vars.yml").read_text(encoding="utf-8"))["vars"]["agency_year_channels"],
}


@pytest.fixture
def warehouse(reports_build: DbtBuild) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        yield connection


def read_year(warehouse: duckdb.DuckDBPyConnection, report: SyntheticReport, *columns: str) -> tuple[object, ...]:
    query = f"SELECT {', '.join(columns)} FROM marts.fct_agency_year WHERE agency_id = ?"
    (row,) = warehouse.execute(query, [report.agency_id]).fetchall()
    return row


def test_a_balanced_report_gives_counts_and_shares(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = ("applications_on_hand_count", "printed_results_total_count", "computed_results_total_count")
    shares = (
        "results_total_agrees",
        "disclosure_share_of_closed",
        "other_handling_share_of_closed",
        "carried_out_share",
    )
    assert read_year(warehouse, BALANCED, *columns, *shares) == (50, 40, 40, True, 0.4, 0.25, 0.2)
    disputes = ("litigation_upheld_count", "computed_litigation_total_count", "litigation_corrected_share")
    assert read_year(warehouse, BALANCED, *disputes, "reconsideration_corrected_share") == (4, 4, 0.0, None)
    assert read_year(warehouse, BALANCED, "edition", "is_complete", "failed_rule_count") == ("format_2021", True, 0)


def test_a_printed_total_that_disagrees_stands_beside_the_computed(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = ("printed_results_total_count", "computed_results_total_count", "results_total_agrees")
    assert read_year(warehouse, DISAGREEING, *columns) == (21, 27, False)
    assert read_year(warehouse, DISAGREEING, "failed_rule_count", "source_error_count") == (1, None)


def test_totals_alone_prove_zeros_only_when_they_are_zero(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = ("applications_received_new_count", "applications_carried_in_count", "granted_full_count", "denied_count")
    totals = ("computed_results_total_count", "results_total_agrees", "is_complete")
    assert read_year(warehouse, TOTALS_ONLY, *columns, *totals) == (3, 0, None, None, None, None, False)
    assert read_year(warehouse, ZERO_TOTALS_ONLY, *columns, *totals) == (0, 0, 0, 0, 0, True, False)
    states = (
        "SELECT DISTINCT state, is_proved_zero, proved_value FROM core.fct_application_outcomes WHERE report_id = ?"
    )
    rows = warehouse.execute(f"{states} AND line_id = 'granted_full'", [ZERO_TOTALS_ONLY.report_id]).fetchall()
    assert sorted(rows, key=str) == [("blank", False, None), ("blank", True, Decimal(0))]


def test_amounts_keep_their_digits_and_their_printed_unit(warehouse: duckdb.DuckDBPyConnection) -> None:
    fees = [f"administrative_fees_{column}" for column in ("10k_cny", "printed_text", "unit_text")]
    assert read_year(warehouse, BALANCED, *fees) == (Decimal("24252.311082"), "24252.311082", "万元")
    assert read_year(warehouse, SLASHED, *fees) == (Decimal("0.25"), "2500", "元")
    procurement = [f"central_procurement_{column}" for column in ("cny", "printed_text", "unit_text")]
    assert read_year(warehouse, DISAGREEING, *procurement) == (Decimal(2400000), "240", "万元")
    assert read_year(warehouse, TOTALS_ONLY, *procurement) == (None, "8040", None)
    unconverted = warehouse.execute("SELECT report_id, printed_text FROM qc.qc_amounts_unconverted").fetchall()
    assert (TOTALS_ONLY.report_id, "8040") in unconverted
    assert SLASHED.report_id not in {report_id for report_id, _ in unconverted}


def test_each_edition_fills_its_own_columns(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = ("normative_documents_in_force_count", "normative_documents_disclosed_stock_count")
    changes = ("licensing_items_net_change_count", "licensing_decisions_count", "administrative_fees_10k_cny")
    assert read_year(warehouse, BALANCED, *columns, *changes[:2]) == (0, None, None, 0)
    assert read_year(warehouse, DISAGREEING, *columns, *changes) == (None, 0, -8, 0, None)
    assert read_year(warehouse, MIXED, "edition", "edition_t2", "edition_t3") == ("mixed", "format_2019", "format_2021")


def test_a_slash_is_not_zero(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert read_year(warehouse, SLASHED, "government_rules_issued_count", "is_complete") == (None, False)


def test_what_is_not_printed_or_no_count_is_unknown(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = ("not_processed_count", "computed_results_total_count", "printed_reconsideration_total_count")
    assert read_year(warehouse, CUT_OFF, *columns, "licensing_decisions_count") == (None, None, None, None)
    query = "SELECT cell_id, doubt FROM qc.qc_cells_doubtful WHERE report_id = ?"
    assert set(warehouse.execute(query, [CUT_OFF.report_id]).fetchall()) == {
        ("t3.granted_full.natural_person", "not_a_count"),
        ("t2.administrative_licensing.decisions", "not_a_count"),
    }
    unplaced = warehouse.execute("SELECT report_id, printed_text FROM qc.qc_cells_unplaced").fetchall()
    assert unplaced == [(CUT_OFF.report_id, *CUT_OFF.unplaced)]


def test_a_finding_marks_its_cell(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT doubt, rule_id, printed_text, message_en FROM qc.qc_cells_doubtful WHERE report_id = ?"
    rows = warehouse.execute(query, [DISAGREEING.report_id]).fetchall()
    assert rows == [("finding_failed", "R3", "21", "the total differs")]


def test_two_bodies_of_one_name_and_year_are_two_rows(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT agency_id, is_linked, has_content_copy FROM marts.fct_agency_year WHERE agency_name = '区财政局'"
    rows = set(warehouse.execute(query).fetchall())
    assert rows == {(report.agency_id, False, True) for report in NAMESAKES}
    copies = warehouse.execute("SELECT report_id, copy_count FROM qc.qc_report_copies").fetchall()
    assert set(copies) == {(report.report_id, 2) for report in NAMESAKES}


def test_a_report_without_tables_has_its_row_with_nulls(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = ("edition", "applications_received_new_count", "computed_results_total_count", "disputes_count")
    assert read_year(warehouse, WITHOUT_TABLES, *columns, "failed_rule_count") == (None,) * 5
    assert read_year(warehouse, WITHOUT_TABLES, "report_year", "is_complete") == (2023, False)


def test_every_figure_of_the_mart_leads_to_cells(warehouse: duckdb.DuckDBPyConnection) -> None:
    numbers = (
        "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'marts' AND table_name = 'fct_agency_year'"
        " AND (data_type IN ('BIGINT', 'INTEGER', 'DOUBLE') OR data_type LIKE 'DECIMAL%')"
    )
    figures = {name for (name,) in warehouse.execute(numbers).fetchall()} - NOT_PRINTED - STATED_COLUMNS
    led = {
        name for (name,) in warehouse.execute("SELECT DISTINCT column_name FROM core.dim_agency_year_cells").fetchall()
    }
    assert len(figures) > 120
    assert figures | {"results_total_agrees", "is_complete"} == led


def test_a_count_leads_to_its_printed_cell(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = "line_id, column_id, printed_text, row_label_text, document_id, locator"
    query = f"SELECT {columns} FROM marts.agency_year_cells WHERE agency_id = ? AND column_name = 'granted_full_count'"
    place = ("（一）予以公开", BALANCED.document_id, "cell t3.granted_full.total")
    assert warehouse.execute(query, [BALANCED.agency_id]).fetchall() == [("granted_full", "total", "10", *place)]


def test_a_share_leads_to_numerator_and_denominator(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT role, count(*), sum(value) FROM marts.agency_year_cells"
        " WHERE agency_id = ? AND column_name = 'disclosure_share_of_closed' GROUP BY role ORDER BY role"
    )
    parts = 2 + 8 + 3 + 5 + 3
    assert warehouse.execute(query, [BALANCED.agency_id]).fetchall() == [("denominator", parts, 40), ("part", 2, 16)]


def test_totals_are_marked_so_that_nobody_sums_them_with_their_parts(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT sum(value) FROM core.fct_application_outcomes WHERE report_id = ? AND NOT is_total"
    results = warehouse.execute(f"{query} AND group_id IS NOT NULL", [BALANCED.report_id]).fetchall()
    assert results == [(40,)]
    counts = "SELECT count(*), count(*) FILTER (is_total) FROM core.fct_application_outcomes WHERE report_id = ?"
    assert warehouse.execute(counts, [BALANCED.report_id]).fetchall() == [(175, 25 + 7 - 1)]


def read_stated(warehouse: duckdb.DuckDBPyConnection, report: SyntheticReport, *names: str) -> tuple[object, ...]:
    return read_year(warehouse, report, *(f"proactive_disclosure_{name}" for name in names))


def test_a_stated_total_stands_beside_its_channels(warehouse: duckdb.DuckDBPyConnection) -> None:
    names = ("count", "basis", "bound", "subject", "website_count", "wechat_count", "other_channels_count")
    assert read_stated(warehouse, STATED, *names) == (60, "stated_total", "exact", "own", 25, 30, 5)
    assert read_stated(warehouse, BALANCED, *names) == (None,) * 7


def test_totals_that_contradict_each_other_give_none(warehouse: duckdb.DuckDBPyConnection) -> None:
    names = ("count", "basis", "weibo_count", "douyin_count")
    assert read_stated(warehouse, STATED_TWICE, *names) == (None, "contradictory_totals", 9, None)
    query = "SELECT value FROM marts.agency_year_sentences WHERE agency_id = ? AND column_name LIKE '%disclosure_count'"
    assert sorted(warehouse.execute(query, [STATED_TWICE.agency_id]).fetchall()) == [(60,), (61,)]


def test_parts_that_make_the_whole_are_summed(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert read_stated(warehouse, STATED_IN_PARTS, "count", "basis") == (60, "sum_of_parts")
    query = "SELECT sum(value), count(*) FROM marts.agency_year_sentences WHERE agency_id = ? AND column_name = ?"
    led = warehouse.execute(query, [STATED_IN_PARTS.agency_id, "proactive_disclosure_count"]).fetchall()
    assert led == [(60, 2)]


def test_every_channel_with_a_figure_has_its_row(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT channel_id, disclosed_count, bound, is_part_of_total FROM marts.mart_agency_year__channels"
        " WHERE agency_id = ? ORDER BY channel_id"
    )
    assert warehouse.execute(query, [STATED_TWICE.agency_id]).fetchall() == [
        ("douyin", 10, "at_least", False),
        ("weibo", 9, "exact", False),
    ]


def test_every_statement_is_in_the_fact_with_its_sentence(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT metric_id, value, is_part, is_stated_in_words, sentence_text FROM core.fct_disclosure_statements"
        " WHERE report_id = ? ORDER BY statement_no"
    )
    rows = warehouse.execute(query, [STATED.report_id]).fetchall()
    assert [row[:4] for row in rows] == [
        ("proactive_disclosures", 60, False, False),
        ("proactive_disclosures", 25, True, False),
        ("proactive_disclosures", 30, True, False),
        ("proactive_disclosures", 5, True, False),
        ("applications_received_new", 0, False, True),
    ]
    assert {row[4] for row in rows} == set(STATED.text.removesuffix("。").split("。"))
