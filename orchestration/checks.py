"""Checks beside dbt's tests: what was read, and the gate."""

from collections import Counter

import dagster as dg

from gongkai.store.parsed import ParseSummary, UnreadReport
from gongkai.warehouse.gate import PARSER_FAILURES, GateReport
from orchestration.texts import describe

SHOWN_REPORTS = 50

READ_CHECK = dg.AssetCheckSpec(
    "every_document_is_read", asset="parsed_reports", description=describe("check.every_document_is_read")
)
GATE_CHECK = dg.AssetCheckSpec("gate", asset="published_warehouse", description=describe("check.gate"))


def check_reading(summary: ParseSummary) -> dg.AssetCheckResult:
    """Fails, as a warning, when a document broke the reader; counts what this run read by status.

    A document that holds no report is no fault; its share is null when this run read nothing.
    """
    statuses = Counter(report.status for report in summary.unread)
    faults = [report for report in summary.unread if report.status_reason in PARSER_FAILURES]
    read = summary.reports_read
    return dg.AssetCheckResult(
        check_name=READ_CHECK.name,
        passed=not faults,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "reports_read": read,
            "not_parsed_share": len(summary.unread) / read if read else dg.MetadataValue.null(),
            **{f"{status}_count": count for status, count in sorted(statuses.items())},
            "not_parsed": tabulate_unread(summary.unread[:SHOWN_REPORTS]),
        },
    )


def check_gate(gate: GateReport) -> dg.AssetCheckResult:
    """The gate's judgement, each reason with its remedy."""
    return dg.AssetCheckResult(
        check_name=GATE_CHECK.name,
        passed=gate.passed,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            message.code: dg.MetadataValue.md(
                f"{message.message_zh}。{message.hint_zh}。\n\n{message.message_en}; hint: {message.hint_en}"
            )
            for message in gate.messages
        },
    )


def tabulate_unread(unread: list[UnreadReport]) -> dg.TableMetadataValue:
    """The reports without tables as a table: file, status, reason, detail."""
    rows = [
        dg.TableRecord(
            {
                "file_name": report.file_name,
                "status": report.status,
                "status_reason": report.status_reason or "",
                "status_detail": report.status_detail or "",
            }
        )
        for report in unread
    ]
    columns = [dg.TableColumn(name) for name in ("file_name", "status", "status_reason", "status_detail")]
    return dg.MetadataValue.table(rows, dg.TableSchema(columns))
