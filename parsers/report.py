"""The records a page is read to; their fields are the columns of the raw tables."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

CellState = Literal["number", "blank", "slash", "dash", "text", "absent", "unreadable"]
ReportStatus = Literal["parsed", "no_tables", "not_a_report", "unreadable", "unsupported", "needs_tool"]
TableId = Literal["t2", "t3", "t4", "sheet"]
EditionId = Literal["format_2021", "format_2019", "stats_2014", "local_sheet"]
Scope = Literal[
    "own_body", "level_rollup", "jurisdiction_rollup", "jurisdiction_rollup_presumed", "system_rollup", "unknown"
]
Outcome = Literal["failed", "not_assessable"]
Verdict = Literal["source_error", "parse_suspect", "unusual"]
Severity = Literal["error", "warning", "notice"]
StatementBreakdown = Literal["none", "channel", "topic", "applicant", "route", "outcome", "body"]
Bound = Literal["exact", "at_least", "at_most", "about"]
StatementSubject = Literal["own", "region", "other_body"]
StatementPeriod = Literal["year", "cumulative", "other"]

# Below this confidence a cell's reading is not sure: figures told apart by sums have 0.5, two readings that differ 0.
# Scanned figures that two models read alike are well above it.
LEAST_SURE = 0.6


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One cell of the form in one report. `printed_text` is null only for `absent`; `value` only for a number."""

    table_id: TableId
    line_id: str
    column_id: str
    printed_text: str | None
    value: Decimal | None
    state: CellState
    unit: str | None
    remark: str | None
    row_label_text: str | None
    column_label_text: str | None
    locator: str | None
    confidence: float | None

    @property
    def cell_id(self) -> str:
        return f"{self.table_id}.{self.line_id}.{self.column_id}"


@dataclass(frozen=True, slots=True)
class UnplacedCell:
    """A printed cell in the reach of a table that has no certain place in the form."""

    cell_no: int
    row_label_text: str | None
    column_label_text: str | None
    printed_text: str
    locator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the six chapters (0 is the text before the first heading)."""

    chapter: int
    heading_text: str
    body_text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure that the running text states, or a zero that it states in words, with the sentence it stands in.

    `breakdown_id` is null only for breakdown `none`; for `body` it is the member's name as printed.
    `whole_statement_no` names the statement this one is a part of.
    """

    statement_no: int
    whole_statement_no: int | None
    metric_id: str
    breakdown: StatementBreakdown
    breakdown_id: str | None
    value: Decimal
    unit: str
    bound: Bound
    subject: StatementSubject
    period: StatementPeriod
    stated_in_words: bool
    sentence_text: str
    chapter: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt or a contradiction, with the cells it concerns and what they print."""

    finding_no: int
    rule_id: str
    subject_id: str
    outcome: Outcome
    verdict: Verdict | None
    severity: Severity
    cells: tuple[str, ...]
    message_zh: str
    message_en: str
    evidence: str


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule passed, failed or could not be assessed in one report."""

    rule_id: str
    passed: int
    failed: int
    not_assessable: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on which year, as printed, each with its evidence; null where nothing is printed."""

    title_text: str | None = None
    agency_name: str | None = None
    report_year: int | None = None
    report_year_evidence: str | None = None
    scope: Scope = "unknown"
    scope_evidence: str | None = None
    cited_notice: str | None = None
    signed_date: dt.date | None = None
    published_date: dt.date | None = None
    published_date_source: Literal["page_meta", "page_text", "url"] | None = None
    site_id_code: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read: its status always, everything else as far as it is printed."""

    member: str | None
    carrier: str
    reader: str
    status: ReportStatus
    status_reason: str | None
    status_detail: str | None
    content_id: str | None
    identity: Identity
    edition_t2: EditionId | None = None
    edition_t3: EditionId | None = None
    edition_t4: EditionId | None = None
    cells: tuple[ReportCell, ...] = ()
    unplaced_cells: tuple[UnplacedCell, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    rule_counts: tuple[RuleCount, ...] = ()
