"""A report as rows of the raw tables."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import polars as pl

from gongkai.warehouse.schema import ColumnType, RawTable, list_report_tables
from parsers.report import Report, ReportCell, Statement

Row = tuple[object, ...]
TableRows = dict[str, list[Row]]

REPORT_ID_DIGITS = 16
# What DECIMAL(24,8) holds.
INTEGER_DIGITS = 16
DECIMAL_PLACES = 8


class RecordError(ValueError):
    """A report that its own tables cannot hold: the parser has broken a promise of the contract."""


LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def write_report_id(document_id: str, ordinal: int) -> str:
    """The id of the report that stands at this place (from 1) in a document."""
    return f"{document_id[:REPORT_ID_DIGITS]}-{ordinal}"


def list_rows(document_id: str, ordinal: int, report: Report, carrier_version: str, form_version: str) -> TableRows:
    """The rows of one report, table by table. Raises `RecordError` for cells that the tables cannot hold."""
    report_id = write_report_id(document_id, ordinal)
    role = "body" if report.member is None else "member"
    check_values(report.cells)
    rows: TableRows = {
        "report_documents": [(report_id, document_id, role, report.member)],
        "reports": [_write_report(report_id, report, carrier_version, form_version)],
        "report_cells": [_write_cell(report_id, document_id, cell) for cell in report.cells],
        "report_unplaced_cells": [
            (
                report_id,
                cell.cell_no,
                cell.row_label_text,
                cell.column_label_text,
                cell.printed_text,
                document_id,
                cell.locator,
                cell.reason,
            )
            for cell in report.unplaced_cells
        ],
        "report_chapters": [
            (report_id, chapter.chapter, chapter.heading_text, chapter.body_text) for chapter in report.chapters
        ],
        "report_statements": [_write_statement(report_id, statement) for statement in report.statements],
        "report_findings": [
            (
                report_id,
                finding.finding_no,
                finding.rule_id,
                finding.subject_id,
                finding.outcome,
                finding.verdict,
                finding.severity,
                list(finding.cells),
                finding.message_zh,
                finding.message_en,
                finding.evidence,
            )
            for finding in report.findings
        ],
        "report_rule_counts": [
            (report_id, count.rule_id, count.passed, count.failed, count.not_assessable) for count in report.rule_counts
        ],
    }
    for table in list_report_tables():
        check_rows(table, rows[table.name])
    return rows


def check_values(cells: Iterable[ReportCell]) -> None:
    """Raises `RecordError` for a value that its cell's state denies, or that DECIMAL(24,8) would cut."""
    for cell in cells:
        if (cell.value is not None) != (cell.state == "number"):
            raise RecordError(f"`{cell.cell_id}` has state `{cell.state}` and value {cell.value}")
        if cell.value is not None and not fits_column(cell.value):
            raise RecordError(f"`{cell.cell_id}` has a value that DECIMAL(24,8) would cut: {cell.value}")


def check_rows(table: RawTable, rows: Iterable[Row]) -> None:
    """Raises `RecordError` for a key that stands twice, or a value that its column cannot hold."""
    keys = [no for no, column in enumerate(table.columns) if column.key]
    seen: set[Row] = set()
    for row in rows:
        key = tuple(row[no] for no in keys)
        if key in seen:
            raise RecordError(f"`{table.name}`: {key} stands twice")
        seen.add(key)
        for column, value in zip(table.columns, row, strict=True):
            if not (column.optional if value is None else HOLDS[column.type](value)):
                raise RecordError(f"`{table.name}`: {key} has {value!r} in `{column.name}`")


def is_text(value: object) -> bool:
    """Whether a value is text that UTF-8 can write: half of a surrogate pair is not."""
    return isinstance(value, str) and (value.isascii() or not LONE_SURROGATE.search(value))


def is_integer(value: object, bits: int) -> bool:
    """Whether a value is a whole number of so many bits, sign included."""
    return type(value) is int and -(1 << (bits - 1)) <= value < 1 << (bits - 1)


def fits_column(value: Decimal) -> bool:
    """Whether DECIMAL(24,8) keeps every digit of a number."""
    if not value.is_finite():
        return False
    places = value.normalize().as_tuple().exponent
    return abs(value) < Decimal(10) ** INTEGER_DIGITS and isinstance(places, int) and -places <= DECIMAL_PLACES


HOLDS: dict[ColumnType, Callable[[object], bool]] = {
    "text": is_text,
    "int": lambda value: is_integer(value, 32),
    "long": lambda value: is_integer(value, 64),
    "number": lambda value: isinstance(value, Decimal) and fits_column(value),
    "real": lambda value: isinstance(value, float),
    "bool": lambda value: isinstance(value, bool),
    "date": lambda value: type(value) is dt.date,
    "time": lambda value: isinstance(value, dt.datetime),
    "texts": lambda value: isinstance(value, list) and all(map(is_text, value)),
}


def collect_frames(reports: Sequence[TableRows]) -> dict[str, pl.DataFrame]:
    """The rows of many reports as one frame a table, in the order given; every table is there, though it be empty."""
    frames = {}
    for table in list_report_tables():
        rows = [row for report in reports for row in report[table.name]]
        columns = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
        data = {name: list(column) for name, column in zip(table.column_names, columns, strict=True)}
        frames[table.name] = pl.DataFrame(data, schema=table.polars_schema, strict=True)
    return frames


def _write_report(report_id: str, report: Report, carrier_version: str, form_version: str) -> Row:
    identity = report.identity
    return (
        report_id,
        report.content_id,
        report.reader,
        carrier_version,
        form_version,
        report.status,
        report.status_reason,
        report.status_detail,
        identity.title_text,
        identity.agency_name,
        identity.report_year,
        identity.report_year_evidence,
        identity.scope,
        identity.scope_evidence,
        report.edition_t2,
        report.edition_t3,
        report.edition_t4,
        identity.cited_notice,
        identity.signed_date,
        identity.published_date,
        identity.published_date_source,
        identity.site_id_code,
    )


def _write_cell(report_id: str, document_id: str, cell: ReportCell) -> Row:
    return (
        report_id,
        cell.table_id,
        cell.line_id,
        cell.column_id,
        cell.printed_text,
        cell.value,
        cell.state,
        cell.unit,
        cell.remark,
        cell.row_label_text,
        cell.column_label_text,
        document_id,
        cell.locator,
        cell.confidence,
    )


def _write_statement(report_id: str, statement: Statement) -> Row:
    return (
        report_id,
        statement.statement_no,
        statement.whole_statement_no,
        statement.metric_id,
        statement.breakdown,
        statement.breakdown_id,
        statement.value,
        statement.unit,
        statement.bound,
        statement.subject,
        statement.period,
        statement.stated_in_words,
        statement.sentence_text,
        statement.chapter,
    )
