"""Whether a sum printed on two sides can be proved, refuted, or not assessed.

Counts are not negative, so blanks do not always prevent a judgement: when the printed parts already exceed the other
side, the sum is wrong whatever the blanks hold; when they equal it, the blanks are proved zero. A total that
is not printed proves nothing.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parsers.report import CellState, ReportCell

Judgement = Literal["passed", "failed", "not_assessable"]

# States that may stand for a zero the agency did not print. The others hide a figure that is not known.
_EMPTY_STATES: frozenset[CellState] = frozenset({"blank", "slash", "dash"})


@dataclass(frozen=True, slots=True)
class SumResult:
    """The judgement with both printed sums, and the cells that it proves to be zero."""

    judgement: Judgement
    left: Decimal
    right: Decimal
    proved_zero: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    printed: Decimal
    empty: tuple[str, ...]
    is_known: bool
    has_figure: bool
    has_negative: bool


def judge_sums(
    left: tuple[ReportCell, ...], right: tuple[ReportCell, ...], *, right_is_total: bool = False
) -> SumResult:
    """Compare two sums of cells, tolerance 0. With `right_is_total` the right side must be printed."""
    one, other = _add_cells(left), _add_cells(right)
    judgement = "not_assessable" if right_is_total and not other.has_figure else _judge(one, other)
    proved = one.empty + other.empty if judgement == "passed" else ()
    return SumResult(judgement, one.printed, other.printed, proved)


def _add_cells(cells: tuple[ReportCell, ...]) -> _Side:
    values = [cell.value for cell in cells if cell.state == "number" and cell.value is not None]
    empty = tuple(cell.cell_id for cell in cells if cell.state in _EMPTY_STATES)
    return _Side(
        printed=sum(values, Decimal(0)),
        empty=empty,
        is_known=len(values) + len(empty) == len(cells),
        has_figure=bool(values),
        has_negative=any(value < 0 for value in values),
    )


def _judge(one: _Side, other: _Side) -> Judgement:
    if one.has_negative or other.has_negative:
        return "not_assessable"
    one_is_whole = one.is_known and not one.empty
    other_is_whole = other.is_known and not other.empty
    if one_is_whole and other_is_whole:
        return "passed" if one.printed == other.printed else "failed"
    for whole, parts, is_whole in ((one, other, one_is_whole), (other, one, other_is_whole)):
        if not is_whole:
            continue
        if parts.printed > whole.printed:
            return "failed"
        if parts.printed == whole.printed and parts.is_known:
            return "passed"
    return "not_assessable"
