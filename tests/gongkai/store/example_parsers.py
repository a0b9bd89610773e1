"""Small real parsers for tests of the store: a text of three lines is a report; some words do harm.

Worker processes import this module, so its functions stand at its top.
"""

import os
import time
from dataclasses import replace
from decimal import Decimal

from gongkai.store.reading import ParserVersions
from parsers.page import Page, Paragraph
from parsers.reading import MemberPage
from parsers.report import Finding, Identity, Report, ReportCell, ReportStatus, RuleCount

VERSIONS = ParserVersions("carriers-1", "form-1")
LATER_FORM = ParserVersions("carriers-1", "form-2")


def read_example_document(data: bytes, *, max_bytes: int | None = None) -> tuple[MemberPage, ...]:
    """Reads UTF-8 text to one paragraph a line; `两份` makes two members of it."""
    if max_bytes is not None and len(data) > max_bytes:
        return (
            MemberPage(None, "text/plain", "text", "example", None, "unreadable", "too_large", f"{len(data)} bytes"),
        )
    text = data.decode("utf8")
    if "杀死" in text:
        os._exit(9)
    if "无尽" in text:
        time.sleep(600)
    if "出错" in text:
        raise ValueError(f"a bad document: {object()}")
    page = Page("text", "example", tuple(Paragraph(line, f"line {no}") for no, line in enumerate(text.splitlines())))
    if "两份" in text:
        return tuple(MemberPage(f"{no}.txt", "text/plain", "text", "example", page, None, None, None) for no in (1, 2))
    return (MemberPage(None, "text/plain", "text", "example", page, None, None, None),)


def read_example_reports(member_page: MemberPage) -> tuple[Report, ...]:
    """Reads agency, year and one figure from the first three lines; less than that is no report."""
    page = member_page.page
    if page is None:
        return (make_report(member_page),)
    lines = [block.text for block in page.blocks if isinstance(block, Paragraph)]
    if "读错" in lines:
        raise RuntimeError("the form's reader stumbled")
    if len(lines) < 3:
        return (make_report(member_page, "not_a_report", "no_form_content"),)
    value = Decimal(lines[2])
    cell = ReportCell(
        "t2",
        "administrative_fees",
        "amount_10k_cny",
        lines[2],
        value,
        "number",
        "万元",
        None,
        None,
        None,
        "line 2",
        1.0,
    )
    finding = Finding(
        1, "R1", "amount_10k_cny", "failed", None, "warning", (cell.cell_id, "t3.a.b"), "不符", "differs", lines[2]
    )
    report = make_report(member_page, "parsed", None, Identity(agency_name=lines[0], report_year=int(lines[1])))
    return (
        replace(
            report,
            cells=(cell, cell) if "重复" in lines else (cell,),
            findings=(finding,),
            rule_counts=(RuleCount("R1", 0, 1, 0),),
        ),
    )


def make_report(
    member_page: MemberPage,
    status: ReportStatus | None = None,
    reason: str | None = None,
    identity: Identity | None = None,
) -> Report:
    """A report without figures; without a status it takes its page's."""
    return Report(
        member=member_page.member,
        carrier=member_page.carrier,
        reader=member_page.reader,
        status=status or member_page.status or "unreadable",
        status_reason=member_page.status_reason if reason is None else reason,
        status_detail=member_page.status_detail,
        content_id=None,
        identity=Identity() if identity is None else identity,
    )
