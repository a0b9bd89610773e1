"""The crawl of a home folder: its register of portals, its frontier, and the shelf its bytes go to."""

import sqlite3
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.archive import open_archive
from crawler.crawl import CrawlProgress, PortalResult, crawl_portals
from crawler.discovery import PageCollector, Proposal, propose_entry, write_probe
from crawler.limits import CrawlLimits, write_user_agent
from crawler.portals import Politeness, Portal, RegisterProblem, read_register
from crawler.shelf import Fetched
from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store.documents import keep_bytes, remove_stale_copies
from gongkai.store.manifest import Sighting, open_manifest, record_sighting
from gongkai.warehouse.lock import LockHolder, hold_lock

# Front page, rules and the columns it names.
PAGES_TO_LOOK_AT = 12

OnWait = Callable[[LockHolder | None], None]


class DiscoveryError(Exception):
    """A portal's front page did not answer; `result` says what came instead."""

    def __init__(self, result: PortalResult) -> None:
        super().__init__(f"{result.status}: {result.detail}")
        self.result = result


class RegisterError(Exception):
    """Records of the register are unsound; `problems` names each."""

    def __init__(self, problems: tuple[RegisterProblem, ...]) -> None:
        super().__init__(f"{len(problems)} unsound records in the register of portals, first: {problems[0]}")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a crawl did, portal by portal, in the register's order."""

    results: tuple[PortalResult, ...]

    @property
    def has_news(self) -> bool:
        """Whether a document is new or came with other bytes."""
        return any(result.events["new"] or result.events["revised"] for result in self.results)


@dataclass(frozen=True, slots=True)
class HomeShelf:
    """Keeps fetched bytes in the home folder; an address is a document's place."""

    home: Home
    manifest: sqlite3.Connection

    def keep(self, content: bytes) -> str:
        """The bytes are safe on disk when this returns their sha256."""
        return keep_bytes(self.home, content).document_id

    def record(self, fetched: Fetched) -> None:
        """A sighting at the address, which is also where it came from."""
        sighting = Sighting("crawl", fetched.file_name, fetched.address, fetched.fetched_at, fetched.address)
        record_sighting(self.manifest, fetched.document_id, fetched.byte_size, sighting)


def read_portals(settings: Settings) -> tuple[Portal, ...]:
    """The register of portals. Raises `RegisterError` when a record is unsound."""
    portals, problems = read_register(settings.portals)
    if problems:
        raise RegisterError(problems)
    return portals


def choose_portals(portals: Iterable[Portal], names: Iterable[str], *, unverified: bool) -> tuple[Portal, ...]:
    """The portals that are named, whatever their status; without names the verified ones, the unverified if asked."""
    wanted = frozenset(names)
    if wanted:
        return tuple(portal for portal in portals if portal.id in wanted)
    statuses = {"verified", "unverified"} if unverified else {"verified"}
    return tuple(portal for portal in portals if portal.status in statuses)


def write_limits(settings: Settings) -> CrawlLimits:
    """What bounds a crawl, as set."""
    return CrawlLimits(
        user_agent=write_user_agent(version("gongkai"), settings.contact),
        allow_private=settings.crawl_private_addresses,
        max_bytes=settings.crawl_max_bytes,
        timeout_seconds=settings.crawl_timeout_seconds,
        patience_seconds=settings.crawl_patience_seconds,
        pages_per_portal=settings.crawl_pages,
    )


def crawl_home(
    home: Home,
    settings: Settings,
    portals: Iterable[Portal],
    report_year: int | None = None,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    on_wait: OnWait | None = None,
) -> CrawlSummary:
    """Crawls portals into a home folder; one crawl at a time, another one waits.

    Can be killed at any moment and called again. What it fetched enters the warehouse with the next run.
    """
    home.ensure()
    with ExitStack() as stack:
        stack.enter_context(hold_lock(home.crawl_lock, on_wait))
        remove_stale_copies(home)
        manifest = stack.enter_context(_open_frontier(home.manifest))
        archive = stack.enter_context(open_archive(home.warc)) if settings.crawl_warc else None
        limits, shelf = write_limits(settings), HomeShelf(home, manifest)
        results = crawl_portals(manifest, portals, shelf, limits, report_year, archive, on_progress)
    return CrawlSummary(results)


def discover_portal(address: str, settings: Settings, politeness: Politeness | None = None) -> Proposal:
    """Looks at a portal's front page and the columns it names, as politely as a crawl, and proposes an entry.

    Nothing is kept. Raises `AddressError` for no web address, and `DiscoveryError` when the front page does not answer.
    """
    probe = write_probe(address, politeness or Politeness())
    collector = PageCollector()
    limits = replace(write_limits(settings), pages_per_portal=PAGES_TO_LOOK_AT)
    with TemporaryDirectory() as folder:
        home = Home(Path(folder)).ensure()
        with _open_frontier(home.manifest) as manifest:
            [result] = crawl_portals(manifest, [probe], HomeShelf(home, manifest), limits, archive=collector)
    if not collector.pages:
        raise DiscoveryError(result)
    return propose_entry(probe, collector)


@contextmanager
def _open_frontier(path: Path) -> Generator[sqlite3.Connection]:
    """The manifest without a flush at every step: a killed process loses nothing by it, and after a power cut the last
    pages are asked for again, as their documents are flushed before they are recorded."""
    with open_manifest(path) as manifest:
        manifest.execute("PRAGMA synchronous = NORMAL")
        yield manifest
