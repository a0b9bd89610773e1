"""A person's correction stands beside the printed value, survives a rebuild, and stops the build once it is stale."""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.dbt_builds import DBT_PROJECT, DbtBuild, run_dbt
from tests.warehouse.synthetic_reports import BALANCED, DISAGREEING, create_raw_tables, insert_reports

pytestmark = pytest.mark.slow

HEADER = "report_id,cell_id,printed_text,corrected_value,reason,evidence,guard_rule_id,decided_date"
TOTAL = "t3.results_total.total"
OF_ANOTHER_HOME = f"{'0' * 16}-1,{TOTAL},5,6,counted again,original,R3,2026-02-01"


def write_correction(printed: str = "21", guard: str = "R3", report_id: str = DISAGREEING.report_id) -> str:
    return f"{report_id},{TOTAL},{printed},27,the lines add up to 27,original,{guard},2026-02-01"


MODELS = ("--resource-type", "seed", "--resource-type", "model")


def write_project(folder: Path, *lines: str) -> Path:
    """A copy of the dbt project with these corrections."""
    project = folder / "project"
    shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    (project / "seeds" / "corrections.csv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def corrected_build(tmp_path_factory: pytest.TempPathFactory) -> DbtBuild:
    """The table that shows a correction, built from raw tables alone."""
    folder = tmp_path_factory.mktemp("corrected")
    project = write_project(folder, OF_ANOTHER_HOME, write_correction())
    warehouse = folder / "warehouse.duckdb"
    create_raw_tables(warehouse)
    insert_reports(warehouse, (DISAGREEING, BALANCED))
    return run_dbt(warehouse, folder, "build", "--select", "+fct_application_outcomes", *MODELS, project=project)


def read_total(warehouse: Path) -> list[tuple]:
    query = """
        SELECT printed_text, value, corrected_value FROM core.fct_application_outcomes
        WHERE report_id = ? AND line_id = 'results_total' AND column_id = 'total'
    """
    with duckdb.connect(warehouse, read_only=True) as connection:
        return connection.execute(query, [DISAGREEING.report_id]).fetchall()


def test_correction_stands_beside_the_printed_value(corrected_build: DbtBuild) -> None:
    assert corrected_build.returncode == 0, corrected_build.output
    assert read_total(corrected_build.warehouse) == [("21", 21, 27)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (write_correction(printed="22"), "the cell prints `21`, not `22`"),
        (write_correction(guard="R1"), "the cell no longer breaks R1"),
        (write_correction(report_id=f"{DISAGREEING.document_id[:16]}-2"), "the report has no such cell any more"),
    ],
)
def test_stale_correction_stops_the_build_and_names_file_line_and_remedy(
    line: str, reason: str, corrected_build: DbtBuild, tmp_path: Path
) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(corrected_build.warehouse, warehouse)
    project = write_project(tmp_path, OF_ANOTHER_HOME, line)
    build = run_dbt(
        warehouse, tmp_path, "build", "--select", "corrections", "fct_cell_corrections", *MODELS, project=project
    )
    said = " ".join(build.output.split())
    assert build.returncode == 1
    assert "dbt_project/seeds/corrections.csv, line 3: stale correction of" in said
    assert reason in said
    assert "hint: look at the cell again, then take the line out or renew it" in said
