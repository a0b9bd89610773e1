"""Bytes to reports, in two stages that can be cached apart: bytes to pages, a page to its reports."""

from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml

from parsers.carriers import MemberPage, read_document
from parsers.form import load_form
from parsers.identity import classify_title, read_identity
from parsers.identity.content import compute_content_id
from parsers.identity.scope import read_scope
from parsers.page import Page, Paragraph
from parsers.prose.chapters import Heading, find_headings, read_chapters
from parsers.prose.comparison import check_statements
from parsers.prose.statements import StatementsReading, read_statements
from parsers.relations import check_plausibility, check_relations
from parsers.report import EditionId, Finding, Identity, Report, ReportStatus, RuleCount, UnplacedCell
from parsers.tables import TablesReading, read_tables
from parsers.tables.sheet import SheetReading, read_sheet

_LONGEST_ERROR_PAGE = 600
# Kinds of titles that make no second report of the tables below: commentary, two years side by side, part of a year.
_COMMENTARIES = frozenset({"interpretation", "comparison", "part_of_year"})


def read_reports(data: bytes, *, max_bytes: int | None = None) -> tuple[Report, ...]:
    """Read a document's bytes to its reports: always at least one, with a status and its reason."""
    return tuple(report for page in read_document(data, max_bytes=max_bytes) for report in read_page_reports(page))


def read_page_reports(member_page: MemberPage) -> tuple[Report, ...]:
    """Read one page to its reports. A page that its carrier could not read keeps that status."""
    page = member_page.page
    if page is None:
        return (
            Report(
                member=member_page.member,
                carrier=member_page.carrier,
                reader=member_page.reader,
                status=member_page.status or "unreadable",
                status_reason=member_page.status_reason,
                status_detail=member_page.status_detail,
                content_id=None,
                identity=Identity(),
            ),
        )
    headings = find_headings(page)
    chapters = read_chapters(page, headings)
    identity, identity_findings, title = read_identity(page, headings)
    tables = read_tables(page)
    sheet = None if tables.editions else read_sheet(page)
    status, reason, detail = _decide_status(page, identity, tables, sheet)
    cells = sheet.cells if sheet is not None else tables.cells
    report = Report(
        member=member_page.member,
        carrier=page.carrier,
        reader=page.reader,
        status=status,
        status_reason=reason,
        status_detail=detail,
        content_id=compute_content_id(page, title, chapters, cells),
        identity=identity,
        unplaced_cells=_leave_out_placed(tables.unplaced_cells, sheet),
    )
    if status == "not_a_report":
        return (replace(report, identity=Identity(title_text=identity.title_text), unplaced_cells=()),)
    prose = read_statements(chapters, identity.report_year, identity.agency_name)
    scope = read_scope(identity.agency_name, chapters, prose.statements, cells)
    report = replace(
        report,
        identity=replace(identity, scope=scope.scope, scope_evidence=scope.evidence),
        chapters=chapters,
        statements=prose.statements,
    )
    if sheet is not None or status == "no_tables":
        alone = check_statements(prose, ())
        if sheet is not None:
            return (_complete_sheet(report, sheet, (*identity_findings, *alone.findings), alone.rule_counts),)
        findings = _number_findings((*identity_findings, *alone.findings))
        return (replace(report, findings=findings, rule_counts=alone.rule_counts),)
    return (_complete_form(report, headings, tables, prose, identity_findings),)


def _complete_form(
    report: Report,
    headings: tuple[Heading, ...],
    tables: TablesReading,
    prose: StatementsReading,
    identity_findings: tuple[Finding, ...],
) -> Report:
    """A report on the national form: its tables, and what every rule says of them and of the text."""
    relations = check_relations(tables.editions, tables.cells, report.carrier, tables.findings, tables.unplaced_cells)
    stated = check_statements(prose, tables.cells, relations.proved_zero)
    report = replace(
        report,
        edition_t2=tables.editions.get("t2"),
        edition_t3=tables.editions.get("t3"),
        edition_t4=tables.editions.get("t4"),
        cells=tables.cells,
    )
    plausible = check_plausibility(report, headings)
    findings = _number_findings(
        (*relations.findings, *tables.findings, *identity_findings, *stated.findings, *plausible.findings)
    )
    return replace(
        report,
        findings=findings,
        rule_counts=(
            *relations.rule_counts,
            *stated.rule_counts,
            *plausible.rule_counts,
            *_count_reading_rules(findings, frozenset(tables.editions.values())),
        ),
    )


def _decide_status(
    page: Page, identity: Identity, tables: TablesReading, sheet: SheetReading | None
) -> tuple[ReportStatus, str | None, str | None]:
    """Status, reason and detail. Tables make a report, unless the title says that it comments on one; a sheet of
    before 2019 makes one only below the title of a report."""
    kind = classify_title(identity.title_text) if identity.title_text is not None else None
    if tables.editions:
        is_blank = all(cell.state in ("blank", "absent") for cell in tables.cells)
        is_nobodys = identity.agency_name is None or identity.report_year is None
        if is_blank and is_nobodys:
            return "not_a_report", "blank_form", None
        return ("not_a_report", "other_document", kind) if kind in _COMMENTARIES else ("parsed", None, None)
    if kind == "report":
        return ("no_tables", "tables_not_found", None) if sheet is None else ("parsed", None, None)
    if kind is not None:
        return "not_a_report", "other_document", kind
    return "not_a_report", "error_page" if _is_error_page(page) else "no_form_content", None


def _complete_sheet(
    report: Report, sheet: SheetReading, found: tuple[Finding, ...], rule_counts: tuple[RuleCount, ...]
) -> Report:
    """A report of before 2019: one sheet stands in the place of all three tables."""
    findings = _number_findings((*sheet.findings, *found))
    return replace(
        report,
        edition_t2=sheet.edition,
        edition_t3=sheet.edition,
        edition_t4=sheet.edition,
        cells=sheet.cells,
        findings=findings,
        rule_counts=(*rule_counts, *_count_reading_rules(findings, frozenset({sheet.edition}))),
    )


def _leave_out_placed(cells: tuple[UnplacedCell, ...], sheet: SheetReading | None) -> tuple[UnplacedCell, ...]:
    """What no table took, without what a sheet did."""
    if sheet is None:
        return cells
    rest = [cell for cell in cells if cell.locator not in sheet.locators]
    return tuple(replace(cell, cell_no=number) for number, cell in enumerate(rest, start=1))


@cache
def _load_error_marks() -> tuple[str, ...]:
    source = files("parsers.form").joinpath("page_marks.yml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(source)["error_page"])


def _is_error_page(page: Page) -> bool:
    texts = [block.text for block in page.blocks if isinstance(block, Paragraph)]
    texts += [item.value for item in page.metadata]
    text = "".join(texts)
    return len(text) <= _LONGEST_ERROR_PAGE and any(mark in text for mark in _load_error_marks())


def _number_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(replace(finding, finding_no=number) for number, finding in enumerate(findings, start=1))


def _count_reading_rules(findings: tuple[Finding, ...], editions: frozenset[EditionId]) -> tuple[RuleCount, ...]:
    """A rule about reading passes once for a report that gives no cause for it, and fails once a finding; a rule of
    other editions is not counted."""
    counts = []
    for rule in load_form().rules:
        if rule.kind not in ("reading", "identity") or editions.isdisjoint(rule.editions):
            continue
        failed = sum(finding.rule_id == rule.id for finding in findings)
        counts.append(RuleCount(rule.id, 0 if failed else 1, failed, 0))
    return tuple(counts)
