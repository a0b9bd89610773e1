"""The warehouse proves the same cells zero as the parsers do, and calls the same totals into question."""

import duckdb
import pytest

from parsers.relations import RelationCheck, check_relations
from parsers.report import ReportCell
from tests.warehouse.dbt_builds import DbtBuild
from tests.warehouse.synthetic_reports import PLACED, RANDOM, SyntheticReport

pytestmark = pytest.mark.slow

CELL_COLUMNS = "table_id, line_id, column_id, printed_text, value, state, unit, remark"


def check_report(connection: duckdb.DuckDBPyConnection, report: SyntheticReport) -> RelationCheck:
    """The parsers' judgement on the cells the warehouse holds for the report."""
    query = f"SELECT {CELL_COLUMNS}, NULL, NULL, locator, 1.0 FROM intermediate.int_report_cells_proved"
    rows = connection.execute(f"{query} WHERE report_id = ?", [report.report_id]).fetchall()
    editions = {table_id: edition for table_id, edition in report.editions.items() if edition is not None}
    return check_relations(editions, tuple(ReportCell(*row) for row in rows), "html")


@pytest.mark.parametrize("report", PLACED, ids=lambda report: report.name)
def test_proved_zeros_are_those_of_the_parsers(reports_build: DbtBuild, report: SyntheticReport) -> None:
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        expected = check_report(connection, report).proved_zero
        query = "SELECT table_id || '.' || line_id || '.' || column_id FROM intermediate.int_report_cells_proved"
        rows = connection.execute(f"{query} WHERE report_id = ? AND is_proved_zero", [report.report_id]).fetchall()
    assert {cell_id for (cell_id,) in rows} == expected


def test_random_reports_prove_agree_disagree_and_leave_open(reports_build: DbtBuild) -> None:
    ids = [report.report_id for report in RANDOM]
    query = "SELECT DISTINCT results_total_agrees FROM marts.fct_agency_year WHERE report_id IN (SELECT unnest(?))"
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        assert set(connection.execute(query, [ids]).fetchall()) == {(True,), (False,), (None,)}
        proofs = "SELECT unnest(string_split(proving_rule_ids, ',')) FROM intermediate.int_report_cells_proved"
        rules = {rule for (rule,) in connection.execute(proofs).fetchall()}
    assert rules == {"R1", "R2", "R3", "R4"}


@pytest.mark.parametrize("report", RANDOM, ids=lambda report: report.name)
def test_a_total_agrees_only_where_the_relation_does_not_fail(reports_build: DbtBuild, report: SyntheticReport) -> None:
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        check = check_report(connection, report)
        query = "SELECT results_total_agrees FROM marts.fct_agency_year WHERE report_id = ?"
        ((agrees,),) = connection.execute(query, [report.report_id]).fetchall()
    failed = any(finding.rule_id == "R3" and finding.subject_id == "t3.total" for finding in check.findings)
    assert (agrees is False) == failed
