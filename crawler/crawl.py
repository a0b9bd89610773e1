"""One crawl over some portals: rounds are opened, the engine runs, and each portal gets its status."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from crawler.addresses import normalise_address
from crawler.engine import run_engine
from crawler.frontier import Frontier
from crawler.limits import CrawlLimits
from crawler.outcomes import GAPS, UNREACHABLE, PageOutcome, PortalStatus
from crawler.pages import Kind
from crawler.portals import Portal
from crawler.receiving import Event, Receiver
from crawler.shelf import Archive, Shelf
from crawler.turns import Turn, Turns

# Statuses of a round that is gone on with another time; in all others it is closed.
OPEN_STATUSES: frozenset[PortalStatus] = frozenset({"crawling", "budget_spent", "page_limit", "deferred"})


@dataclass(frozen=True, slots=True)
class PortalResult:
    """What a crawl did at one portal: requests, documents new, changed and unchanged, pages vanished and failed."""

    portal_id: str
    status: PortalStatus
    detail: str | None
    events: Counter[Event]
    outcomes: Mapping[tuple[Kind, PageOutcome], int]
    waiting: int


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """One answer has been dealt with: of which portal, and how many in all."""

    portal_id: str
    asked: int
    address: str


def crawl_portals(
    manifest: sqlite3.Connection,
    portals: Iterable[Portal],
    shelf: Shelf,
    limits: CrawlLimits,
    report_year: int | None = None,
    archive: Archive | None = None,
    on_progress: Callable[[CrawlProgress], None] | None = None,
) -> tuple[PortalResult, ...]:
    """Crawls portals until nothing is due, and says of each what became of it.

    A crawl that was killed is gone on with: call it again with the same year. With a year, what is named as another
    year's is left. Whoever calls holds the only crawl of this manifest.
    """
    named = {portal.id: portal for portal in portals}
    frontier = Frontier(manifest)
    turns = Turns(frontier, named, limits, report_year)
    receiver = Receiver(turns, shelf)
    for portal in named.values():
        frontier.open_round(portal, report_year, turns.clock())
    turns.start()
    asked: Counter[str] = Counter()

    def tell(turn: Turn) -> None:
        asked["all"] += 1
        if on_progress is not None:
            on_progress(CrawlProgress(turn.page.portal_id, asked["all"], turn.address))

    run_engine(turns, receiver, archive, tell)
    return tuple(_close(portal, turns, receiver) for portal in named.values())


def _close(portal: Portal, turns: Turns, receiver: Receiver) -> PortalResult:
    frontier = turns.frontier
    outcomes = frontier.count_outcomes(portal.id)
    waiting = frontier.count_waiting(portal.id, turns.report_year)
    if portal.id in turns.stopped:
        status, detail = turns.stopped[portal.id]
    else:
        status, detail = decide_status(portal, frontier, outcomes)
    frontier.close_round(portal.id, status, detail, None if status in OPEN_STATUSES else turns.clock())
    return PortalResult(portal.id, status, detail, receiver.events[portal.id], outcomes, waiting)


def decide_status(
    portal: Portal, frontier: Frontier, outcomes: Mapping[tuple[Kind, PageOutcome], int]
) -> tuple[PortalStatus, str | None]:
    """What became of a portal that was asked to the end: by its start pages first, then by what they led to."""
    starts = {frontier.read_outcome(portal, normalise_address(start)) for start in portal.starts}
    if not starts & {"fetched", "unchanged", "redirected"}:
        return _decide_start(starts)
    documents = sum(count for (kind, _), count in outcomes.items() if kind in ("article", "attachment"))
    if not documents:
        scripts = any(outcome == "needs_script" for _, outcome in outcomes)
        return ("needs_script", "a list") if scripts else ("no_column", "no link to a report was found")
    gaps = Counter({outcome: count for (_, outcome), count in outcomes.items() if outcome in GAPS})
    if gaps:
        return "incomplete", ", ".join(f"{outcome} {count}" for outcome, count in gaps.most_common())
    return "complete", None


def _decide_start(starts: set[PageOutcome | None]) -> tuple[PortalStatus, str | None]:
    named = sorted(outcome for outcome in starts if outcome is not None)
    detail = f"start page: {', '.join(named)}"
    if starts & UNREACHABLE:
        return "unreachable", detail
    if "private_address" in starts:
        return "unreachable", detail
    for status in ("disallowed", "login_page", "needs_script"):
        if status in starts:
            return status, detail
    return "no_column", detail
