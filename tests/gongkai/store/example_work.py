"""Work for worker processes: numbers to double, some of which do harm."""

import os
import time
from collections.abc import Sequence

from gongkai.store.workers import Failure, Work

DEADLY = 13
ENDLESS = 17


def double(number: int) -> tuple[int, str]:
    """Twice the number; the deadly one ends the process, the endless one never comes back."""
    if number == DEADLY:
        os._exit(3)
    if number == ENDLESS:
        time.sleep(600)
    return number, str(2 * number)


def give_up(number: int, failure: Failure) -> tuple[int, str]:
    """What stands for a number that has no double."""
    return number, f"{failure.reason}: {failure.detail}"


def collect(outputs: Sequence[tuple[int, str]]) -> dict[int, str]:
    """The doubles by number."""
    return dict(outputs)


DOUBLE: Work[int, tuple[int, str], dict[int, str]] = Work(double, give_up, collect)
