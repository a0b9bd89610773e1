"""Checks the relations R1 to R4 in every column, line or block of a report's tables."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from parsers.findings import make_finding
from parsers.form import load_form
from parsers.relations.applications import Application, list_applications, name_place
from parsers.relations.sums import SumResult, judge_sums
from parsers.relations.verdicts import Judge, Judgement
from parsers.report import EditionId, Finding, ReportCell, RuleCount, UnplacedCell


@dataclass(frozen=True, slots=True)
class RelationCheck:
    """What the relations say: a finding for each failure, counts for each relation, cells proved zero."""

    findings: tuple[Finding, ...]
    rule_counts: tuple[RuleCount, ...]
    proved_zero: frozenset[str]


def check_relations(
    editions: dict[str, EditionId],
    cells: tuple[ReportCell, ...],
    carrier: str,
    reading_findings: tuple[Finding, ...] = (),
    unplaced_cells: tuple[UnplacedCell, ...] = (),
) -> RelationCheck:
    """Judge every relation of the tables found. `editions` names the edition of each table.

    `carrier`, `reading_findings` and `unplaced_cells` say how the cells were read, on which the verdict of a failure
    rests.
    """
    by_id = {cell.cell_id: cell for cell in cells}
    applications = tuple(list_applications(load_form(), editions))
    strays = tuple(cell.printed_text for cell in unplaced_cells if cell.reason == "row_not_recognised")
    judge = Judge(by_id, applications, carrier, reading_findings, strays)
    findings: list[Finding] = []
    counts: dict[str, Counter[str]] = {application.relation.id: Counter() for application in applications}
    proved: set[str] = set()
    for application in applications:
        left = tuple(by_id[cell_id] for cell_id in application.left)
        right = tuple(by_id[cell_id] for cell_id in application.right)
        result = judge_sums(left, right, right_is_total=application.relation.parts_of_total)
        counts[application.relation.id][result.judgement] += 1
        proved.update(result.proved_zero)
        if result.judgement == "failed":
            judgement = judge.judge(application, result.right - result.left)
            findings.append(_report_failure(application, left, right, result, judgement))
    rule_counts = tuple(
        RuleCount(rule_id, count["passed"], count["failed"], count["not_assessable"])
        for rule_id, count in counts.items()
    )
    return RelationCheck(tuple(findings), rule_counts, frozenset(proved))


def _report_failure(
    application: Application,
    left: tuple[ReportCell, ...],
    right: tuple[ReportCell, ...],
    result: SumResult,
    judgement: Judgement,
) -> Finding:
    relation = application.relation
    where_zh, where_en = name_place(application)
    gap = abs(result.left - result.right)
    more_zh, more_en = ("少", "less") if result.right < result.left else ("多", "more")
    printed = [
        f"{cell.cell_id} = {cell.printed_text!r} ({cell.locator})"
        for cell in (*left, *right)
        if cell.value is None or cell.value != 0
    ]
    evidence = [*printed, f"difference: {result.right - result.left:+}", f"read as: {judgement.reason}"]
    evidence += [f"would fit: {reading}" for reading in judgement.fitting]
    return make_finding(
        relation.id,
        application.subject_id,
        application.cell_ids,
        f"{where_zh}：{relation.left_name} {_print_sum(left)}，"
        f"{relation.right_name} {_print_sum(right)}，{more_zh} {gap}",
        f"{where_en}: {relation.left_name_en} {_print_sum(left)}, "
        f"{relation.right_name_en} {_print_sum(right)}: {gap} {more_en}",
        "; ".join(evidence),
        verdict=judgement.verdict,
    )


def _print_sum(cells: tuple[ReportCell, ...]) -> str:
    """One side as printed, `6 + 4 = 10`; zeros are left out where other figures stand."""
    values = [cell.value for cell in cells if cell.value is not None and cell.value != 0]
    if len(values) < 2:
        return str(sum(values, Decimal(0)))
    return f"{' + '.join(map(str, values))} = {sum(values)}"
