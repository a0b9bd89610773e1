"""Dagster's instance in the home folder: settings, history, and runs whose process is gone."""

import subprocess
import sys
import textwrap
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance.config import PoolGranularity
from filelock import FileLock, Timeout

from gongkai.home import Home
from orchestration.instance import fail_abandoned_runs, hold_run, open_instance, prepare_instance

RUN_ID = "0f0e0d0c-0000-4000-8000-000000000000"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


def add_started_run(instance: dg.DagsterInstance) -> None:
    instance.add_run(dg.DagsterRun(job_name="refresh", run_id=RUN_ID, status=dg.DagsterRunStatus.STARTED))


def read_status(instance: dg.DagsterInstance) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(RUN_ID)
    assert run is not None
    return run.status


def test_settings_are_written_once_and_left_alone_after(home: Home) -> None:
    prepare_instance(home)
    settings = home.dagster / "dagster.yaml"
    before = settings.stat().st_mtime_ns
    prepare_instance(home)
    assert settings.stat().st_mtime_ns == before
    settings.write_text("telemetry: {enabled: true}", encoding="utf-8")
    prepare_instance(home)
    assert "enabled: false" in settings.read_text(encoding="utf-8")


@pytest.mark.parametrize("settings", ["dagster.yaml", "in_process.yaml"])
def test_dagster_reads_the_settings_as_meant(home: Home, settings: str) -> None:
    prepare_instance(home)
    with dg.DagsterInstance.from_config(str(home.dagster), settings) as instance:
        assert instance.telemetry_enabled is False
        assert instance.nux_enabled is False
        pools = instance.get_concurrency_config().pool_config
        assert (pools.default_pool_limit, pools.pool_granularity) == (1, PoolGranularity.RUN)
        assert type(instance.run_coordinator).__name__ == "QueuedRunCoordinator"
        assert Path(instance.root_directory) == home.dagster


def test_history_survives_and_lies_in_the_home(home: Home) -> None:
    with open_instance(home) as instance:
        add_started_run(instance)
    with open_instance(home) as instance:
        assert read_status(instance) is dg.DagsterRunStatus.STARTED
    assert (home.dagster / "history" / "runs.db").is_file()


def test_run_of_a_living_process_is_left_alone(home: Home) -> None:
    held = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from gongkai.home import Home
        from orchestration.instance import hold_run
        with hold_run(Home(Path(sys.argv[1])), sys.argv[2]):
            print("held", flush=True)
            sys.stdin.read()
        """
    )
    command = [sys.executable, "-c", held, str(home.root), RUN_ID]
    with (
        open_instance(home) as instance,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
    ):
        add_started_run(instance)
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert fail_abandoned_runs(instance, home) == ()
        process.kill()
        process.wait()
        assert fail_abandoned_runs(instance, home) == (RUN_ID,)
        assert read_status(instance) is dg.DagsterRunStatus.FAILURE
        assert fail_abandoned_runs(instance, home) == ()


def test_run_without_a_lock_file_is_left_alone(home: Home) -> None:
    with open_instance(home) as instance:
        add_started_run(instance)
        assert fail_abandoned_runs(instance, home) == ()
        assert read_status(instance) is dg.DagsterRunStatus.STARTED


def test_lock_of_a_run_is_gone_after_it(home: Home) -> None:
    with hold_run(home, RUN_ID):
        [lock] = (home.dagster / "running").iterdir()
        with pytest.raises(Timeout):
            FileLock(lock, blocking=False, is_singleton=False).acquire()
    assert not list((home.dagster / "running").iterdir())
