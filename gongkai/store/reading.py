"""Documents to pages and pages to rows of the raw tables: what one worker does with one document.

This is the one place where any error of a parser is caught: a document that breaks a parser is a fact about that
document, recorded with the error's text, and must not stop the thousands beside it.
"""

import re
import traceback
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

import polars as pl
from pydantic import TypeAdapter

from gongkai.store.records import RecordError, TableRows, list_rows
from gongkai.store.workers import Failure
from gongkai.warehouse.schema import list_report_tables
from parsers.page import Page
from parsers.reading import MemberPage
from parsers.report import Identity, Report, ReportStatus

ReadDocument = Callable[..., tuple[MemberPage, ...]]
ReadPageReports = Callable[[MemberPage], tuple[Report, ...]]

DETAIL_CHARACTERS = 500
UNKNOWN_MEDIA_TYPE = "application/octet-stream"
UNKNOWN_READER = "unknown"
PAGE_JSON = TypeAdapter(Page)
PAGES_SCHEMA = pl.Schema(
    {
        "document_id": pl.String(),
        "member_no": pl.Int32(),
        "member": pl.String(),
        "media_type": pl.String(),
        "carrier": pl.String(),
        "reader": pl.String(),
        "status": pl.String(),
        "status_reason": pl.String(),
        "status_detail": pl.String(),
        "page": pl.String(),
    }
)


@dataclass(frozen=True, slots=True)
class ParserVersions:
    """The versions of the two stages: of the carriers, and of all that reads a page to reports."""

    carrier: str
    form: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """One member of a document as kept in the cache; the fields are the columns."""

    document_id: str
    member_no: int
    member: str | None
    media_type: str
    carrier: str
    reader: str
    status: ReportStatus | None
    status_reason: str | None
    status_detail: str | None
    page: str | None


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """A document to be read to pages."""

    document_id: str
    path: Path


@dataclass(frozen=True, slots=True)
class PagesItem:
    """A document's pages, to be read to reports."""

    document_id: str
    pages: tuple[PageRow, ...]


@dataclass(frozen=True, slots=True)
class ParseProgress:
    """How far a stage is: `done` of `total` documents."""

    stage: Literal["pages", "reports"]
    done: int
    total: int


class ParserGuard:
    """Catches what a parser raises on one document, and nothing that ends the process."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> "ParserGuard":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.error = error
        return True

    @property
    def failure_text(self) -> str:
        """The error's kind, text and line of code, without what differs from run to run or machine to machine."""
        frames = [] if self.error is None else traceback.extract_tb(self.error.__traceback__)
        place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
        text = re.sub(r"0x[0-9a-fA-F]+", "0x…", f"{type(self.error).__name__}: {self.error}{place}")
        return text.encode("utf8", "backslashreplace").decode("utf8")[:DETAIL_CHARACTERS]


def read_pages(item: DocumentItem, read_document: ReadDocument, max_bytes: int | None) -> list[PageRow]:
    """The pages of one document; one row of status `unreadable` when the reader fails.

    A document whose bytes are gone from the home folder raises: that is no fault of the document.
    """
    data = item.path.read_bytes()
    with ParserGuard() as guard:
        members = read_document(data, max_bytes=max_bytes)
        if not members:
            raise RecordError("the reader gave neither a page nor a status")
        return [_write_page(item.document_id, member_no, member) for member_no, member in enumerate(members)]
    return [_write_failed_page(item, "parser_error", guard.failure_text)]


def fail_pages(item: DocumentItem, failure: Failure) -> list[PageRow]:
    """The page row of a document whose reader died or took too long."""
    return [_write_failed_page(item, failure.reason, failure.detail)]


def collect_pages(documents: Sequence[list[PageRow]]) -> pl.DataFrame:
    """The page rows of many documents as one frame."""
    rows = [astuple(row) for document in documents for row in document]
    return pl.DataFrame(rows, schema=PAGES_SCHEMA, orient="row", strict=True)


def read_rows(item: PagesItem, read_page_reports: ReadPageReports, versions: ParserVersions) -> TableRows:
    """The rows of all reports of one document; a member that breaks the parser is one report of status `unreadable`."""
    rows: TableRows = {table.name: [] for table in list_report_tables()}
    ordinal = 1
    for page_row in item.pages:
        with ParserGuard() as guard:
            reports = read_page_reports(_read_page(page_row))
            if not reports:
                raise RecordError("the parser gave no report, not even a status")
            read = [_list_report(item, ordinal + no, report, versions) for no, report in enumerate(reports)]
        if guard.error is not None:
            failed = _write_failed_report(page_row, "parser_error", guard.failure_text)
            read = [_list_report(item, ordinal, failed, versions)]
        for report_rows in read:
            for name, table_rows in report_rows.items():
                rows[name].extend(table_rows)
        ordinal += len(read)
    return rows


def fail_rows(item: PagesItem, failure: Failure, versions: ParserVersions) -> TableRows:
    """The rows of a document whose parser died or took too long: one report of status `unreadable`."""
    report = _write_failed_report(item.pages[0], failure.reason, failure.detail)
    return _list_report(item, 1, report, versions)


def _list_report(item: PagesItem, ordinal: int, report: Report, versions: ParserVersions) -> TableRows:
    return list_rows(item.document_id, ordinal, report, versions.carrier, versions.form)


def _write_page(document_id: str, member_no: int, member: MemberPage) -> PageRow:
    return PageRow(
        document_id,
        member_no,
        member.member,
        member.media_type,
        member.carrier,
        member.reader,
        member.status,
        member.status_reason,
        member.status_detail,
        None if member.page is None else PAGE_JSON.dump_json(member.page).decode("utf8"),
    )


def _read_page(row: PageRow) -> MemberPage:
    return MemberPage(
        member=row.member,
        media_type=row.media_type,
        carrier=row.carrier,
        reader=row.reader,
        page=None if row.page is None else PAGE_JSON.validate_json(row.page),
        status=row.status,
        status_reason=row.status_reason,
        status_detail=row.status_detail,
    )


def _write_failed_page(item: DocumentItem, reason: str, detail: str) -> PageRow:
    return PageRow(
        item.document_id,
        0,
        None,
        UNKNOWN_MEDIA_TYPE,
        UNKNOWN_READER,
        UNKNOWN_READER,
        "unreadable",
        reason,
        detail,
        None,
    )


def _write_failed_report(page: PageRow, reason: str, detail: str) -> Report:
    return Report(
        member=page.member,
        carrier=page.carrier,
        reader=page.reader,
        status="unreadable",
        status_reason=reason,
        status_detail=detail,
        content_id=None,
        identity=Identity(),
    )
