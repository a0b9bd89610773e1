"""One report for a person: title, why it was not read if it was not, tables, figures of the text, findings."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from gongkai.commands.console import clean_text
from gongkai.commands.labels import KNOWN_EDITIONS, find_status_reason, list_editions, name_edition
from gongkai.commands.report_findings import render_findings
from gongkai.commands.report_statements import render_statements
from gongkai.commands.report_table import MARK_SIGNS, list_marks, mark_cells, render_table
from gongkai.messages import Language, say
from parsers.form import load_form
from parsers.report import Report

UNPLACED_TOLD = 20


def render_report(report: Report, file: str, language: Language, width: int) -> Iterator[RenderableType]:
    """The title line, the tables the report has, what the text states, cells without a place in the form, findings."""
    member = "" if report.member is None else f" › {report.member}"
    yield Text.assemble((_describe_title(report, language), "bold reverse"), (clean_text(f"\n{file}{member}"), "dim"))
    if report.status_reason is not None:
        yield _render_reason(report.status_reason, report.status_detail, language)
    editions = list_editions(report)
    marked = mark_cells(report)
    marks: list[str] = []
    for table_id, edition in editions.items():
        if edition in KNOWN_EDITIONS:
            table = load_form().find_table(edition, table_id)
            marks += [mark for mark in list_marks(table, marked) if mark not in marks]
            yield render_table(table, marked, width)
    if marks:
        yield Text("  ".join(f"{MARK_SIGNS[mark]} {say(f'parse.mark.{mark}', language)}" for mark in marks), "dim")
    if report.statements:
        yield render_statements(report.statements, language)
    if report.unplaced_cells:
        yield _list_unplaced(report, language)
    if report.findings:
        printed = {cell.cell_id: cell.printed_text for cell in report.cells}
        yield render_findings(report.findings, printed, editions, language)
    elif editions:
        yield Text(say("parse.no_findings", language), "green")


def _describe_title(report: Report, language: Language) -> str:
    identity = report.identity
    agency = identity.agency_name or say("parse.no_agency", language)
    year = say("parse.no_year", language) if identity.report_year is None else str(identity.report_year)
    editions = sorted(set(list_editions(report).values()))
    edition = (
        say("parse.mixed", language) if len(editions) > 1 else "".join(name_edition(e, language) for e in editions)
    )
    status = say(f"status.{report.status}", language)
    return clean_text(" · ".join(part for part in (agency, year, edition, status) if part))


def _render_reason(reason_id: str, status_detail: str | None, language: Language) -> Text:
    reason, hint = find_status_reason(reason_id, language)
    said = reason if status_detail is None else clean_text(f"{reason}: {status_detail}")
    return Text.assemble(f"{said}\n", (say("note.hint", language), "bold cyan"), hint)


def _list_unplaced(report: Report, language: Language) -> Text:
    text = Text(say("parse.unplaced", language, count=len(report.unplaced_cells)), "yellow")
    for cell in report.unplaced_cells[:UNPLACED_TOLD]:
        label = " / ".join(part for part in (cell.row_label_text, cell.column_label_text) if part)
        line = f"\n  {label or '—'}: {cell.printed_text} ({cell.reason}, {cell.locator})"
        text.append(clean_text(line), "not yellow")
    if len(report.unplaced_cells) > UNPLACED_TOLD:
        more = say("parse.more_cells", language, count=len(report.unplaced_cells) - UNPLACED_TOLD)
        text.append(f"\n{more}", "not yellow")
    return text
