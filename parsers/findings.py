"""Makes a finding: rule, place, cells and messages; its severity comes from the catalogue."""

from parsers.form import load_form
from parsers.report import Finding, Outcome, Verdict


def make_finding(
    rule_id: str,
    subject_id: str,
    cells: tuple[str, ...],
    message_zh: str,
    message_en: str,
    evidence: str,
    outcome: Outcome = "failed",
    verdict: Verdict | None = None,
) -> Finding:
    """A finding without its number, which is given when all findings of a report are known."""
    severity = load_form().find_rule(rule_id).severity
    return Finding(0, rule_id, subject_id, outcome, verdict, severity, cells, message_zh, message_en, evidence)
