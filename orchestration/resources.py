"""What every step is given: home folder, settings, whom to tell, and the one writer's place in the warehouse."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import dagster as dg

from gongkai import pipeline
from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.warehouse.lock import LockHolder
from orchestration.instance import hold_run
from orchestration.texts import describe

# At most one run in the pool at a time; within a run the steps follow one another.
WAREHOUSE_POOL = "warehouse"
STARTED_BY_TAG = "started_by"
COMMAND_LINE = "command line"

Step = Literal["documents", "parsed_reports", "raw_tables", "dbt_models", "published_warehouse", "catalogue"]
STEPS: tuple[Step, ...] = (
    "documents",
    "parsed_reports",
    "raw_tables",
    "dbt_models",
    "published_warehouse",
    "catalogue",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has come; `total` is null where it is not known beforehand, `item` names what was just done."""

    step: Step
    done: int
    total: int | None = None
    item: str | None = None


OnProgress = Callable[[Progress], None]
OnWait = Callable[[LockHolder | None], None]
OnSummary = Callable[[object], None]


def log_wait(holder: LockHolder | None) -> None:
    """Says in the run's log who holds the warehouse while this run waits."""
    who = "a process that has not named itself yet"
    if holder is not None:
        who = f"process {holder.pid} on {holder.host} since {holder.since}: `{holder.command}`"
    dg.get_dagster_logger().info(f"waiting for the warehouse: held by {who}")


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whom a step tells what it does. In Dagster the log and the records are enough; the command line listens."""

    on_progress: OnProgress | None = None
    on_wait: OnWait | None = None
    on_summary: OnSummary | None = None

    def progress(self, step: Step, done: int, total: int | None = None, item: str | None = None) -> None:
        if self.on_progress is not None:
            self.on_progress(Progress(step, done, total, item))

    def wait(self, holder: LockHolder | None) -> None:
        log_wait(holder)
        if self.on_wait is not None:
            self.on_wait(holder)

    def record(self, summary: object) -> None:
        if self.on_summary is not None:
            self.on_summary(summary)


@dataclass(slots=True)
class Workplace:
    """One run's place in a home folder; `name` is what others read who wait for it, the command as started if null.

    The warehouse is taken by the first step and kept until the run's process is through: what a run loads is what it
    has parsed, and what it publishes is what it has built.
    """

    home: Home
    settings: Settings
    reporter: Reporter
    name: str | None
    stack: ExitStack = field(repr=False)
    is_writer: bool = False

    def take_warehouse(self) -> None:
        """Takes the writer's place, waiting for whoever has it; does nothing when this run has it already."""
        if self.is_writer:
            return
        self.stack.enter_context(pipeline.write_warehouse(self.home, self.reporter.wait, self.name))
        self.is_writer = True

    def report_file(self, step: Step) -> Callable[[Path], None]:
        """A listener that counts the files a step has gone through."""
        done = 0

        def count(path: Path) -> None:
            nonlocal done
            done += 1
            self.reporter.progress(step, done, None, path.name)

        return count


def define_workplace(home: Home, settings: Settings, reporter: Reporter) -> dg.ResourceDefinition:
    """The resource `workplace`: made when a run's process starts its steps, and given up when it ends."""

    @dg.resource(description=describe("resource.workplace"))
    def workplace(context: dg.InitResourceContext) -> Iterator[Workplace]:
        run = context.run
        with ExitStack() as stack:
            if run is None:
                yield Workplace(home, settings, reporter, None, stack)
                return
            stack.enter_context(hold_run(home, run.run_id))
            is_served = run.tags.get(STARTED_BY_TAG) != COMMAND_LINE
            name = f"Dagster run {run.run_id[:8]}" if is_served else None
            yield Workplace(home, settings, reporter, name, stack)

    return workplace
