"""`gongkai run`: Dagster's assets, materialized in this process, and the run kept in Dagster's history."""

import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store.ingestion import IngestSummary
from gongkai.store.parsed import ParseSummary
from gongkai.warehouse.catalogue import CatalogueSummary
from gongkai.warehouse.load import LoadSummary
from gongkai.warehouse.publish import PublishSummary
from orchestration.failures import StepProblem, is_interrupted, read_step_problems
from orchestration.instance import fail_abandoned_runs, open_instance
from orchestration.jobs import REFRESH_JOB
from orchestration.location import define_location
from orchestration.resources import COMMAND_LINE, STARTED_BY_TAG, OnProgress, OnWait, Progress, Reporter

__all__ = ["Progress", "RunSummary", "StepProblem", "run_pipeline"]

Summary = IngestSummary | ParseSummary | LoadSummary | PublishSummary | CatalogueSummary
SummaryT = TypeVar("SummaryT", bound=Summary)
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did, step by step; the summary of a step is null when the run did not come to it or skipped it.

    `problems` names the failed steps, empty when the run succeeded. With `nothing_new` no published file was touched.
    """

    run_id: str
    seconds: float
    problems: tuple[StepProblem, ...]
    ingested: IngestSummary | None
    parsed: ParseSummary | None
    loaded: LoadSummary | None
    published: PublishSummary | None
    catalogue: CatalogueSummary | None

    @property
    def is_successful(self) -> bool:
        return not self.problems

    @property
    def nothing_new(self) -> bool:
        return self.is_successful and self.loaded is None


def run_pipeline(
    home: Home,
    settings: Settings,
    reports: list[Path],
    on_progress: OnProgress | None = None,
    on_wait: OnWait | None = None,
) -> RunSummary:
    """Takes in the folders `reports`, the inbox or the samples, reads what is new, builds, tests and publishes.

    Ends with a summary also when a step fails; the last good published files then stay. While it runs, standard output
    goes to `dagster/output/run.log` in the home folder (dbt is talkative), so `on_progress` writes to standard error.
    `on_wait` gets who holds the warehouse, once for every holder this run waits for. An interrupt ends the run, in the
    history too, and raises `KeyboardInterrupt`.
    """
    found: list[object] = []
    started = time.monotonic()
    run_id = str(uuid.uuid4())
    reporter = Reporter(on_progress, on_wait, found.append)
    with open_instance(home) as instance, _keep_quiet(home):
        fail_abandoned_runs(instance, home)
        job = define_location(home, settings, reporter).resolve_job_def(REFRESH_JOB)
        folders = [str(folder.resolve()) for folder in reports]
        result = job.execute_in_process(
            run_config={**QUIET, "ops": {"documents": {"config": {"folders": folders}}}},
            instance=instance,
            raise_on_error=False,
            run_id=run_id,
            tags={STARTED_BY_TAG: COMMAND_LINE},
        )
    if is_interrupted(result):
        raise KeyboardInterrupt
    return RunSummary(
        run_id=run_id,
        seconds=time.monotonic() - started,
        problems=read_step_problems(result),
        ingested=_find_summary(found, IngestSummary),
        parsed=_find_summary(found, ParseSummary),
        loaded=_find_summary(found, LoadSummary),
        published=_find_summary(found, PublishSummary),
        catalogue=_find_summary(found, CatalogueSummary),
    )


def _find_summary(found: list[object], kind: type[SummaryT]) -> SummaryT | None:
    """The last summary of a kind: a step that was tried again has recorded more than one."""
    matching = [summary for summary in found if isinstance(summary, kind)]
    return matching[-1] if matching else None


@contextmanager
def _keep_quiet(home: Home) -> Generator[None]:
    log = home.dagster / "output" / "run.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as output, redirect_stdout(output):
        yield
