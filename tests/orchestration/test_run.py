"""The assets run for real in one process: built, published, recorded; refused or waiting where they should be."""

import hashlib
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from gongkai import pipeline
from gongkai.home import Home
from gongkai.run import Progress, RunSummary, run_pipeline
from gongkai.settings import PROJECT_ROOT, Settings
from gongkai.warehouse.lock import LockHolder
from gongkai.warehouse.schema import load_raw_tables
from orchestration.failures import read_step_problems
from orchestration.instance import open_instance
from orchestration.location import define_location
from orchestration.resources import STEPS

# Each is an agency and year of its own.
SAMPLES = PROJECT_ROOT / "data" / "samples" / "reports"
REPORTS = sorted(path for path in SAMPLES.glob("*_20*") if path.suffix in (".txt", ".html"))

pytestmark = pytest.mark.slow


class Built:
    """A home with two reports published by one run. Tests add to it, and hold in any order."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.home = Home(root / "home")
        self.reports = root / "reports"
        self.reports.mkdir()
        for path in REPORTS[:2]:
            shutil.copy(path, self.reports)
        self.settings = settings
        self.progress: list[Progress] = []
        self.first = self.run()

    def run(self) -> RunSummary:
        return run_pipeline(self.home, self.settings, [self.reports], self.progress.append)

    def count_rows(self) -> int:
        with duckdb.connect(self.home.published_warehouse, read_only=True) as published:
            return published.execute("SELECT count(*) FROM marts.fct_agency_year").fetchall()[0][0]

    def hash_published(self) -> dict[str, tuple[int, str]]:
        files = [path for path in self.home.published.rglob("*") if path.is_file()]
        return {str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Built:
    return Built(tmp_path_factory.mktemp("built"), settings)


@pytest.fixture
def broken_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The dbt project with one test more, which fails; its name."""
    project = tmp_path / "dbt_project"
    shutil.copytree(pipeline.DBT_PROJECT_DIR, project, ignore=shutil.ignore_patterns("target", "logs"))
    name = "assert_no_report_at_all"
    (project / "tests" / f"{name}.sql").write_text("select 1 from {{ ref('fct_agency_year') }}", encoding="utf-8")
    monkeypatch.setattr(pipeline, "DBT_PROJECT_DIR", project)
    return name


def materialize(built: Built, *keys: dg.AssetKey) -> dg.ExecuteInProcessResult:
    """Materializes single assets, as somebody does in the web interface."""
    with open_instance(built.home) as instance:
        job = define_location(built.home, built.settings).resolve_job_def("refresh")
        return job.execute_in_process(instance=instance, asset_selection=list(keys), raise_on_error=False)


def test_run_publishes_what_it_was_given(built: Built) -> None:
    summary = built.first
    assert summary.problems == ()
    assert summary.is_successful
    assert not summary.nothing_new
    assert summary.ingested is not None
    assert (summary.ingested.files, summary.ingested.new_documents) == (2, 2)
    assert summary.loaded is not None
    assert summary.loaded.rows["documents"] == 2
    assert not summary.loaded.state.is_sample
    assert summary.published is not None
    assert summary.published.changed
    assert summary.catalogue is not None
    assert built.home.catalogue.stat().st_size > 100_000
    assert built.count_rows() == 2


def test_run_tells_how_far_each_step_is(built: Built) -> None:
    steps = [progress.step for progress in built.progress]
    assert list(dict.fromkeys(steps)) == list(STEPS)
    dbt = [progress for progress in built.progress if progress.step == "dbt_models"]
    assert dbt[-1].done == dbt[-1].total
    assert [progress.done for progress in dbt] == sorted(progress.done for progress in dbt)


def test_run_is_kept_in_the_history_with_counts_and_checks(built: Built) -> None:
    with open_instance(built.home) as instance:
        run = instance.get_run_by_id(built.first.run_id)
        assert run is not None
        assert run.status is dg.DagsterRunStatus.SUCCESS
        assert run.job_name == "refresh"
        assert run.tags["started_by"] == "command line"
        tables = [["raw", name] for name in load_raw_tables()] + [["marts", "fct_agency_year"], ["staging", "rules"]]
        for table in tables:
            event = instance.get_latest_materialization_event(dg.AssetKey(table))
            assert event is not None
            assert event.asset_materialization is not None
            assert "dagster/row_count" in event.asset_materialization.metadata
        records = instance.get_records_for_run(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION).records
    data = [record.event_log_entry.get_dagster_event().event_specific_data for record in records]
    checks = {each.asset_check_key.to_user_string() for each in data if isinstance(each, dg.AssetCheckEvaluation)}
    assert {"published_warehouse:gate", "parsed_reports:every_document_is_read"} <= checks
    assert len(checks) > 100


def test_second_run_says_that_nothing_is_new_and_touches_nothing(built: Built) -> None:
    assert built.run().is_successful
    before = built.hash_published()
    summary = built.run()
    assert summary.nothing_new
    assert summary.published is None
    assert built.hash_published() == before
    with open_instance(built.home) as instance:
        run = instance.get_run_by_id(summary.run_id)
    assert run is not None
    assert run.status is dg.DagsterRunStatus.SUCCESS


def test_folder_that_is_not_there_fails_by_name(built: Built) -> None:
    missing = built.home.root / "nowhere"
    [problem] = run_pipeline(built.home, built.settings, [missing]).problems
    assert problem.step == "documents"
    assert str(missing) in problem.details[0].en
    assert "--reports" in problem.hint.zh


def test_failed_dbt_test_is_named_and_nothing_is_published(built: Built, broken_project: str) -> None:
    before = built.hash_published()
    summary = built.run()
    [problem] = summary.problems
    assert problem.step == "dbt_models"
    [detail] = problem.details
    assert f"`{broken_project}` (tests/{broken_project}.sql)" in detail.en
    assert re.search(r"Got \d+ results, configured to fail if != 0", detail.en)
    assert summary.published is None
    assert built.hash_published() == before


def test_half_built_warehouse_is_not_published(built: Built) -> None:
    before = built.hash_published()
    shutil.copy(REPORTS[2], built.home.inbox)
    first_steps = [dg.AssetKey(["raw", name]) for name in load_raw_tables()]
    assert materialize(built, dg.AssetKey("documents"), dg.AssetKey("parsed_reports"), *first_steps).success
    refused = materialize(built, dg.AssetKey("published_warehouse"))
    assert not refused.success
    [problem] = read_step_problems(refused)
    assert "were not built, as a whole" in problem.message.en
    assert built.hash_published() == before


def test_seed_of_an_older_release_is_made_anew(built: Built) -> None:
    with duckdb.connect(built.home.warehouse) as warehouse:
        warehouse.execute("DROP TABLE staging.rules CASCADE")
        warehouse.execute("CREATE TABLE staging.rules (rule_id VARCHAR)")
    text = REPORTS[0].read_text(encoding="utf8")
    (built.home.inbox / "other.txt").write_text(text.replace("区统计局", "区审计局"), encoding="utf8")
    summary = built.run()
    assert summary.problems == ()
    with duckdb.connect(built.home.warehouse, read_only=True) as warehouse:
        assert len(warehouse.execute("DESCRIBE staging.rules").fetchall()) > 1


def test_second_writer_waits_and_names_the_holder(built: Built) -> None:
    hold = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from gongkai.home import Home
        from gongkai.pipeline import write_warehouse
        with write_warehouse(Home(Path(sys.argv[1]))):
            print("held", flush=True)
            sys.stdin.read()
        """
    )
    shutil.copy(REPORTS[3], built.reports)
    holders: list[LockHolder | None] = []
    command = [sys.executable, "-c", hold, str(built.home.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"

        def release(named: LockHolder | None) -> None:
            holders.append(named)
            holder.kill()

        summary = run_pipeline(built.home, built.settings, [built.reports], None, release)
    assert summary.problems == ()
    assert [named.pid for named in holders if named is not None] == [holder.pid]
    assert summary.loaded is not None
    assert built.count_rows() == summary.loaded.rows["documents"] > 2
    with open_instance(built.home) as instance:
        logs = [record.event_log_entry.user_message for record in instance.get_records_for_run(summary.run_id).records]
    assert any(f"held by process {holder.pid}" in line for line in logs)
