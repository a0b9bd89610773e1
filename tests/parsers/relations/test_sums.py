"""Sums with blanks: proved, refuted or not assessable."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.relations import judge_sums
from parsers.report import CellState, ReportCell
from parsers.tables.numbers import read_number

_STATES: dict[str, CellState] = {"?": "unreadable", "!": "absent"}


def make_cells(texts: str, first: int = 0) -> tuple[ReportCell, ...]:
    """Cells from figures parted by commas; `?` is an unreadable cell, `!` one that is not printed."""
    cells = []
    for number, text in enumerate(texts.split(","), start=first):
        reading = read_number(text)
        state: CellState = _STATES.get(text, reading.state)
        cells.append(
            ReportCell("t3", f"line_{number}", "total", text, reading.value, state, None, None, None, None, None, None)
        )
    return tuple(cells)


CASES = [
    ("1,2,3", "6", "passed"),
    ("1,2,3", "7", "failed"),
    ("1,,", "1", "passed"),
    ("1,,", "2", "not_assessable"),
    ("3,,", "2", "failed"),
    ("1,/,-", "1", "passed"),
    ("1,2", "", "not_assessable"),
    (",", "", "not_assessable"),
    ("0,0", "", "not_assessable"),
    ("1,?", "1", "not_assessable"),
    ("5,?", "1", "failed"),
    ("1,!", "1", "not_assessable"),
    ("1,-2", "1", "not_assessable"),
    ("3,0", "3,0", "passed"),
    ("3,0", ",3", "passed"),
    ("0,0", ",", "passed"),
    (",,", "0", "passed"),
    (",,", "1", "not_assessable"),
    ("0,,", "0", "passed"),
    ("3,", ",3", "not_assessable"),
    ("无,1", "1", "not_assessable"),
    ("0.1,0.2", "0.3", "passed"),
]


@pytest.mark.parametrize(("left", "right", "judgement"), CASES)
def test_sum_is_judged(left: str, right: str, judgement: str) -> None:
    result = judge_sums(make_cells(left), make_cells(right, first=50), right_is_total="," not in right)
    assert result.judgement == judgement


def test_blanks_are_proved_zero_only_when_the_sum_passes() -> None:
    assert judge_sums(make_cells("1,,"), make_cells("1", 50)).proved_zero == ("t3.line_1.total", "t3.line_2.total")
    assert judge_sums(make_cells("3,,"), make_cells("2", 50)).proved_zero == ()
    assert judge_sums(make_cells("1,,"), make_cells("2", 50)).proved_zero == ()


@given(st.lists(st.integers(0, 50), min_size=1, max_size=7), st.data())
def test_blanking_zeros_never_turns_a_verdict(numbers: list[int], data: st.DataObject) -> None:
    """With every part printed or blank for zero, a right total never fails and a wrong one never passes."""
    total = data.draw(st.integers(0, 100))
    texts = ["" if number == 0 and data.draw(st.booleans()) else str(number) for number in numbers]
    judgement = judge_sums(make_cells(",".join(texts)), make_cells(str(total), 50)).judgement
    assert judgement != ("failed" if sum(numbers) == total else "passed")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=7))
def test_right_total_passes(numbers: list[int]) -> None:
    result = judge_sums(make_cells(",".join(map(str, numbers))), make_cells(str(sum(numbers)), 50))
    assert (result.judgement, result.left) == ("passed", Decimal(sum(numbers)))
