"""Checks the relations R1 to R4 in every column, line or block of a report's tables."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from parsers.findings import make_finding
from parsers.form import Relation, Table, load_form
from parsers.relations.sums import SumResult, judge_sums
from parsers.report import EditionId, Finding, ReportCell, RuleCount


@dataclass(frozen=True, slots=True)
class RelationCheck:
    """What the relations say: a finding for each failure, counts for each relation, cells proved zero."""

    findings: tuple[Finding, ...]
    rule_counts: tuple[RuleCount, ...]
    proved_zero: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sum:
    """One application of a relation: where, and the ids of the cells on both sides."""

    subject_id: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def check_relations(editions: dict[str, EditionId], cells: tuple[ReportCell, ...]) -> RelationCheck:
    """Judge every relation of the tables found. `editions` names the edition of each table."""
    by_id = {cell.cell_id: cell for cell in cells}
    findings: list[Finding] = []
    rule_counts: list[RuleCount] = []
    proved: set[str] = set()
    form = load_form()
    for relation in form.relations:
        if relation.table not in editions:
            continue
        table = form.find_table(editions[relation.table], relation.table)
        counts: Counter[str] = Counter()
        for place in _list_sums(relation, table):
            left = tuple(by_id[cell_id] for cell_id in place.left)
            right = tuple(by_id[cell_id] for cell_id in place.right)
            result = judge_sums(left, right, right_is_total=relation.parts_of_total)
            counts[result.judgement] += 1
            proved.update(result.proved_zero)
            if result.judgement == "failed":
                findings.append(_report_failure(relation, table, place, left, right, result))
        rule_counts.append(
            RuleCount(relation.id, counts["passed"], counts["failed"], counts["not_assessable"]),
        )
    return RelationCheck(tuple(findings), tuple(rule_counts), frozenset(proved))


def _list_sums(relation: Relation, table: Table) -> Iterator[_Sum]:
    if relation.each == "line":
        for line in table.lines:
            parts = tuple(f"{table.id}.{line.id}.{column.id}" for column in line.columns if not column.is_total)
            total = tuple(f"{table.id}.{line.id}.{column.id}" for column in line.columns if column.is_total)
            yield _Sum(f"{table.id}.{line.id}", parts, total)
        return
    left, right = relation.left, relation.right
    if relation.parts_of_total:
        left = tuple(line.id for line in table.lines if line.group is not None and not line.is_total)
        right = tuple(line.id for line in table.lines if line.is_total)
    for column in table.sections[0].columns:
        yield _Sum(
            f"{table.id}.{column.id}",
            tuple(f"{table.id}.{line_id}.{column.id}" for line_id in left),
            tuple(f"{table.id}.{line_id}.{column.id}" for line_id in right),
        )


def _report_failure(
    relation: Relation,
    table: Table,
    place: _Sum,
    left: tuple[ReportCell, ...],
    right: tuple[ReportCell, ...],
    result: SumResult,
) -> Finding:
    rule = load_form().find_rule(relation.id)
    where_zh, where_en = _name_place(relation, table, place)
    gap = result.left - result.right
    return make_finding(
        relation.id,
        place.subject_id,
        (*place.left, *place.right),
        f"{where_zh}：{rule.title}不成立，{_print_sum(left)}，对 {_print_sum(right)}，相差 {gap:+}",
        f"{where_en}: {rule.title_en} does not hold: {_print_sum(left)} against {_print_sum(right)}, "
        f"difference {gap:+}",
        "; ".join(
            f"{cell.cell_id} = {cell.printed_text!r} ({cell.locator})"
            for cell in (*left, *right)
            if cell.value is None or cell.value != 0
        ),
    )


def _name_place(relation: Relation, table: Table, place: _Sum) -> tuple[str, str]:
    last = place.subject_id.rsplit(".", 1)[1]
    if relation.each == "line":
        line = table.find_line(last)
        return f"“{line.label}”行", f"row `{line.label}`"
    column = next(column for column in table.sections[0].columns if column.id == last)
    return f"“{column.label}”列", f"column `{column.label}`"


def _print_sum(cells: tuple[ReportCell, ...]) -> str:
    """One side as printed, `6 + 4 = 10`; zeros are left out where other figures stand."""
    values = [cell.value for cell in cells if cell.value is not None and cell.value != 0]
    if len(values) < 2:
        return str(sum(values, Decimal(0)))
    return f"{' + '.join(map(str, values))} = {sum(values)}"
