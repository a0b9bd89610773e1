"""`gongkai crawl`: from portals to documents, with progress and a summary by portal and status."""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich import box
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from crawler.crawl import CrawlProgress, PortalResult
from crawler.portals import Portal
from gongkai.commands.console import clean_text, open_console, print_error, print_warning
from gongkai.commands.portals import print_problem
from gongkai.crawling import RegisterError, choose_portals, crawl_home, read_portals
from gongkai.home import Home
from gongkai.messages import Language, say
from gongkai.settings import Settings, read_settings
from gongkai.warehouse.lock import LockHolder

EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 130
ADDRESS_CHARACTERS = 60
EVENTS = ("asked", "new", "revised", "unchanged", "vanished", "failed")


def crawl_into_home(
    home_folder: Path | None, names: list[str], report_year: int | None, unverified: bool, language: Language
) -> int:
    """Crawls the portals asked for; 1 when there is none, or the register is unsound."""
    settings = read_settings(home=home_folder)
    home = Home(settings.home.resolve())
    portals = _find_portals(settings, names, unverified, language)
    if not portals:
        return EXIT_FAILED
    if settings.contact is None:
        print_warning(language, say("crawl.no_contact", language), say("crawl.no_contact.hint", language))
    try:
        with _show_progress(language) as progress:
            summary = crawl_home(home, settings, portals, report_year, progress.show, progress.wait)
    except KeyboardInterrupt:
        print_warning(language, say("crawl.interrupted", language), say("crawl.interrupted.hint", language))
        return EXIT_INTERRUPTED
    print_results(summary.results, language)
    if summary.has_news:
        command = "gongkai run" if home_folder is None else f"gongkai run --home {home_folder}"
        open_console().print(Text(say("crawl.next", language, command=command)), soft_wrap=True)
    return EXIT_DONE


def print_results(results: Sequence[PortalResult], language: Language) -> None:
    """A line a portal, what to do about those that are not complete, and what came of it in sum."""
    console = open_console()
    table = Table(box=box.SIMPLE_HEAD, title=say("crawl.results", language), title_justify="left", pad_edge=False)
    for column in ("portal", "status"):
        table.add_column(say(f"crawl.column.{column}", language), no_wrap=True)
    for column in (*EVENTS, "waiting"):
        table.add_column(say(f"crawl.column.{column}", language), justify="right")
    for result in results:
        figures = [str(result.events[event]) for event in EVENTS]
        status = say(f"portal.{result.status}", language)
        table.add_row(result.portal_id, status, *figures, str(result.waiting))
    console.print(table)
    for line in list_remedies(results, language):
        console.print(Text(clean_text(line)), soft_wrap=True)
    statuses = Counter(say(f"portal.{result.status}", language) for result in results)
    listed = say("crawl.joiner", language).join(f"{status} {count}" for status, count in statuses.most_common())
    console.print(Text(say("crawl.statuses", language, statuses=listed)), soft_wrap=True)
    total: Counter[str] = sum((Counter[str](result.events) for result in results), Counter())
    figures = {event: total[event] for event in ("new", "revised", "unchanged", "vanished")}
    console.print(Text(say("crawl.documents", language, **figures)), soft_wrap=True)


def list_remedies(results: Sequence[PortalResult], language: Language) -> Iterator[str]:
    """For each status but the complete one: what to do about it, then the portals that have it, with details."""
    open_ends = [result for result in results if result.status != "complete"]
    for status in dict.fromkeys(result.status for result in open_ends):
        remedy = say(f"portal.{status}.remedy", language)
        yield say("crawl.remedy", language, status=say(f"portal.{status}", language), remedy=remedy)
        listed = [result for result in open_ends if result.status == status]
        yield from (f"  {result.portal_id}  {result.detail or ''}".rstrip() for result in listed)
    if open_ends:
        yield ""


class CrawlBar:
    """One line that counts requests and names the last address."""

    def __init__(self, progress: Progress, language: Language) -> None:
        self.progress = progress
        self.language: Language = language
        self.task = progress.add_task(say("crawl.progress", language), total=None, item="")

    def show(self, step: CrawlProgress) -> None:
        """One more answer."""
        item = clean_text(f"{step.portal_id} {step.address}")[:ADDRESS_CHARACTERS]
        self.progress.update(self.task, completed=step.asked, item=item)

    def wait(self, holder: LockHolder | None) -> None:
        """Says that another crawl is under way."""
        print_warning(self.language, say("crawl.waiting", self.language), say("crawl.waiting.hint", self.language))


@contextmanager
def _show_progress(language: Language) -> Generator[CrawlBar]:
    console = open_console(stderr=True)
    progress = Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description} {task.completed}", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.fields[item]}", markup=False, style="dim"),
        console=console,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    )
    with progress:
        yield CrawlBar(progress, language)


def _find_portals(
    settings: Settings, names: list[str], unverified: bool, language: Language
) -> tuple[Portal, ...] | None:
    try:
        portals = read_portals(settings)
    except RegisterError as error:
        for problem in error.problems:
            print_problem(f"{problem.file} {problem.portal or ''}".strip(), problem.detail, language)
        return None
    unknown = [name for name in names if name not in {portal.id for portal in portals}]
    for name in unknown:
        hint = say("crawl.unknown_portal.hint", language, folder=settings.portals)
        print_error(language, say("crawl.unknown_portal", language, portal=name), hint)
    if unknown:
        return None
    chosen = choose_portals(portals, names, unverified=unverified)
    if not chosen:
        count = sum(portal.status == "unverified" for portal in portals)
        hint = say("crawl.no_portal.hint", language)
        print_error(language, say("crawl.no_portal", language, count=count), hint)
    return chosen
