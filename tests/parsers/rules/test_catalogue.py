"""Every rule says what it is, and has a report that keeps it and one that breaks it."""

import re
from typing import Any

import pytest
import yaml

from parsers.form import load_form
from parsers.form.model import WAREHOUSE_KINDS, Rule
from tests.house.tracked import ROOT
from tests.parsers.rules.printed_examples import list_failures, load_examples, read_example

RULES = {rule.id: rule for rule in load_form().rules}
OF_WAREHOUSE = sorted(rule.id for rule in RULES.values() if rule.kind in WAREHOUSE_KINDS)
OF_REPORTS = sorted(rule.id for rule in RULES.values() if rule.kind not in WAREHOUSE_KINDS)


@pytest.mark.parametrize("rule_id", RULES)
def test_rule_is_described_in_both_languages(rule_id: str) -> None:
    rule = RULES[rule_id]
    for text in (rule.title, rule.basis, rule.usually_means):
        assert re.search("[\u4e00-\u9fff]", text), f"{rule_id}: `{text}` is not Chinese"
    for text in (rule.title_en, rule.usually_means_en, rule.formula):
        assert len(text.split()) > 2, f"{rule_id}: `{text}` says too little"
        assert text.isascii(), f"{rule_id}: `{text}` is not English"
    assert rule.basis_en, f"{rule_id}: on what basis?"


def test_every_rule_of_a_report_has_examples() -> None:
    assert sorted(load_examples()) == OF_REPORTS, "add a report that keeps the rule and one that breaks it"


def name_example(rule_id: str, side: str) -> dict[str, Any]:
    """An example with what both sides of its rule share."""
    sides = load_examples()[rule_id]
    return {name: value for name, value in sides.items() if name not in ("keeps", "breaks")} | sides[side]


@pytest.mark.parametrize("rule_id", OF_REPORTS)
def test_report_that_keeps_the_rule_has_no_finding_of_it(rule_id: str) -> None:
    report = read_example(name_example(rule_id, "keeps"))
    assert report.status == "parsed"
    assert list_failures(report, rule_id) == []
    assert any(count.rule_id == rule_id for count in report.rule_counts)


@pytest.mark.parametrize("rule_id", OF_REPORTS)
def test_report_that_breaks_the_rule_has_a_finding_with_a_verdict(rule_id: str) -> None:
    failures = list_failures(read_example(name_example(rule_id, "breaks")), rule_id)
    assert failures, f"{rule_id}: no finding"
    assert {finding.verdict for finding in failures} <= list_verdicts(RULES[rule_id])


def list_verdicts(rule: Rule) -> set[str]:
    """The verdicts that a failure of the rule can have."""
    return {"source_error", "parse_suspect", "unusual"} if rule.verdict == "judged" else {rule.verdict}


def list_unit_tested() -> set[tuple[str, str]]:
    """Rule and outcome of every row that a dbt unit test of the checks across reports expects."""
    files = sorted((ROOT / "dbt_project" / "models" / "intermediate").glob("int_*_assessed.unit_tests.yml"))
    tests = [test for path in files for test in yaml.safe_load(path.read_text(encoding="utf-8"))["unit_tests"]]
    return {(row["rule_id"], row["outcome"]) for test in tests for row in test["expect"]["rows"]}


@pytest.mark.parametrize("outcome", ["passed", "failed", "not_assessable"])
@pytest.mark.parametrize("rule_id", OF_WAREHOUSE)
def test_rule_across_reports_has_unit_tests_that_keep_and_break_it(rule_id: str, outcome: str) -> None:
    assert (rule_id, outcome) in list_unit_tested()


def test_only_what_must_hold_is_ever_the_agencys_error() -> None:
    assert [rule.id for rule in RULES.values() if rule.verdict == "judged"] == ["R1", "R2", "R3", "R4", "R10"]
