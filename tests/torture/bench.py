"""Runs cases: builds each report, reads it back, judges it; each case with a limit of processor time."""

import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from types import FrameType

from parsers.reading import read_reports
from tests.torture.build import Case, build_draft, parse_case
from tests.torture.judging import Judgement, Silent, judge_reports
from tests.torture.printing import Draft
from tests.torture.renderers import RENDERERS
from tests.torture.renderers.record import Renderer

PROCESSES = 2
_MOST_SECONDS = 120
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


def write_documents(renderer: Renderer, drafts: list[Draft]) -> list[bytes]:
    """The documents of these drafts, in the renderer's format."""
    documents = [renderer.write(draft) for draft in drafts]
    return documents if renderer.convert is None else renderer.convert(documents)


def run_batch(texts: list[str]) -> list[Outcome]:
    """Build, read and judge cases of one carrier, given as printed."""
    cases = [parse_case(text) for text in texts]
    built = [build_draft(case) for case in cases]
    documents = write_documents(RENDERERS[cases[0].carrier], [draft for draft, _ in built])
    return [
        _read_case(case, draft, damages, document)
        for case, (draft, damages), document in zip(cases, built, documents, strict=True)
    ]


def run_case(text: str) -> Outcome:
    """Build, read and judge one case."""
    return run_batch([text])[0]


def _read_case(case: Case, draft: Draft, damages: tuple[str, ...], document: bytes) -> Outcome:
    style = " ".join(f"{name}={value}" for name, value in draft.style.items() if name != "carrier")
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
    try:
        reports = read_reports(document)
    except TooSlowError:
        slow = Silent("report", "a report", f"nothing in {_MOST_SECONDS} seconds of processor time")
        return Outcome(case, damages, style, Judgement(status="too_slow", silent=[slow]))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if {report.status for report in reports} <= _NOT_READ:
        return Outcome(case, damages, style, None)
    return Outcome(case, damages, style, judge_reports(draft, reports))


def list_cases(carrier: str, reports: int, seed: int) -> list[Case]:
    """The cases of one carrier."""
    return [Case(carrier, seed, number) for number in range(reports)]


def run_cases(cases: list[Case], processes: int = PROCESSES) -> Iterator[Outcome]:
    """Run cases in several processes, in order."""
    batches: list[list[str]] = []
    for case in cases:
        size = RENDERERS[case.carrier].batch
        is_next = batches and batches[-1][0].startswith(f"{case.carrier}:") and len(batches[-1]) < size
        if is_next:
            batches[-1].append(str(case))
        else:
            batches.append([str(case)])
    if processes == 1:
        for batch in batches:
            yield from run_batch(batch)
        return
    with ProcessPoolExecutor(processes) as pool:
        for outcomes in pool.map(run_batch, batches):
            yield from outcomes
