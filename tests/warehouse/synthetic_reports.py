"""Synthetic reports in the raw tables: figures made up here, for tests of the dbt project on a real DuckDB file."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb

from gongkai.warehouse.schema import RAW_SCHEMA, load_raw_tables, write_ddl
from parsers.form.model import load_form

SEEN_AT = dt.datetime(2026, 1, 5, 8, 0)
STATES = {"": "blank", "/": "slash", "-": "dash"}


@dataclass(frozen=True)
class SyntheticReport:
    """One report: `printed` by cell id (`t3.granted_full.total`), "0" where it names none, null where not printed."""

    name: str
    year: int | None = 2023
    agency: str | None = "甲区财政局"
    status: str = "parsed"
    status_reason: str | None = None
    edition: str | None = "format_2021"
    edition_t2: str | None = None
    printed: dict[str, str | None] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    content_id: str | None = None

    @property
    def document_id(self) -> str:
        return self.name.encode().hex().ljust(64, "0")[:64]

    @property
    def report_id(self) -> str:
        return f"{self.document_id[:16]}-1"

    @property
    def editions(self) -> dict[str, str | None]:
        return {"t2": self.edition_t2 or self.edition, "t3": self.edition, "t4": self.edition}


def read_printed(text: str | None) -> tuple[str, Decimal | None]:
    """State and value of a printed text, as far as these tests print."""
    if text is None:
        return "absent", None
    if text in STATES:
        return STATES[text], None
    if text.lstrip("-").replace(".", "", 1).isdigit():
        return "number", Decimal(text)
    return "text", None


def build_cells(report: SyntheticReport) -> list[tuple[object, ...]]:
    """The rows of `raw.report_cells`: every cell of the editions of the report."""
    rows: list[tuple[object, ...]] = []
    for table_id, edition_id in report.editions.items():
        if edition_id is None:
            continue
        for line in load_form().find_table(edition_id, table_id).lines:
            for column in line.columns:
                cell_id = f"{table_id}.{line.id}.{column.id}"
                printed = report.printed.get(cell_id, "0")
                state, value = read_printed(printed)
                unit = report.units.get(cell_id, column.unit)
                place = (None, None, None) if printed is None else (line.label, column.label, f"cell {cell_id}")
                rows.append(
                    (report.report_id, table_id, line.id, column.id, printed, value, state, unit, None, *place[:2])
                    + (report.document_id, place[2], 1.0)
                )
    return rows


def create_raw_tables(path: Path) -> None:
    """Makes the empty raw tables in a new DuckDB file."""
    with duckdb.connect(path) as connection:
        connection.execute(f"CREATE SCHEMA {RAW_SCHEMA}")
        for table in load_raw_tables().values():
            connection.execute(write_ddl(table))


def insert_reports(path: Path, reports: tuple[SyntheticReport, ...]) -> None:
    """Inserts the reports, each with its own document, into existing raw tables."""
    with duckdb.connect(path) as connection:
        for report in reports:
            insert_report(connection, report)


def insert_report(connection: duckdb.DuckDBPyConnection, report: SyntheticReport) -> None:
    """Inserts one report and its document."""
    editions = report.editions
    rows: dict[str, list[tuple[object, ...]]] = {
        "documents": [
            (report.document_id, f"{report.name}.html", "folder", None, "text/html", 1000, SEEN_AT, SEEN_AT),
        ],
        "report_documents": [(report.report_id, report.document_id, "body", None)],
        "reports": [
            (report.report_id, report.content_id, "synthetic", "c1", "f1", report.status, report.status_reason, None)
            + (f"{report.agency}{report.year}年政府信息公开工作年度报告", report.agency, report.year, None, "unknown")
            + (None, editions["t2"], editions["t3"], editions["t4"], None, None, None, None, None),
        ],
        "report_cells": build_cells(report),
    }
    for table, values in rows.items():
        if values:
            marks = ", ".join("?" for _ in values[0])
            connection.executemany(f"INSERT INTO {RAW_SCHEMA}.{table} VALUES ({marks})", values)
