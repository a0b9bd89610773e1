"""What a run did, what came of it, and where to look next."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.commands.console import clean_text, open_console
from gongkai.commands.labels import find_status_reason
from gongkai.commands.published import (
    Result,
    count_agency_years,
    count_findings,
    count_reports,
    list_results,
    open_published,
)
from gongkai.home import Home
from gongkai.messages import Language, say
from gongkai.run import RunSummary
from gongkai.settings import read_settings

ROWS_SHOWN = 15
# Enough for most names on one line or two; headers of figures are folded first.
NAME_WIDTH, FIGURE_WIDTH = 20, 9
RESULT_COLUMNS = ("agency", "year", "received", "printed_total", "computed_total", "share", "failed")


def print_summary(home: Home, summary: RunSummary, language: Language) -> None:
    """Prints the counts of the run, and, when it succeeded, the first results and where to look next."""
    console = open_console()
    console.print(_render_counts(summary, language))
    if summary.parsed is not None and summary.parsed.unread:
        console.print(_list_unread(summary, language))
    if not summary.is_successful:
        return
    if summary.nothing_new:
        console.print(Text(say("run.nothing_new", language), "bold green"))
    _print_results(console, home, language)
    console.print(Text(say("run.next", language), "bold"))
    option = "" if home.root == read_settings().home.resolve() else f" --home {home.root}"
    for name, place in (
        ("data", home.published_warehouse),
        ("catalogue", home.catalogue),
        ("check", f"gongkai check{option}"),
        ("ui", f"gongkai ui{option}"),
    ):
        console.print(Text(say(f"run.next.{name}", language, place=place)), soft_wrap=True)


def _render_counts(summary: RunSummary, language: Language) -> Table:
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    ingested, parsed = summary.ingested, summary.parsed
    if ingested is not None:
        counts = {
            "files": ingested.files,
            "new": ingested.new_documents,
            "known": ingested.known,
            "ignored": ingested.ignored,
            "waiting": ingested.waiting,
            "problems": len(ingested.problems),
        }
        for name, count in counts.items():
            if count or name in ("files", "new"):
                table.add_row(say(f"run.count.{name}", language), str(count))
    if parsed is not None:
        table.add_row(say("run.count.documents", language), str(parsed.documents))
        table.add_row(say("run.count.read_now", language), str(parsed.reports_read))
    table.add_row(say("run.count.seconds", language), f"{summary.seconds:.1f}")
    return table


def _list_unread(summary: RunSummary, language: Language) -> Text:
    unread = [] if summary.parsed is None else summary.parsed.unread
    text = Text(say("run.unread", language, count=len(unread)), "yellow")
    for report in unread[:ROWS_SHOWN]:
        reason = "" if report.status_reason is None else find_status_reason(report.status_reason, language)[0]
        text.append(
            clean_text(f"\n  {report.file_name}: {say(f'status.{report.status}', language)}; {reason}"), "not yellow"
        )
    if len(unread) > ROWS_SHOWN:
        text.append("\n  " + say("run.more", language, count=len(unread) - ROWS_SHOWN), "not yellow dim")
    return text


def _print_results(console: Console, home: Home, language: Language) -> None:
    with open_published(home) as connection:
        counts, findings = count_reports(connection), count_findings(connection)
        rows, total = list_results(connection, ROWS_SHOWN), count_agency_years(connection)
    by_status: dict[str, int] = {}
    for count in counts:
        by_status[count.status] = by_status.setdefault(count.status, 0) + count.reports
    statuses = ", ".join(f"{say(f'status.{status}', language)} {number}" for status, number in by_status.items())
    console.print(Text(say("run.reports", language, count=sum(by_status.values()), statuses=statuses)))
    console.print(Text(say("run.findings", language, count=sum(findings.values()))))
    console.print(render_results(rows, language))
    if total > len(rows):
        console.print(Text(say("run.more", language, count=total - len(rows)), "dim"))


def render_results(rows: Sequence[Result], language: Language) -> Table:
    """A small table of agency-years; what is unknown stays empty, and what is too wide goes on below."""
    table = Table(box=box.SIMPLE_HEAD, title=say("run.results", language), title_justify="left", padding=0)
    for name in RESULT_COLUMNS:
        if name == "agency":
            table.add_column(say("run.column.agency", language), overflow="fold", min_width=NAME_WIDTH)
            continue
        table.add_column(say(f"run.column.{name}", language), justify="right", overflow="fold", max_width=FIGURE_WIDTH)
    for row in rows:
        share = None if row.disclosure_share_of_closed is None else f"{row.disclosure_share_of_closed:.1%}"
        figures = (
            row.applications_received_new,
            row.printed_results_total,
            row.computed_results_total,
            share,
            row.failed_rule_count,
        )
        shown = ["" if figure is None else str(figure) for figure in figures]
        table.add_row(clean_text(row.agency_name), str(row.report_year), *shown)
    return table
