"""`gongkai run`: from files to published tables in one process, with progress bars and a summary."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from gongkai.commands.console import clean_text, open_console, print_error, print_warning
from gongkai.commands.run_summary import print_summary
from gongkai.home import Home
from gongkai.messages import Language, say
from gongkai.run import Progress as StepProgress
from gongkai.run import RunSummary, run_pipeline
from gongkai.settings import read_settings
from gongkai.warehouse.lock import LockHolder

EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 130
ITEM_CHARACTERS = 40


def run_home(home_folder: Path | None, reports: list[Path], language: Language) -> int:
    """Adds the folders' files and does what is new up to the published tables; 1 when a step or a file failed.

    A folder that is not there ends the command before anything is done: it is more likely mistyped than meant.
    """
    missing = [folder for folder in reports if not folder.exists()]
    for folder in missing:
        print_error(language, say("run.no_folder", language, folder=folder), say("run.no_folder.hint", language))
    if missing:
        return EXIT_FAILED
    settings = read_settings(home=home_folder)
    home = Home(settings.home.resolve())
    console = open_console(stderr=True)
    try:
        with _show_progress(console, language) as bars:
            summary = run_pipeline(home, settings, reports, bars.show, bars.wait)
    except KeyboardInterrupt:
        print_warning(language, say("run.interrupted", language), say("run.interrupted.hint", language))
        return EXIT_INTERRUPTED
    _print_problems(summary, language)
    print_summary(home, summary, language)
    is_whole = summary.is_successful and not (summary.ingested and summary.ingested.problems)
    return EXIT_DONE if is_whole else EXIT_FAILED


class StepBars:
    """One progress bar a step; a step that has begun ends the one before it."""

    def __init__(self, progress: Progress, language: Language) -> None:
        self.progress = progress
        self.language: Language = language
        self.tasks: dict[str, TaskID] = {}

    def show(self, step: StepProgress) -> None:
        """Moves the bar of a step, and opens it when the step is new."""
        if step.step not in self.tasks:
            self.finish()
            self.tasks[step.step] = self.progress.add_task(say(f"run.step.{step.step}", self.language), item="")
        item = "" if step.item is None else clean_text(step.item)[:ITEM_CHARACTERS]
        self.progress.update(self.tasks[step.step], completed=step.done, total=step.total, item=item)

    def finish(self) -> None:
        """Fills the bars of steps that did not know their total beforehand."""
        for task in self.progress.tasks:
            self.progress.update(task.id, total=task.total or task.completed, item="")

    def wait(self, holder: LockHolder | None) -> None:
        """Says for whom the run waits."""
        print_warning(self.language, describe_wait(holder, self.language), say("run.waiting.hint", self.language))


def describe_wait(holder: LockHolder | None, language: Language) -> str:
    """Who holds the warehouse, as far as it is known."""
    if holder is None:
        return say("run.waiting_unnamed", language)
    return say("run.waiting", language, pid=holder.pid, host=holder.host, command=holder.command, since=holder.since)


@contextmanager
def _show_progress(console: Console, language: Language) -> Generator[StepBars, None, None]:
    progress = Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[item]}", markup=False, style="dim"),
        console=console,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    )
    with progress:
        bars = StepBars(progress, language)
        yield bars
        bars.finish()


def _print_problems(summary: RunSummary, language: Language) -> None:
    for problem in summary.problems:
        step = say("run.no_step", language) if problem.step is None else problem.step
        message = say("run.failed", language, step=step, message=problem.message.say(language))
        details = [detail.say(language) for detail in problem.details]
        print_error(language, "\n  ".join([message, *details]), problem.hint.say(language))
    if summary.ingested is None:
        return
    for file in summary.ingested.problems:
        text = file.text
        said, hint = (text.message_zh, text.hint_zh) if language == "zh" else (text.message_en, text.hint_en)
        detail = "" if file.detail is None else f" ({file.detail})"
        print_error(language, f"`{file.file}`: {said}{detail}", hint)
