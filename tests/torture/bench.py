"""Runs cases: builds each report, reads it back, judges it; in two processes, each case with a limit of time."""

import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from types import FrameType

from parsers.reading import read_reports
from tests.torture.build import Case, build_draft, parse_case
from tests.torture.judging import Judgement, Silent, judge_reports
from tests.torture.renderers import RENDERERS

PROCESSES = 2
_BATCH = 8
_MOST_SECONDS = 60
_NOT_READ = frozenset({"unsupported", "needs_tool"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with its damages and its judgement; no judgement where the carrier is not read yet."""

    case: Case
    damages: tuple[str, ...]
    style: str
    judgement: Judgement | None


class TooSlowError(Exception):
    """A document took longer to read than any document may."""


def _stop(_: int, __: FrameType | None) -> None:
    raise TooSlowError


def run_case(text: str) -> Outcome:
    """Build, read and judge one case, given as printed."""
    case = parse_case(text)
    draft, damages = build_draft(case)
    data = RENDERERS[case.carrier].write(draft)
    style = " ".join(f"{name}={value}" for name, value in draft.style.items() if name != "carrier")
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(_MOST_SECONDS)
    try:
        reports = read_reports(data)
    except TooSlowError:
        slow = Silent("report", "a report", f"nothing in {_MOST_SECONDS} seconds")
        return Outcome(case, damages, style, Judgement(status="too_slow", silent=[slow]))
    finally:
        signal.alarm(0)
    if {report.status for report in reports} <= _NOT_READ:
        return Outcome(case, damages, style, None)
    return Outcome(case, damages, style, judge_reports(draft, reports))


def list_cases(carrier: str, reports: int, seed: int) -> list[Case]:
    """The cases of one carrier."""
    return [Case(carrier, seed, number) for number in range(reports)]


def run_cases(cases: list[Case], processes: int = PROCESSES) -> Iterator[Outcome]:
    """Run cases in several processes, in order."""
    if processes == 1:
        yield from map(run_case, map(str, cases))
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(run_case, map(str, cases), chunksize=_BATCH)
