"""Whose fault a failed sum is: the agency's, who printed it, or possibly ours, who read it.

`source_error` needs every participating cell to be read from one undamaged token, and no mistake that reading this
carrier can make to explain the figures. Everything else is `parse_suspect`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from parsers.form import load_form
from parsers.relations.applications import Application
from parsers.relations.mistakes import Figures, Mistake, list_readings
from parsers.relations.sums import Judgement as SumJudgement
from parsers.relations.sums import judge_sums
from parsers.report import LEAST_SURE, Finding, ReportCell, Verdict
from parsers.tables.numbers import read_number

_MOST_NAMED = 3
# Readings tried for one failed sum: a table of figures has some hundreds, only long runs of digits have more.
_MOST_TRIED = 3_000
_TOO_MANY = "more ways to read these digits than can be tried"
_UNREAD = ("absent", "unreadable")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why, and the readings that would make the sums hold."""

    verdict: Verdict
    reason: str
    fitting: tuple[str, ...] = ()


class Judge:
    """Judges failed sums of one report, given all its sums, its carrier and what was doubted while reading.

    `strays` are the figures of rows that have no place in the form: one of them may be the part that a sum lacks.
    """

    def __init__(
        self,
        cells: Mapping[str, ReportCell],
        applications: tuple[Application, ...],
        carrier: str,
        reading_findings: Iterable[Finding],
        strays: Iterable[str] = (),
    ) -> None:
        self._cells = cells
        self._carrier = carrier
        self._sums_by_cell: dict[str, list[Application]] = {}
        for application in applications:
            for cell_id in application.cell_ids:
                self._sums_by_cell.setdefault(cell_id, []).append(application)
        doubts = [finding for finding in reading_findings if _doubts_reading(finding)]
        self._doubted = {cell_id: finding.rule_id for finding in doubts for cell_id in finding.cells}
        self._strays = {figure for text in strays if (figure := read_number(text).value) is not None}

    def judge(self, application: Application, gap: Decimal) -> Judgement:
        """The verdict on one failed sum; `gap` is what its right side has more than its left."""
        for cell_id in application.cell_ids:
            reason = self._find_doubt(self._cells[cell_id])
            if reason is not None:
                return Judgement("parse_suspect", reason)
        if application.relation.parts_of_total and application.relation.each == "column" and gap in self._strays:
            return Judgement("parse_suspect", "a figure without a place in the form is the difference")
        fitting = self._list_fitting(application)
        if fitting:
            return Judgement("parse_suspect", f"whole tokens, but a {self._carrier} can be misread", fitting)
        return Judgement("source_error", "whole tokens, and no misreading fits")

    def _find_doubt(self, cell: ReportCell) -> str | None:
        if cell.state in _UNREAD:
            return f"{cell.cell_id} {cell.state}"
        if cell.cell_id in self._doubted:
            return f"{cell.cell_id} doubted ({self._doubted[cell.cell_id]})"
        if cell.confidence is not None and cell.confidence < LEAST_SURE:
            return f"{cell.cell_id} confidence {cell.confidence:.2f}"
        return None

    def _list_fitting(self, failed: Application) -> tuple[str, ...]:
        found = []
        readings = chain.from_iterable(list_readings(row, self._carrier) for row in self._list_rows(failed))
        for number, (mistake, figures) in enumerate(readings):
            if self._holds(failed, mistake, figures):
                found.append(f"{mistake}: " + " ".join(f"{i}={cell.printed_text}" for i, cell in figures.items()))
            if number == _MOST_TRIED:
                found.append(_TOO_MANY)
            if len(found) == _MOST_NAMED or number == _MOST_TRIED:
                break
        return tuple(found)

    def _list_rows(self, failed: Application) -> list[list[ReportCell]]:
        """The printed rows that the sum takes cells from; table 4 is one row."""
        depth = 1 if failed.table.id == "t4" else 2
        rows = dict.fromkeys(tuple(cell_id.split(".")[:depth]) for cell_id in failed.cell_ids)
        return [[cell for cell_id, cell in self._cells.items() if tuple(cell_id.split(".")[:depth]) == r] for r in rows]

    def _holds(self, failed: Application, mistake: Mistake, figures: Figures) -> bool:
        """Whether the failed sum, and every other sum of the changed cells, holds with these figures instead.

        A lost figure may have been any, so it is taken into account only along the row in which it was lost.
        """
        touched = {id(sum_): sum_ for cell_id in figures for sum_ in self._sums_by_cell.get(cell_id, ())}
        if id(failed) not in touched or (mistake == "lost" and failed.relation.each != "line"):
            return False
        judged = {key: self._judge_with(sum_, figures) for key, sum_ in touched.items()}
        return "failed" not in judged.values() and (mistake == "lost" or judged[id(failed)] == "passed")

    def _judge_with(self, application: Application, figures: Figures) -> SumJudgement:
        left, right = (
            tuple(figures.get(cell_id, self._cells[cell_id]) for cell_id in side)
            for side in (application.left, application.right)
        )
        return judge_sums(left, right, right_is_total=application.relation.parts_of_total).judgement


def _doubts_reading(finding: Finding) -> bool:
    """Findings on how figures were read: damaged, told apart, too many, told by their order alone, or left over."""
    rule = load_form().find_rule(finding.rule_id)
    return rule.kind == "reading" and (rule.verdict == "parse_suspect" or (bool(finding.cells) and rule.id != "R10"))
