"""Whose turn it is: one page a host at a time, the one that is due first, after the host has rested."""

import random
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.addresses import is_public, read_literal_ip, read_origin
from crawler.frontier import Answer, Frontier, FrontierPage
from crawler.limits import CrawlLimits
from crawler.outcomes import PageOutcome, PortalStatus
from crawler.portals import Portal
from crawler.robots import Robots, read_robots

ROBOTS_HOURS = 24

Clock = Callable[[], datetime]


def read_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a host is asked next, and not before when; `page` waits for it, also where `robots.txt` comes first."""

    address: str
    host: str
    page: FrontierPage
    not_before: datetime
    is_robots: bool = False


@dataclass(slots=True)
class Turns:
    """Takes turns over the hosts of the portals in a crawl; `stopped` says why a portal is not asked any more."""

    frontier: Frontier
    portals: dict[str, Portal]
    limits: CrawlLimits
    report_year: int | None
    clock: Clock = read_clock
    hosts: deque[str] = field(default_factory=deque)
    busy: set[str] = field(default_factory=set)
    # The portals that each host may be asked for.
    askers: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    stopped: dict[str, tuple[PortalStatus, str | None]] = field(default_factory=dict)
    robots: dict[str, Robots | PageOutcome] = field(default_factory=dict)
    # Where an origin's rules were moved to, when it said so.
    robots_places: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Queues every host that has pages waiting."""
        for portal in self.portals.values():
            for host in portal.allowed_hosts:
                self.askers[host].append(portal.id)
        self.wake(self.frontier.list_hosts(self.portals))

    def wake(self, hosts: Iterable[str]) -> None:
        """Queues hosts that may have something to be asked for."""
        self.hosts.extend(host for host in hosts if host not in self.busy and host not in self.hosts)

    def take(self) -> Turn | None:
        """The next turn of a host that is free; null when every host is busy or has nothing due."""
        while self.hosts:
            host = self.hosts.popleft()
            turn = self._find_turn(host)
            if turn is not None:
                self.busy.add(host)
                return turn
        return None

    def has_next(self) -> bool:
        """Whether a host is queued; one that turns out to have nothing leaves the queue when it is taken."""
        return bool(self.hosts)

    def release(self, host: str) -> None:
        """A host's answer has been dealt with: it may be asked again when it has rested."""
        self.busy.discard(host)
        self.wake([host])

    def stop(self, portal_id: str, status: PortalStatus, detail: str | None = None) -> None:
        """Asks nothing more of a portal in this crawl; the first reason stands."""
        self.stopped.setdefault(portal_id, (status, detail))

    def mark_asked(self, turn: Turn) -> None:
        """Counts a request that is about to be sent, and lets its host rest from now on."""
        now = self.clock()
        portal = self.portals[turn.page.portal_id]
        self.asked[portal.id] += 1
        key = None if turn.is_robots else turn.page.page_key
        self.frontier.mark_asked(turn.host, key, now + timedelta(seconds=self.find_delay(turn)), now)

    def rest(self, turn: Turn, seconds: float | None = None) -> datetime:
        """Lets a host rest after its answer: its delay with what chance adds, or longer; until when."""
        portal = self.portals[turn.page.portal_id]
        pause = self.find_delay(turn) + random.uniform(0, portal.politeness.jitter_seconds)
        until = self.clock() + timedelta(seconds=max(pause, seconds or 0))
        self.frontier.hold_host(turn.host, until)
        return until

    def find_delay(self, turn: Turn) -> float:
        """The seconds between two requests to a host: the register's, or more where `robots.txt` asks for more."""
        portal = self.portals[turn.page.portal_id]
        robots = self.robots.get(read_origin(turn.page.address))
        asked = robots.delay_seconds if isinstance(robots, Robots) else None
        return max(portal.politeness.delay_seconds, asked or 0)

    def _find_turn(self, host: str) -> Turn | None:
        while (page := self._find_page(host)) is not None:
            ready_at, asked_today = self.frontier.read_host(host, self.clock())
            portal = self.portals[page.portal_id]
            if asked_today >= portal.politeness.requests_per_day:
                self.stop(portal.id, "budget_spent", f"{asked_today} requests today")
                continue
            if self.asked[portal.id] >= self.limits.pages_per_portal:
                self.stop(portal.id, "page_limit", f"{self.limits.pages_per_portal} requests in this crawl")
                continue
            not_before = max(ready_at, page.due_at)
            if (not_before - self.clock()).total_seconds() > self.limits.patience_seconds:
                self.stop(portal.id, "deferred", f"until {not_before:%Y-%m-%d %H:%M} UTC")
                continue
            robots = self._find_robots(read_origin(page.address))
            refused = self._find_refusal(page, robots)
            if refused is not None:
                self._settle(page, refused)
                continue
            if robots is None:
                origin = read_origin(page.address)
                place = self.robots_places.get(origin, f"{origin}/robots.txt")
                return Turn(place, host, page, not_before, is_robots=True)
            return Turn(page.address, host, page, not_before)
        return None

    def _find_page(self, host: str) -> FrontierPage | None:
        open_portals = [portal_id for portal_id in self.askers[host] if portal_id not in self.stopped]
        return self.frontier.find_next(host, open_portals, self.report_year) if open_portals else None

    def _find_robots(self, origin: str) -> Robots | PageOutcome | None:
        if origin not in self.robots:
            known = self.frontier.read_robots(origin, self.clock() - timedelta(hours=ROBOTS_HOURS))
            if known is None:
                return None
            self.robots[origin] = read_robots(known)
        return self.robots[origin]

    def _find_refusal(self, page: FrontierPage, robots: Robots | PageOutcome | None) -> Answer | None:
        literal = read_literal_ip(page.host)
        if literal is not None and not self.limits.allow_private and not is_public(page.host):
            return Answer("private_address", page.host)
        if isinstance(robots, Robots):
            return None if robots.allows(page.address) else Answer("disallowed", "robots.txt")
        return None if robots is None else Answer(robots, "robots.txt could not be read")

    def _settle(self, page: FrontierPage, answer: Answer) -> None:
        with self.frontier.write():
            self.frontier.settle(page, answer, self.clock())
