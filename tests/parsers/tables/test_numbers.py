"""What one cell prints."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.tables.numbers import CellReading, holds_total, read_number

PRINTED = {
    "0": CellReading("number", Decimal(0)),
    "　 0 ": CellReading("number", Decimal(0)),
    "１３６": CellReading("number", Decimal(136)),
    "1,136": CellReading("number", Decimal(1136)),
    "1，136": CellReading("number", Decimal(1136)),
    "+19": CellReading("number", Decimal(19)),
    "-18": CellReading("number", Decimal(-18)),
    "－18": CellReading("number", Decimal(-18)),
    "24252.311082": CellReading("number", Decimal("24252.311082")),
    "251000元": CellReading("number", Decimal(251000), "元"),
    "73802895.90元": CellReading("number", Decimal("73802895.90"), "元"),
    "1690.9913万元": CellReading("number", Decimal("1690.9913"), "万元"),
    "22（其中修订 16 件）": CellReading("number", Decimal(22), None, "其中修订16件"),
    "3件": CellReading("number", Decimal(3), "件"),
    "": CellReading("blank"),
    "\xa0\u3000\n": CellReading("blank"),
    "/": CellReading("slash"),
    "／": CellReading("slash"),
    "-": CellReading("dash"),
    "——": CellReading("dash"),
    "无": CellReading("text"),
    "约20": CellReading("text"),
    "12%": CellReading("text"),
    "22（其中修订 16\ufffd）": CellReading("unreadable"),
    "2 0": CellReading("unreadable"),
    "1\n7": CellReading("unreadable"),
    "217 1 0 0 0 0 218": CellReading("unreadable"),
    "00": CellReading("unreadable"),
    "007": CellReading("unreadable"),
    "1,13": CellReading("unreadable"),
    "12345678901234567890": CellReading("unreadable"),
    "1.123456789": CellReading("unreadable"),
}


@pytest.mark.parametrize("text", list(PRINTED))
def test_cell_is_read_as_printed(text: str) -> None:
    assert read_number(text) == PRINTED[text]


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["", " ", "\u3000", "\xa0"]))
def test_integer_survives_padding_and_width(number: int, padding: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    for text in (str(number), wide, f"{padding}{number}{padding}", f"{number:,}"):
        assert read_number(text) == CellReading("number", Decimal(number))


@given(st.decimals(min_value=0, max_value=10**9, places=8))
def test_amount_keeps_its_digits(amount: Decimal) -> None:
    reading = read_number(f"{amount:f}万元")
    assert (reading.value, reading.unit) == (amount, "万元")


@given(st.text())
def test_value_is_there_only_for_numbers(text: str) -> None:
    reading = read_number(text)
    assert (reading.value is not None) == (reading.state == "number")


@given(st.lists(st.integers(0, 999), min_size=2, max_size=7), st.sampled_from([" ", "\n", "\u3000", "\t", "  "]))
def test_figures_parted_by_space_are_never_joined(numbers: list[int], gap: str) -> None:
    assert read_number(gap.join(map(str, numbers))).state == "unreadable"


@given(st.lists(st.integers(0, 999), min_size=1, max_size=4).filter(any))
def test_figures_run_together_with_their_total_may_hold_one(parts: list[int]) -> None:
    assert holds_total("".join(map(str, (*parts, sum(parts)))))


@pytest.mark.parametrize("digits", ["7", "26", "10", "1000", "312", "2000000000000000000"])
def test_digits_that_no_cut_adds_up_hold_no_total(digits: str) -> None:
    assert not holds_total(digits)
