"""What the published files of a home hold, as the commands show it; they are read only, and never locked."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import duckdb

from gongkai.home import Home
from gongkai.warehouse.schema import quote_text
from parsers.report import EditionId, Finding, TableId


@dataclass(frozen=True, slots=True)
class ReportCount:
    """How many reports have a status, of one year (null: not known)."""

    status: str
    report_year: int | None
    reports: int


@dataclass(frozen=True, slots=True)
class Result:
    """One row of `fct_agency_year`, with the columns a first look needs."""

    agency_name: str
    report_year: int
    applications_received_new: int | None
    printed_results_total: int | None
    computed_results_total: int | None
    disclosure_share_of_closed: float | None
    failed_rule_count: int | None


RESULTS = """
    select
        agency_name, report_year, applications_received_new_count, printed_results_total_count,
        computed_results_total_count, disclosure_share_of_closed, failed_rule_count
    from published.marts.fct_agency_year
    order by agency_name, report_year, report_id
    limit ?
"""

FAILURES = """
    select
        reports.report_id, agencies.agency_name, failures.report_year, documents.file_name,
        reports.edition_t2, reports.edition_t3, reports.edition_t4,
        failures.failure_no, failures.rule_id, failures.subject_id, failures.verdict, failures.severity,
        failures.cell_ids, failures.message_zh, failures.message_en, failures.evidence,
        (
            select list({'cell': cell_id, 'printed': printed_text})
            from (
                select table_id || '.' || line_id || '.' || column_id as cell_id, printed_text
                from raw.report_cells as cells
                where cells.report_id = reports.report_id
            )
            where list_contains(failures.cell_ids, cell_id)
        ) as printed
    from published.core.fct_rule_failures as failures
    inner join published.core.dim_agencies as agencies on failures.agency_id = agencies.agency_id
    inner join raw.reports as reports on failures.report_id = reports.report_id
    inner join raw.report_documents as report_documents on reports.report_id = report_documents.report_id
    inner join raw.documents as documents on report_documents.document_id = documents.document_id
    where
        ($year is null or failures.report_year = $year)
        and (
            $agency is null or contains(agencies.agency_name, $agency) or contains(reports.agency_name, $agency)
        )
    order by failures.report_year desc, agencies.agency_name, reports.report_id, failures.failure_no
"""


@dataclass(frozen=True, slots=True)
class ReportFailures:
    """A report's failed rules, and what its cells that they name print."""

    agency_name: str | None
    report_year: int | None
    file_name: str
    editions: dict[TableId, EditionId]
    findings: tuple[Finding, ...]
    printed: dict[str, str | None]


@contextmanager
def open_published(home: Home) -> Generator[duckdb.DuckDBPyConnection, None, None]:
    """A connection with the published file attached as `published`, and its raw tables as views in `raw`.

    Raises `FileNotFoundError` when nothing is published yet.
    """
    if not home.published_warehouse.is_file():
        raise FileNotFoundError(home.published_warehouse)
    with duckdb.connect() as connection:
        connection.execute(f"attach {quote_text(str(home.published_warehouse))} as published (read_only)")
        connection.execute("create schema raw")
        for path in sorted((home.published_parquet / "raw").glob("*.parquet")):
            connection.execute(f"create view raw.{path.stem} as from read_parquet({quote_text(str(path))})")
        yield connection


def count_reports(connection: duckdb.DuckDBPyConnection) -> list[ReportCount]:
    """Reports by status and year."""
    rows = connection.execute(
        "select status, report_year, count(*) from raw.reports group by all order by status, report_year nulls last"
    ).fetchall()
    return [ReportCount(*row) for row in rows]


def count_findings(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Findings by severity."""
    rows = connection.execute("select severity, count(*) from raw.report_findings group by all order by all").fetchall()
    return dict(rows)


def count_agency_years(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows of `fct_agency_year`."""
    row = connection.execute("select count(*) from published.marts.fct_agency_year").fetchone()
    return 0 if row is None else row[0]


def list_results(connection: duckdb.DuckDBPyConnection, limit: int) -> Sequence[Result]:
    """The first rows of `fct_agency_year`, by agency and year."""
    return [Result(*row) for row in connection.execute(RESULTS, [limit]).fetchall()]


def list_failures(connection: duckdb.DuckDBPyConnection, year: int | None, agency: str | None) -> list[ReportFailures]:
    """Failed rules report by report, the last year first; `agency` is a part of the name, as printed or as linked."""
    rows = connection.execute(FAILURES, {"year": year, "agency": agency}).fetchall()
    return [_collect_failures(list(group)) for _, group in groupby(rows, key=itemgetter(0))]


def _collect_failures(rows: list[tuple]) -> ReportFailures:
    _, agency_name, report_year, file_name, t2, t3, t4, *_ = rows[0]
    tables: dict[TableId, EditionId | None] = {"t2": t2, "t3": t3, "t4": t4}
    findings = []
    printed: dict[str, str | None] = {}
    for row in rows:
        finding_no, rule_id, subject_id, verdict, severity, cells, message_zh, message_en, evidence, texts = row[7:]
        findings.append(
            Finding(
                finding_no,
                rule_id,
                subject_id,
                "failed",
                verdict,
                severity,
                tuple(cells),
                message_zh,
                message_en,
                evidence,
            )
        )
        printed |= {text["cell"]: text["printed"] for text in texts or ()}
    editions = {table_id: edition for table_id, edition in tables.items() if edition is not None}
    return ReportFailures(agency_name, report_year, file_name, editions, tuple(findings), printed)
