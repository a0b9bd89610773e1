"""dbt builds, tests and documents the warehouse, on reports and on none, and complains when something is lost."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.dbt_builds import DbtBuild, run_dbt
from tests.warehouse.synthetic_reports import BALANCED, PLACED, REPORTS

pytestmark = pytest.mark.slow


def list_statuses(build: DbtBuild) -> set[str]:
    return {str(result["status"]) for result in build.read_artifact("run_results")["results"]}


def test_a_build_of_reports_passes_without_a_warning(reports_build: DbtBuild) -> None:
    assert reports_build.returncode == 0, reports_build.output
    assert list_statuses(reports_build) == {"success", "pass"}


def test_a_build_of_empty_raw_tables_passes(empty_build: DbtBuild) -> None:
    assert empty_build.returncode == 0, empty_build.output
    assert list_statuses(empty_build) == {"success", "pass"}
    with duckdb.connect(empty_build.warehouse, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM marts.fct_agency_year").fetchall() == [(0,)]
        assert connection.execute("SELECT count(*) > 900 FROM core.dim_agency_year_cells").fetchall() == [(True,)]


def test_schemas_are_exactly_the_five_beside_raw(reports_build: DbtBuild) -> None:
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        query = (
            "SELECT schema_name FROM duckdb_tables() UNION SELECT schema_name FROM duckdb_views() WHERE NOT internal"
        )
        schemas = {schema for (schema,) in connection.execute(query).fetchall()}
    assert schemas == {"raw", "staging", "intermediate", "core", "marts", "qc"}


def test_every_report_is_in_the_mart_or_in_qc(reports_build: DbtBuild) -> None:
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        placed, unplaced, not_parsed, superseded = (
            {report_id for (report_id,) in connection.execute(f"SELECT report_id FROM {table}").fetchall()}
            for table in (
                "marts.fct_agency_year",
                "qc.qc_reports_unplaced",
                "qc.qc_reports_not_parsed",
                "qc.qc_reports_superseded",
            )
        )
    assert placed == {report.report_id for report in PLACED}
    assert placed | unplaced | not_parsed | superseded == {report.report_id for report in REPORTS}
    assert not placed & (unplaced | superseded)


def test_a_printed_cell_without_a_place_in_the_form_fails_the_build(reports_build: DbtBuild, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(reports_build.warehouse, warehouse)
    with duckdb.connect(warehouse) as connection:
        connection.execute(
            f"INSERT INTO raw.report_cells SELECT * REPLACE ('no_such_line' AS line_id) FROM raw.report_cells"
            f" WHERE report_id = '{BALANCED.report_id}' AND line_id = 'other_misc' AND column_id = 'total'"
        )
    test = run_dbt(warehouse, tmp_path, "test", "--select", "assert_every_printed_cell_is_in_core")
    assert test.returncode == 1
    assert list_statuses(test) == {"fail"}


def test_the_catalogue_is_one_file_with_its_front_page(reports_build: DbtBuild, tmp_path: Path) -> None:
    warehouse = shutil.copy(reports_build.warehouse, tmp_path / "warehouse.duckdb")
    docs = run_dbt(Path(warehouse), tmp_path, "docs", "generate", "--static")
    assert docs.returncode == 0, docs.output
    page = (docs.target / "static_index.html").read_text(encoding="utf8")
    assert json.dumps("用哪张表").strip('"') in page
    assert "Which table answers which question" in page


def test_views_work_in_the_published_file_whatever_its_name(reports_build: DbtBuild, tmp_path: Path) -> None:
    published = tmp_path / "renamed.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{reports_build.warehouse}' AS built (READ_ONLY)")
        connection.execute(f"ATTACH '{published}' AS published")
        listing = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'built'"
        tables = connection.execute(f"{listing} AND schema_name IN ('core', 'marts')").fetchall()
        connection.execute("CREATE SCHEMA published.core; CREATE SCHEMA published.marts")
        for schema, table in tables:
            connection.execute(f"CREATE TABLE published.{schema}.{table} AS FROM built.{schema}.{table}")
        (view,) = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'agency_year_cells'").fetchall()
        connection.execute("USE published")
        connection.execute(view[0])
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{published}' AS anything (READ_ONLY)")
        query = (
            "SELECT count(*) FROM anything.marts.agency_year_cells WHERE report_id = ? AND column_name = 'is_complete'"
        )
        assert connection.execute(query, [BALANCED.report_id]).fetchall() == [(200,)]
