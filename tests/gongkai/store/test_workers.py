"""Worker processes: a document that kills or stops one costs only itself."""

import pytest

from gongkai.store.workers import run_groups
from tests.gongkai.store.example_work import DEADLY, DOUBLE, ENDLESS


def run(numbers: list[int], workers: int, seconds: float = 30.0) -> dict[int, str]:
    groups = [numbers[start : start + 4] for start in range(0, len(numbers), 4)]
    doubled: dict[int, str] = {}
    for group, collected in run_groups(DOUBLE, groups, workers, seconds):
        assert set(group) == set(collected)
        assert not set(collected) & set(doubled)
        doubled |= collected
    return doubled


def test_every_item_is_read_once_in_this_process_and_in_others() -> None:
    expected = {number: str(2 * number) for number in range(12)}
    assert run(list(range(12)), workers=0) == expected
    assert run(list(range(12)), workers=2) == expected


def test_no_groups_start_no_process() -> None:
    assert run([], workers=2) == {}


@pytest.mark.slow
def test_item_that_kills_its_process_is_named_and_the_rest_is_read() -> None:
    doubled = run(list(range(16)), workers=2)
    assert doubled.pop(DEADLY) == "parser_crashed: exit code 3"
    assert doubled == {number: str(2 * number) for number in range(16) if number != DEADLY}


@pytest.mark.slow
def test_items_that_never_end_are_given_up_after_their_time() -> None:
    doubled = run([1, ENDLESS, DEADLY, 2], workers=1, seconds=1.0)
    assert doubled == {
        1: "2",
        2: "4",
        ENDLESS: "parser_timeout: longer than 1 s",
        DEADLY: "parser_crashed: exit code 3",
    }
