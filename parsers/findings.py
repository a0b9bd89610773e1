"""Makes a finding: rule, place, cells, messages; the catalogue gives its severity, and its verdict unless judged."""

from dataclasses import dataclass, field

from parsers.form import load_form
from parsers.report import Finding, Outcome, RuleCount, Verdict


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
    """A finding without its number, which is given when all findings of a report are known.

    A failure of a rule that the catalogue calls `judged` needs its verdict. Raises `ValueError` without one.
    """
    rule = load_form().find_rule(rule_id)
    if outcome == "failed" and verdict is None:
        if rule.verdict == "judged":
            raise ValueError(f"{rule_id} {subject_id}: a failure of this rule needs a verdict")
        verdict = rule.verdict
    return Finding(0, rule_id, subject_id, outcome, verdict, rule.severity, cells, message_zh, message_en, evidence)


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """What a group of rules says of one report: a finding for each failure, and counts for each rule."""

    findings: tuple[Finding, ...]
    rule_counts: tuple[RuleCount, ...]


@dataclass(slots=True)
class Tally:
    """The checks of one rule in one report while they are made."""

    rule_id: str
    findings: list[Finding] = field(default_factory=list)
    passed: int = 0
    not_assessable: int = 0

    def count(self) -> RuleCount:
        """How often the rule passed, failed and could not be assessed."""
        return RuleCount(self.rule_id, self.passed, len(self.findings), self.not_assessable)


def collect(*tallies: Tally) -> RuleCheck:
    """Findings and counts of several rules together, in this order."""
    findings = tuple(finding for tally in tallies for finding in tally.findings)
    return RuleCheck(findings, tuple(tally.count() for tally in tallies))
