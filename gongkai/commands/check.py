"""`gongkai check`: the rules that published reports break, with what their cells print and whose fault it is."""

from collections import Counter
from pathlib import Path

from rich.text import Text

from gongkai.commands.console import clean_text, open_console, print_error
from gongkai.commands.published import ReportFailures, list_failures, open_published
from gongkai.commands.report_findings import VERDICT_STYLES, render_findings
from gongkai.home import Home
from gongkai.messages import Language, say
from gongkai.settings import read_settings
from parsers.report import Verdict

EXIT_DONE, EXIT_NOT_PUBLISHED = 0, 1


def show_failures(home_folder: Path | None, year: int | None, agency: str | None, language: Language) -> int:
    """Prints every failed rule of the reports asked for; 1 when nothing is published yet."""
    home = Home(read_settings(home=home_folder).home.resolve())
    try:
        with open_published(home) as connection:
            failures = list_failures(connection, year, agency)
    except FileNotFoundError:
        hint = say("home.not_published.hint", language)
        print_error(language, say("home.not_published", language, home=home.root), hint)
        return EXIT_NOT_PUBLISHED
    console = open_console()
    for report in failures:
        console.print(_describe_report(report, language))
        console.print(render_findings(report.findings, report.printed, report.editions, language))
    verdicts: Counter[Verdict | None] = Counter(finding.verdict for report in failures for finding in report.findings)
    counts = {verdict: verdicts[verdict] for verdict in VERDICT_STYLES}
    console.print(Text(say("check.count", language, reports=len(failures), **counts), "bold"))
    return EXIT_DONE


def _describe_report(report: ReportFailures, language: Language) -> Text:
    agency = report.agency_name or say("parse.no_agency", language)
    year = say("parse.no_year", language) if report.report_year is None else str(report.report_year)
    return Text.assemble(
        (clean_text(f"{agency} · {year}"), "bold reverse"), (clean_text(f"\n{report.file_name}"), "dim")
    )
