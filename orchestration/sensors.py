"""The inbox, watched: a file dropped there becomes rows in the published data without a command."""

import hashlib
import json
from pathlib import Path

import dagster as dg

from gongkai.home import Home
from gongkai.store.documents import SourceReadError, read_state
from gongkai.store.folders import walk_files
from gongkai.store.ingestion import UNFINISHED_ENDINGS
from orchestration.instance import fail_abandoned_runs
from orchestration.jobs import REFRESH_JOB, refresh_job
from orchestration.texts import describe

# A file is taken when it looks the same at two ticks: copies over slow networks pause for seconds, not for longer.
INTERVAL_SECONDS = 15
UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]

# Path below the inbox, with size, time of change and number of the file.
States = dict[str, tuple[int, int, int]]


def define_inbox_sensor(home: Home) -> dg.SensorDefinition:
    """The sensor on one home's inbox."""

    @dg.sensor(
        name="inbox",
        job=refresh_job,
        minimum_interval_seconds=INTERVAL_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=describe("sensor.inbox"),
    )
    def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        # A run whose process was killed would be under way for ever.
        fail_abandoned_runs(context.instance, home)
        now, before = read_inbox(home.inbox), read_cursor(context.cursor)
        context.update_cursor(json.dumps(now))
        settled = {name: state for name, state in now.items() if before.get(name) == state}
        if not now:
            return dg.SkipReason("the inbox is empty")
        if not settled:
            return dg.SkipReason(f"{len(now)} in the inbox: waiting until nothing is written to them any more")
        if is_under_way(context.instance):
            return dg.SkipReason(f"a run of `{REFRESH_JOB}` is under way: {len(settled)} in the inbox wait for its end")
        return dg.SensorResult(
            [dg.RunRequest(run_key=compute_run_key(settled), tags={"inbox_files": str(len(settled))})]
        )

    return inbox


def read_inbox(inbox: Path) -> States:
    """Every file in the inbox that can be read about and is not named as unfinished or hidden."""
    states: States = {}
    if not inbox.is_dir():
        return states
    for path in walk_files(inbox, inbox):
        if not isinstance(path, Path) or path.name.lower().endswith(UNFINISHED_ENDINGS):
            continue
        try:
            states[path.relative_to(inbox).as_posix()] = read_state(path)
        except SourceReadError:
            continue
    return states


def read_cursor(cursor: str | None) -> States:
    """What the inbox looked like at the tick before; empty at the first."""
    if cursor is None:
        return {}
    return {name: (size, changed, number) for name, (size, changed, number) in json.loads(cursor).items()}


def is_under_way(instance: dg.DagsterInstance) -> bool:
    """Whether a refresh waits or runs, whoever started it."""
    return instance.get_runs_count(dg.RunsFilter(job_name=REFRESH_JOB, statuses=UNDER_WAY)) > 0


def compute_run_key(settled: States) -> str:
    """The same for the same files in the same state, so that a file that cannot be taken in is not tried for ever."""
    text = json.dumps(sorted(settled.items()))
    return f"inbox:{hashlib.sha256(text.encode()).hexdigest()[:24]}"
