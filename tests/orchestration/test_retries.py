"""A step is tried again after what passes by itself, and after nothing else."""

import signal
import sqlite3
from collections.abc import Callable

import dagster as dg
import pytest

from orchestration.failures import is_interrupted
from orchestration.retries import MAX_RETRIES, retry_passing_errors


def run_step(work: Callable[[int], None]) -> dg.ExecuteInProcessResult:
    """One asset that does the work, given the number of the attempt."""

    @dg.asset
    def step(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        with retry_passing_errors(context, pause_seconds=0.01):
            work(context.retry_number)
        return dg.MaterializeResult()

    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize([step], instance=instance, raise_on_error=False)


@pytest.mark.parametrize("error", [OSError("drive is gone"), sqlite3.OperationalError("database is locked")])
def test_passing_error_is_tried_again_until_it_passes(error: Exception) -> None:
    attempts: list[int] = []

    def fail_twice(attempt: int) -> None:
        attempts.append(attempt)
        if attempt < MAX_RETRIES:
            raise error

    assert run_step(fail_twice).success
    assert attempts == [0, 1, 2]


def test_passing_error_that_stays_fails_the_step_with_its_words() -> None:
    attempts: list[int] = []

    def fail(attempt: int) -> None:
        attempts.append(attempt)
        raise OSError("drive is gone")

    result = run_step(fail)
    assert not result.success
    assert attempts == [0, 1, 2]
    [event] = [event for event in result.all_events if event.is_step_failure]
    assert "drive is gone" in event.step_failure_data.error_display_string


@pytest.mark.parametrize("error", [ValueError("wrong"), dg.Failure("refused", allow_retries=False)])
def test_other_errors_are_not_tried_again(error: Exception) -> None:
    attempts: list[int] = []

    def fail(attempt: int) -> None:
        attempts.append(attempt)
        raise error

    assert not run_step(fail).success
    assert attempts == [0]


def test_interrupt_ends_the_run_at_once() -> None:
    attempts: list[int] = []

    def interrupt(attempt: int) -> None:
        attempts.append(attempt)
        signal.raise_signal(signal.SIGINT)

    result = run_step(interrupt)
    assert not result.success
    assert attempts == [0]
    assert is_interrupted(result)
