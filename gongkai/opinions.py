"""Asks LibreOffice for a second opinion on old Word documents whose first reading is in doubt.

The readers of `parsers/` start no programs. Here, where LibreOffice is installed, a DOC, WPS or RTF document that gave
no tables, or whose figures do not add up or could not be placed, is converted and read again; figures in which the two
readings differ become unreadable. What is inside archives is not asked about.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

from gongkai.office import OfficeError, OldFormat, convert_to_docx, find_office
from parsers.carriers.office_opinions import merge_readings, read_with_office
from parsers.carriers.refusals import RefusalError
from parsers.reading import MemberPage, read_page_reports
from parsers.reading import read_document as read_first
from parsers.report import Report

_SECONDS = 60.0
_OLD_FORMATS: dict[str, OldFormat] = {"doc": "doc", "rtf": "rtf"}
_DOUBTING_RULES = frozenset({"R1", "R2", "R3", "R4", "R14", "R15", "R16", "R18"})


def describe_tools() -> str:
    """The programs outside Python that readings depend on; part of the version of what is read."""
    return "libreoffice" if find_office() is not None else ""


def read_document(data: bytes, *, max_bytes: int | None = None) -> tuple[MemberPage, ...]:
    """Read a document's bytes to pages, old Word documents in doubt with a second opinion where there is one."""
    members = read_first(data, max_bytes=max_bytes)
    if len(members) != 1 or members[0].member is not None or members[0].carrier not in _OLD_FORMATS:
        return members
    (member,) = members
    program = find_office()
    if program is None or not _is_in_doubt(member):
        return members
    return (_ask_office(data, member, program),)


def _is_in_doubt(member: MemberPage) -> bool:
    if member.page is None:
        return member.status == "needs_tool"
    return any(_is_doubtful(report) for report in read_page_reports(member))


def _is_doubtful(report: Report) -> bool:
    return report.status == "no_tables" or any(finding.rule_id in _DOUBTING_RULES for finding in report.findings)


def _ask_office(data: bytes, member: MemberPage, program: Path) -> MemberPage:
    """The two readings as one page; the first alone, or the reason why there is none, where no second comes out."""
    convert = partial(convert_to_docx, old_format=_OLD_FORMATS[member.carrier], program=program, seconds=_SECONDS)
    try:
        second = read_with_office(data, member.carrier, convert)
    except (OfficeError, RefusalError) as error:
        return replace(member, status_detail=str(error)) if member.page is None else member
    if member.page is None:
        return MemberPage(member.member, member.media_type, member.carrier, second.reader, page=second)
    merged = merge_readings(member.page, second)
    return replace(member, page=merged, reader=merged.reader)
