"""Whole runs: ids that depend on no file name or order, and a person's correction that lasts until it is stale."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from gongkai import pipeline
from gongkai.home import Home
from gongkai.run import RunSummary, run_pipeline
from gongkai.settings import PROJECT_ROOT, Settings

SAMPLES = PROJECT_ROOT / "data" / "samples" / "reports"
CORRECTED = SAMPLES / "平潭综合实验区_2020_results_total_wrong.html"
REPORTS = (
    CORRECTED,
    SAMPLES / "平潭综合实验区_2021_six_decimals.html",
    SAMPLES / "沭阳县发展和改革局_2023_organizations_blank.html",
    SAMPLES / "区统计局_2023_cut_with_slashes.txt",
)
REPORT_ID = f"{hashlib.sha256(CORRECTED.read_bytes()).hexdigest()[:16]}-1"
TOTAL = "t3.results_total.total"

pytestmark = pytest.mark.slow


class CorrectedHome:
    """A home built from samples with one correction, and the dbt project that holds it."""

    def __init__(self, root: Path, settings: Settings, patch: pytest.MonkeyPatch) -> None:
        self.home = Home(root / "home")
        self.settings = settings
        self.project = root / "dbt_project"
        shutil.copytree(pipeline.DBT_PROJECT_DIR, self.project, ignore=shutil.ignore_patterns("target", "logs"))
        patch.setattr(pipeline, "DBT_PROJECT_DIR", self.project)
        self.correct("21")
        self.first = self.run(self.home, copy_reports(root / "reports", REPORTS))

    def correct(self, printed: str) -> None:
        """Writes the correction of a results total that is printed as 21 and adds up to 27."""
        seed = self.project / "seeds" / "corrections.csv"
        header = seed.read_text(encoding="utf-8").splitlines()[0]
        line = f"{REPORT_ID},{TOTAL},{printed},27,the lines add up to 27,the original,R3,2026-02-01"
        seed.write_text(f"{header}\n{line}\n", encoding="utf-8")

    def run(self, home: Home, *reports: Path) -> RunSummary:
        return run_pipeline(home, self.settings, list(reports))


def copy_reports(folder: Path, reports: tuple[Path, ...]) -> Path:
    """The reports in a new folder, named by their place, so that they are read in this order."""
    folder.mkdir()
    for number, report in enumerate(reports):
        shutil.copy(report, folder / f"{number}{report.suffix}")
    return folder


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[CorrectedHome]:
    with pytest.MonkeyPatch.context() as patch:
        yield CorrectedHome(tmp_path_factory.mktemp("corrected"), settings, patch)


def query(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(home.published_warehouse, read_only=True) as published:
        return published.execute(sql).fetchall()


def read_corrected(home: Home) -> list[tuple]:
    """The corrected cell with its neighbours' total, as published."""
    return query(
        home,
        f"""
        SELECT cells.printed_text, cells.value::INT, cells.corrected_value::INT,
            facts.printed_results_total_count, facts.computed_results_total_count, corrections.reason
        FROM core.fct_application_outcomes AS cells
        JOIN marts.fct_agency_year AS facts USING (report_id)
        JOIN core.fct_cell_corrections AS corrections USING (report_id)
        WHERE report_id = '{REPORT_ID}' AND cells.line_id = 'results_total' AND cells.column_id = 'total'
        """,
    )


def read_ids(home: Home) -> dict[str, list[tuple]]:
    """Every id that users keep: of agencies, of reports, of agency-years."""
    queries = {
        "agencies": "SELECT agency_id, agency_name, region_id FROM core.dim_agencies ORDER BY ALL",
        "links": "SELECT report_id, agency_id, is_linked FROM core.report_links ORDER BY ALL",
        "agency_years": """
            SELECT agency_id, report_year, scope, report_id, previous_report_id, document_id
            FROM marts.fct_agency_year ORDER BY ALL
        """,
    }
    return {name: query(home, sql) for name, sql in queries.items()}


def hash_published(home: Home) -> dict[str, str]:
    files = [path for path in home.published.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_correction_stands_beside_the_printed_value_and_survives_a_full_rebuild(corrected: CorrectedHome) -> None:
    assert corrected.first.problems == ()
    applied = [("21", 21, 27, 21, 27, "the lines add up to 27")]
    assert read_corrected(corrected.home) == applied
    corrected.home.warehouse.unlink()
    for folder in (corrected.home.parsed, corrected.home.published):
        shutil.rmtree(folder)
    assert corrected.run(corrected.home).problems == ()
    assert read_corrected(corrected.home) == applied


def test_ids_are_the_same_from_files_of_other_names_in_another_order(corrected: CorrectedHome, tmp_path: Path) -> None:
    other = Home(tmp_path / "home")
    assert corrected.run(other, copy_reports(tmp_path / "reports", REPORTS[::-1])).problems == ()
    ids = read_ids(corrected.home)
    assert len(ids["agency_years"]) == len(REPORTS)
    assert {is_linked for _, _, is_linked in ids["links"]} == {True, False}
    assert read_ids(other) == ids
    assert read_corrected(other) == read_corrected(corrected.home)


def test_stale_correction_stops_the_run_and_leaves_what_is_published(corrected: CorrectedHome) -> None:
    before = hash_published(corrected.home)
    corrected.correct("22")
    summary = corrected.run(corrected.home)
    corrected.correct("21")
    [problem] = summary.problems
    [detail] = problem.details
    assert detail.en == (
        f"dbt_project/seeds/corrections.csv, line 2: stale correction of {TOTAL} in report {REPORT_ID}: "
        "the cell prints `21`, not `22`; hint: look at the cell again, then take the line out or renew it"
    )
    assert detail.zh == (
        f"dbt_project/seeds/corrections.csv 第 2 行：对报告 {REPORT_ID} 中 {TOTAL} 的更正已失效："
        "该格印为“21”，不是“22”；提示：请重新核对该格，再删去这一行或重新填写"
    )
    assert summary.published is None
    assert hash_published(corrected.home) == before
