"""A report as the JSON object the contract names; figures keep the digits they were printed with."""

import json
from collections.abc import Mapping
from decimal import Decimal

from parsers.report import Finding, Report, ReportCell, Statement

INLINE_DEPTH = 3


def describe_report(file: str, report_id: str, report: Report) -> dict[str, object]:
    """One object a report; a file without a report has empty `cells` and nulls."""
    return {
        "file": file,
        "member": report.member,
        "status": report.status,
        "status_reason": report.status_reason,
        "agency_name": report.identity.agency_name,
        "report_year": report.identity.report_year,
        "scope": report.identity.scope,
        "editions": {"t2": report.edition_t2, "t3": report.edition_t3, "t4": report.edition_t4},
        "cells": {cell.cell_id: _describe_cell(cell) for cell in report.cells},
        "statements": [_describe_statement(report_id, statement) for statement in report.statements],
        "findings": [_describe_finding(report_id, finding) for finding in report.findings],
    }


def write_json(value: object, *, ascii_only: bool, depth: int = 0) -> str:
    """JSON text in which a `Decimal` is a number with all its digits, which no float is.

    From the fourth level on a value stands on one line, so that a cell is one line to read and to compare.
    """
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        members = [
            f"{json.dumps(name, ensure_ascii=ascii_only)}: {write_json(item, ascii_only=ascii_only, depth=depth + 1)}"
            for name, item in value.items()
        ]
        return _enclose("{", members, "}", depth)
    if isinstance(value, list):
        items = [write_json(item, ascii_only=ascii_only, depth=depth + 1) for item in value]
        return _enclose("[", items, "]", depth)
    return json.dumps(value, ensure_ascii=ascii_only)


def _enclose(opening: str, parts: list[str], closing: str, depth: int) -> str:
    if not parts or depth >= INLINE_DEPTH:
        return f"{opening}{', '.join(parts)}{closing}"
    indent = " " * (depth + 1)
    lines = ",\n".join(f"{indent}{part}" for part in parts)
    return f"{opening}\n{lines}\n{' ' * depth}{closing}"


def _describe_cell(cell: ReportCell) -> dict[str, object]:
    return {
        "printed": cell.printed_text,
        "value": cell.value,
        "state": cell.state,
        "unit": cell.unit,
        "remark": cell.remark,
        "locator": cell.locator,
    }


def _describe_statement(report_id: str, statement: Statement) -> dict[str, object]:
    return {
        "report_id": report_id,
        "statement_no": statement.statement_no,
        "whole_statement_no": statement.whole_statement_no,
        "metric_id": statement.metric_id,
        "breakdown": statement.breakdown,
        "breakdown_id": statement.breakdown_id,
        "value": statement.value,
        "unit": statement.unit,
        "bound": statement.bound,
        "subject": statement.subject,
        "period": statement.period,
        "stated_in_words": statement.stated_in_words,
        "sentence_text": statement.sentence_text,
        "chapter": statement.chapter,
    }


def _describe_finding(report_id: str, finding: Finding) -> dict[str, object]:
    return {
        "report_id": report_id,
        "finding_no": finding.finding_no,
        "rule_id": finding.rule_id,
        "subject_id": finding.subject_id,
        "outcome": finding.outcome,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "cells": list(finding.cells),
        "message_zh": finding.message_zh,
        "message_en": finding.message_en,
        "evidence": finding.evidence,
    }
