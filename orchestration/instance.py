"""Dagster's instance in the home folder: its settings, its run history, and the runs whose process is gone."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import dagster as dg
import yaml
from filelock import FileLock, Timeout

from gongkai.home import Home
from orchestration.history import keep_history_open

SERVED_SETTINGS = "dagster.yaml"
IN_PROCESS_SETTINGS = "in_process.yaml"
# Standard output and error belong to the terminal when the command line runs the assets; Dagster keeps no copy.
NO_COMPUTE_LOGS = {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}
GONE_MESSAGE = "the process of this run has ended without a word; start a new run. 该运行的进程已意外结束，请重新运行。"


def prepare_instance(home: Home) -> None:
    """Writes Dagster's settings into `<home>/dagster/`; a file that is right already is not touched."""
    home.ensure()
    served = files("orchestration").joinpath(SERVED_SETTINGS).read_text(encoding="utf-8")
    _write_changed(home, SERVED_SETTINGS, served)
    in_process = {**yaml.safe_load(served), "compute_logs": NO_COMPUTE_LOGS}
    _write_changed(home, IN_PROCESS_SETTINGS, yaml.safe_dump(in_process, sort_keys=False))


@contextmanager
def open_instance(home: Home) -> Generator[dg.DagsterInstance]:
    """The home's instance, for runs in this process: the history is the one that `gongkai ui` shows."""
    prepare_instance(home)
    with keep_history_open(), dg.DagsterInstance.from_config(str(home.dagster), IN_PROCESS_SETTINGS) as instance:
        yield instance


@contextmanager
def hold_run(home: Home, run_id: str) -> Generator[None]:
    """Holds a file lock while a run's process lives; the system lets go of it however the process ends."""
    path = _locate_lock(home, run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path):
        yield
    path.unlink(missing_ok=True)


def fail_abandoned_runs(instance: dg.DagsterInstance, home: Home) -> tuple[str, ...]:
    """Marks runs as failed whose process is gone (killed, power cut), so that no queue waits for them; their ids.

    A run without a lock file is left alone: it has not come so far, or has just ended.
    """
    filters = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    abandoned = [run for run in instance.get_runs(filters) if _is_abandoned(home, run.run_id)]
    for run in abandoned:
        instance.report_run_failed(run, GONE_MESSAGE)
        _locate_lock(home, run.run_id).unlink(missing_ok=True)
    return tuple(run.run_id for run in abandoned)


def _is_abandoned(home: Home, run_id: str) -> bool:
    path = _locate_lock(home, run_id)
    if not path.exists():
        return False
    try:
        with FileLock(path, blocking=False):
            return True
    except Timeout:
        return False


def _locate_lock(home: Home, run_id: str) -> Path:
    return home.dagster / "running" / f"{run_id}.lock"


def _write_changed(home: Home, name: str, text: str) -> None:
    path = home.dagster / name
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
