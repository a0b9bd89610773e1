"""Holds the statements against the tables and against each other: R9, R24, R25. Tables win; nothing is changed.

Compared: counts of the year, the agency's own or its region's, under each basis that is in use. A count with 余 or 近
only bounds the table's figure; 约 and other years' figures say nothing about it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from parsers.findings import make_finding
from parsers.form import TABLE_NAMES
from parsers.metrics import name_part
from parsers.prose.catalogue import Breakdown, ProseRecord, load_catalogue, read_prose_yaml
from parsers.prose.statements import StatementsReading
from parsers.report import Finding, ReportCell, RuleCount, Statement

_AGAINST_TABLES, _PARTS, _TWICE = "R9", "R24", "R25"
_FEWEST_PARTS = 2
# Fees that are both stated and denied are one contradiction, and R30's.
FEES = frozenset({"information_processing_fees", "information_processing_fee_cases"})


class Comparison(ProseRecord):
    """A stated figure and the sums of cells it can be equal to. In `other_units` it counts something else."""

    metric: str
    bases: tuple[tuple[str, ...], ...]
    breakdown: Breakdown | None = None
    other_units: tuple[str, ...] = ()


class Comparisons(ProseRecord):
    """comparisons.yml as a whole."""

    comparisons: tuple[Comparison, ...]
    parts: tuple[Comparison, ...]
    sums: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ProseCheck:
    """What the rules about prose say: findings, and counts for each rule."""

    findings: tuple[Finding, ...]
    rule_counts: tuple[RuleCount, ...]


@dataclass(slots=True)
class _Tally:
    rule_id: str
    findings: list[Finding]
    passed: int = 0
    not_assessable: int = 0

    def count(self) -> RuleCount:
        return RuleCount(self.rule_id, self.passed, len(self.findings), self.not_assessable)


def check_statements(
    reading: StatementsReading, cells: Iterable[ReportCell], proved_zero: frozenset[str] = frozenset()
) -> ProseCheck:
    """Judges the statements of one report. A blank cell that was proved zero is zero."""
    by_id = {cell.cell_id: cell for cell in cells}
    values = {cell_id: cell.value for cell_id, cell in by_id.items() if cell.value is not None}
    values |= dict.fromkeys(proved_zero, Decimal(0))
    tallies = (
        _compare_with_tables(reading.statements, by_id, values),
        _compare_parts(reading),
        _compare_repeats(reading.statements),
    )
    findings = tuple(finding for tally in tallies for finding in tally.findings)
    return ProseCheck(findings, tuple(tally.count() for tally in tallies))


@cache
def load_comparisons() -> Comparisons:
    """Reads and checks comparisons.yml. Raises `ValueError` for a metric that is in no list."""
    comparisons = Comparisons(**read_prose_yaml("comparisons.yml"))
    for comparison in (*comparisons.comparisons, *comparisons.parts):
        load_catalogue().find_metric(comparison.metric)
    return comparisons


def _compare_with_tables(
    statements: Iterable[Statement], cells: Mapping[str, ReportCell], values: Mapping[str, Decimal]
) -> _Tally:
    tally = _Tally(_AGAINST_TABLES, [])
    for stated, bases in _group_by_bases(statements):
        sums = {basis: _add_up(basis, values) for basis in bases if all(cell_id in cells for cell_id in basis)}
        if not sums:
            continue
        known = [value for value in sums.values() if value is not None]
        if any(_agrees(statement, value) for statement in stated for value in known):
            tally.passed += 1
        elif len(known) < len(sums) or all(statement.subject == "region" for statement in stated):
            tally.not_assessable += 1
        else:
            first = next(statement for statement in stated if statement.subject == "own")
            tally.findings.append(_report_conflict(first, sums, cells))
    return tally


def _group_by_bases(statements: Iterable[Statement]) -> Iterator[tuple[list[Statement], tuple[tuple[str, ...], ...]]]:
    """The statements that are about the same cells, with the bases they can be on."""
    groups: dict[tuple, list[Statement]] = {}
    for statement in statements:
        if statement.period == "year" and statement.subject != "other_body" and statement.bound != "about":
            key = (statement.metric_id, statement.breakdown, statement.breakdown_id)
            groups.setdefault(key, []).append(statement)
    file = load_comparisons()
    for (metric_id, breakdown, part_id), stated in groups.items():
        options = file.comparisons if breakdown == "none" else file.parts
        for comparison in options:
            counted = [statement for statement in stated if statement.unit not in comparison.other_units]
            if counted and comparison.metric == metric_id and (comparison.breakdown or "none") == breakdown:
                yield counted, tuple(tuple(_name_cells(basis, part_id, file.sums)) for basis in comparison.bases)


def _name_cells(basis: Iterable[str], part_id: str | None, sums: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The cells of a basis, with the part's id, or those of the parts it sums up, filled in."""
    own = part_id or ""
    for cell_id in basis:
        parts = sums.get(own, (own,)) if "{parts}" in cell_id else (own,)
        yield from (cell_id.format(part=own, parts=part) for part in parts)


def _add_up(basis: tuple[str, ...], values: Mapping[str, Decimal]) -> Decimal | None:
    """The sum of the cells; null when one is not known."""
    found = [values[cell_id] for cell_id in basis if cell_id in values]
    return sum(found, Decimal(0)) if len(found) == len(basis) else None


def _agrees(statement: Statement, value: Decimal) -> bool:
    if statement.bound == "at_least":
        return value >= statement.value
    if statement.bound == "at_most":
        return value <= statement.value
    return value == statement.value


def _report_conflict(
    statement: Statement, sums: Mapping[tuple[str, ...], Decimal | None], cells: Mapping[str, ReportCell]
) -> Finding:
    metric = load_catalogue().find_metric(statement.metric_id)
    cell_ids = tuple(dict.fromkeys(cell_id for basis in sums for cell_id in basis))
    printed = "; ".join(f"{c}={cells[c].printed_text}" for c in cell_ids if c in cells)
    totals = " / ".join(str(value) for value in dict.fromkeys(sums.values()))
    table = TABLE_NAMES[cell_ids[0].split(".")[0]]
    part = name_part(statement)
    part_zh, part_en = ("", "") if part is None else (f"（{part.zh}）", f" ({part.en})")
    return make_finding(
        _AGAINST_TABLES,
        statement.metric_id if statement.breakdown_id is None else f"{statement.metric_id}.{statement.breakdown_id}",
        cell_ids,
        f"正文中{metric.zh}{part_zh}为{statement.value}，{table[0]}为{totals}；以表格为准",
        f"the text states {statement.value} {metric.en}{part_en}, {table[1]} prints {totals}; the table stands",
        f"{statement.sentence_text} | {printed}",
        verdict="unusual",
    )


def _compare_parts(reading: StatementsReading) -> _Tally:
    """Parts against their whole; not assessable while a part is unread, rounded, or of another metric."""
    tally = _Tally(_PARTS, [])
    for whole in reading.statements:
        parts = [part for part in reading.statements if part.whole_statement_no == whole.statement_no]
        same = [part for part in parts if part.metric_id == whole.metric_id]
        if len(same) < _FEWEST_PARTS:
            continue
        by_kind = {kind: sum(p.value for p in same if p.breakdown == kind) for kind in {p.breakdown for p in same}}
        total = sum(part.value for part in same)
        is_exact = all(statement.bound == "exact" for statement in (whole, *same))
        if whole.value in (total, *by_kind.values()):
            tally.passed += 1
        elif not is_exact or whole.statement_no in reading.open_wholes or len(same) < len(parts) or len(by_kind) > 1:
            tally.not_assessable += 1
        else:
            tally.findings.append(_report_parts(whole, same, total))
    return tally


def _report_parts(whole: Statement, parts: list[Statement], total: Decimal | int) -> Finding:
    metric = load_catalogue().find_metric(whole.metric_id)
    return make_finding(
        _PARTS,
        whole.metric_id,
        (),
        f"正文中{metric.zh}为{whole.value}，所列{len(parts)}项之和为{total}",
        f"the text states {whole.value} {metric.en}, the {len(parts)} parts it lists sum to {total}",
        whole.sentence_text,
        verdict="unusual",
    )


def _compare_repeats(statements: Iterable[Statement]) -> _Tally:
    """Figures that a report has once a year and states as two different ones; whether any fee was charged is R30's."""
    tally = _Tally(_TWICE, [])
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        is_once = load_catalogue().find_metric(statement.metric_id).stated_once
        is_total = statement.breakdown == "none" and statement.whole_statement_no is None
        if is_once and is_total and statement.period == "year" and statement.bound == "exact":
            groups.setdefault((statement.metric_id, statement.subject), []).append(statement)
    for (metric_id, subject), stated in groups.items():
        charged = [statement for statement in stated if statement.value > 0]
        if metric_id in FEES and subject == "own" and charged:
            stated = charged
        if len(stated) == 1:
            tally.passed += 1
            continue
        metric = load_catalogue().find_metric(metric_id)
        values = [str(statement.value) for statement in stated]
        tally.findings.append(
            make_finding(
                _TWICE,
                metric_id,
                (),
                f"正文中{metric.zh}先后为{'、'.join(values)}",
                f"the text states {metric.en} as {', '.join(values)}",
                " | ".join(statement.sentence_text for statement in stated),
                verdict="unusual",
            )
        )
    return tally
