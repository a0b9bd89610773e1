"""Runs of digits are told apart only where one way adds up, and never take long."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.form import load_form
from parsers.tables.segmentation import tell_apart

TABLE_2, TABLE_3, TABLE_4 = (load_form().find_table("format_2021", table_id) for table_id in ("t2", "t3", "t4"))


@given(st.lists(st.integers(0, 99), min_size=6, max_size=6))
def test_row_is_told_apart_rightly_or_not_at_all(parts: list[int]) -> None:
    figures = (*parts, sum(parts))
    told = tell_apart(TABLE_3, {"received_new": "".join(map(str, figures))}, {})
    assert told == {} or told["received_new"].figures == figures


@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_blocks_are_told_apart_rightly_or_not_at_all(parts: list[int]) -> None:
    blocks = [parts[start : start + 4] for start in (0, 4, 8)]
    figures = tuple(figure for block in blocks for figure in (*block, sum(block)))
    told = tell_apart(TABLE_4, {"reconsideration": "".join(map(str, figures))}, {})
    assert told == {} or told["reconsideration"].figures == figures


def test_other_ways_are_counted_and_named() -> None:
    (told,) = tell_apart(TABLE_3, {"received_new": "230000023"}, {}).values()
    assert told.figures == (23, 0, 0, 0, 0, 0, 23)
    assert told.others == ((2, 30, 0, 0, 0, 0, 23), (2, 300, 0, 0, 0, 2, 3), (230, 0, 0, 0, 0, 2, 3))
    assert told.other_count == 3


def test_two_ways_that_add_up_leave_none() -> None:
    assert tell_apart(TABLE_3, {"received_new": "1111000113"}, {}) == {}


def test_known_lines_strike_out_what_does_not_add_up_with_them() -> None:
    known = {
        line_id: (5, 0, 0, 0, 0, 0, 5) if line_id in ("granted_full", "results_total") else (0,) * 7
        for line_id in (line.id for line in TABLE_3.lines)
        if line_id != "received_new"
    }
    assert tell_apart(TABLE_3, {"received_new": "5000005"}, known)["received_new"].figures == (5, 0, 0, 0, 0, 0, 5)
    assert tell_apart(TABLE_3, {"received_new": "6000006"}, known) == {}


@pytest.mark.parametrize("run", ["1" * 40, "9" * 60, "12" * 25, "1" * 5000, "0" * 59])
@pytest.mark.parametrize("table", [TABLE_2, TABLE_3, TABLE_4], ids=["t2", "t3", "t4"])
def test_endless_run_is_given_up_within_bounds(table, run: str) -> None:
    tracemalloc.start()
    told = tell_apart(table, {table.lines[0].id: run}, {})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told == {}
    assert peak < 50_000_000
