"""The frontier: every page heard of, its state, and when it is due. All of it stands in the manifest.

A step is one transaction, so a crawl killed at any moment goes on where it was: a page that was asked for and not
answered is still waiting, and its host is not asked again before its delay has passed.
"""

import sqlite3
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.addresses import compute_key, normalise_address, read_host
from crawler.outcomes import PageOutcome, PortalStatus
from crawler.pages import Kind, Link
from crawler.portals import Portal

# A day of requests is one of the portals' own.
PORTAL_TIME = ZoneInfo("Asia/Shanghai")
# A document that was the same three rounds in a row is asked for again after this time only.
STEADY_ROUNDS = 3
STEADY_DAYS = 30
DEPTH_AT_MOST = 6
BARREN_AT_MOST = 3
REDIRECTS_AT_MOST = 5

COLUMNS = (
    "page_key, portal_id, address, host, kind, report_year, depth, barren, redirects, tries, etag,"
    " last_modified, document_id, outcome, steady_rounds, due_at"
)


@dataclass(frozen=True, slots=True)
class FrontierPage:
    """A page as the frontier knows it; `due_at` is UTC, `document_id` what it held when it last answered."""

    page_key: str
    portal_id: str
    address: str
    host: str
    kind: Kind
    report_year: int | None
    depth: int
    barren: int
    redirects: int
    tries: int
    etag: str | None
    last_modified: str | None
    document_id: str | None
    outcome: PageOutcome | None
    steady_rounds: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page: the outcome, and what of the answer is kept for the next time."""

    outcome: PageOutcome
    detail: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    document_id: str | None = None


@dataclass(slots=True)
class Frontier:
    """The frontier in an open manifest; every time it is given is UTC."""

    manifest: sqlite3.Connection

    @contextmanager
    def write(self) -> Generator[None]:
        """One transaction: all of a step, or nothing of it."""
        self.manifest.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.manifest.execute("ROLLBACK")
            raise
        self.manifest.execute("COMMIT")

    def open_round(self, portal: Portal, report_year: int | None, now: datetime) -> bool:
        """Begins a round, or goes on with the one that is open for this year; whether it is a new one.

        In a new round every page that is due waits again, whatever became of it before.
        """
        with self.write():
            found = self._read_one(
                "SELECT round_no, closed_at, report_year FROM crawl_portals WHERE portal_id = ?", portal.id
            )
            if found is not None and found[1] is None and found[2] == report_year:
                return False
            number = 1 if found is None else found[0] + 1
            self.manifest.execute(
                "INSERT INTO crawl_portals VALUES (?, ?, ?, ?, NULL, 'crawling', NULL)"
                " ON CONFLICT (portal_id) DO UPDATE SET"
                " round_no = excluded.round_no, report_year = excluded.report_year,"
                " opened_at = excluded.opened_at, closed_at = NULL, status = 'crawling', detail = NULL",
                (portal.id, number, report_year, write_time(now)),
            )
            hosts = sorted(portal.allowed_hosts)
            self.manifest.execute(
                "UPDATE crawl_pages SET is_waiting = 1, tries = 0 WHERE portal_id = ? AND due_at <= ?"
                f" AND host IN ({', '.join('?' * len(hosts))})"
                " AND (outcome IS NULL OR outcome NOT IN ('too_deep', 'barren'))",
                (portal.id, write_time(now), *hosts),
            )
            starts = [Link(normalise_address(start), "start", "named in the register") for start in portal.starts]
            self._add(portal, starts, now, number, found_on=None, depth=0, barren=0, redirects=0)
        return True

    def close_round(self, portal_id: str, status: PortalStatus, detail: str | None, now: datetime | None) -> None:
        """Says what became of a portal; without a time the round stays open and is gone on with next time."""
        with self.write():
            self.manifest.execute(
                "UPDATE crawl_portals SET status = ?, detail = ?, closed_at = ? WHERE portal_id = ?",
                (status, detail, None if now is None else write_time(now), portal_id),
            )

    def add_links(self, portal: Portal, page: FrontierPage, links: Iterable[Link], now: datetime) -> int:
        """Adds links found on a page, inside `write`; how many of them lead to reports not known before.

        Columns below columns that brought nothing new are given up after a few, so that calendars end. A further page
        of the same list lies no deeper than the page itself.
        """
        listed = list(links)
        round_no = self._read_round(portal)
        reports = [link for link in listed if link.kind in ("article", "attachment")]
        place = {"found_on": page.page_key, "redirects": 0}
        new = self._add(portal, reports, now, round_no, depth=page.depth + 1, barren=0, **place)
        barren = 0 if new or page.kind == "start" else page.barren + 1
        for is_next in (True, False):
            columns = [link for link in listed if link.kind == "column" and link.is_next == is_next]
            depth = page.depth if is_next else page.depth + 1
            self._add(portal, columns, now, round_no, depth=depth, barren=barren, **place)
        return new

    def add_redirect(self, portal: Portal, page: FrontierPage, address: str, now: datetime) -> PageOutcome:
        """Adds where a page leads, inside `write`; `redirected`, or what else that makes of the page."""
        if page.redirects >= REDIRECTS_AT_MOST:
            return "redirect_loop"
        key = compute_key(address, portal.canonical_hosts)
        known = self._read_one("SELECT outcome FROM crawl_pages WHERE page_key = ?", key)
        if known is not None:
            return "redirect_loop" if known[0] in ("redirected", "redirect_loop") else "redirected"
        link = Link(address, page.kind, f"redirect from {page.address[:200]}", page.report_year)
        place = {"found_on": page.page_key, "depth": page.depth, "barren": page.barren}
        self._add(portal, [link], now, self._read_round(portal), redirects=page.redirects + 1, **place)
        return "redirected"

    def move_page(self, page: FrontierPage, address: str) -> bool:
        """Has a page asked for at another address that is the same page (https, a twin host), inside `write`.

        False when it has been sent about too often.
        """
        self.manifest.execute(
            "UPDATE crawl_pages SET address = ?, host = ?, redirects = redirects + 1 WHERE page_key = ?",
            (address, read_host(address), page.page_key),
        )
        return page.redirects < REDIRECTS_AT_MOST

    def find_next(self, host: str, portals: Iterable[str], report_year: int | None) -> FrontierPage | None:
        """The page of a host that is due first, of the portals that are open; of one year only where pages name it."""
        named = list(portals)
        found = self._read_one(
            f"SELECT {COLUMNS} FROM crawl_pages WHERE host = ? AND is_waiting = 1"
            f" AND portal_id IN ({', '.join('?' * len(named))})"
            " AND (? IS NULL OR report_year IS NULL OR report_year = ?)"
            " ORDER BY due_at, depth, found_at, page_key LIMIT 1",
            host,
            *named,
            report_year,
            report_year,
        )
        return None if found is None else _read_page(found)

    def list_hosts(self, portals: Iterable[str]) -> list[str]:
        """The hosts that have pages waiting."""
        named = list(portals)
        rows = self.manifest.execute(
            "SELECT DISTINCT host FROM crawl_pages WHERE is_waiting = 1"
            f" AND portal_id IN ({', '.join('?' * len(named))}) ORDER BY host",
            named,
        )
        return [row[0] for row in rows]

    def read_host(self, host: str, now: datetime) -> tuple[datetime, int]:
        """When a host may be asked again, and how often it was asked today; now and 0 when it never was."""
        found = self._read_one("SELECT ready_at, asked_day, asked_count FROM crawl_hosts WHERE host = ?", host)
        if found is None:
            return now, 0
        return read_time(found[0]), found[2] if found[1] == write_day(now) else 0

    def mark_asked(self, host: str, page_key: str | None, ready_at: datetime, now: datetime) -> None:
        """Counts a request before it is sent, so that a killed crawl neither forgets it nor asks again too soon."""
        with self.write():
            self.manifest.execute(
                "INSERT INTO crawl_hosts VALUES (?, ?, ?, 1) ON CONFLICT (host) DO UPDATE SET ready_at = ?,"
                " asked_count = CASE WHEN asked_day = excluded.asked_day THEN asked_count + 1 ELSE 1 END,"
                " asked_day = excluded.asked_day",
                (host, write_time(ready_at), write_day(now), write_time(ready_at)),
            )
            if page_key is not None:
                self.manifest.execute(
                    "UPDATE crawl_pages SET asked_at = ? WHERE page_key = ?", (write_time(now), page_key)
                )

    def hold_host(self, host: str, ready_at: datetime) -> None:
        """Lets a host rest until a time, when that is later than it would have rested."""
        self.manifest.execute(
            "UPDATE crawl_hosts SET ready_at = max(ready_at, ?) WHERE host = ?", (write_time(ready_at), host)
        )

    def settle(self, page: FrontierPage, answer: Answer, now: datetime) -> None:
        """Writes what became of a page in this round, inside `write`; what it held before is never forgotten."""
        is_same = answer.outcome == "unchanged" or (
            answer.outcome == "fetched" and answer.document_id is not None and answer.document_id == page.document_id
        )
        steady = page.steady_rounds + 1 if is_same else 0
        rests = page.kind in ("article", "attachment") and steady >= STEADY_ROUNDS
        due = now + timedelta(days=STEADY_DAYS) if rests else now
        self.manifest.execute(
            "UPDATE crawl_pages SET is_waiting = 0, outcome = ?, detail = ?, due_at = ?, steady_rounds = ?,"
            " etag = CASE WHEN ? THEN ? ELSE coalesce(?, etag) END,"
            " last_modified = CASE WHEN ? THEN ? ELSE coalesce(?, last_modified) END,"
            " document_id = coalesce(?, document_id), answered_at = ?,"
            " round_no = (SELECT round_no FROM crawl_portals WHERE portal_id = crawl_pages.portal_id)"
            " WHERE page_key = ?",
            (
                answer.outcome,
                answer.detail,
                write_time(due),
                steady,
                *([answer.outcome == "fetched", answer.etag, answer.etag]),
                *([answer.outcome == "fetched", answer.last_modified, answer.last_modified]),
                answer.document_id,
                write_time(now),
                page.page_key,
            ),
        )

    def postpone(self, page: FrontierPage, outcome: PageOutcome, detail: str | None, due_at: datetime) -> None:
        """Leaves a page waiting, to be tried again at a time, inside `write`."""
        self.manifest.execute(
            "UPDATE crawl_pages SET tries = tries + 1, outcome = ?, detail = ?, due_at = ? WHERE page_key = ?",
            (outcome, detail, write_time(due_at), page.page_key),
        )

    def save_robots(self, origin: str, text: str, now: datetime) -> None:
        """Keeps what an origin's `robots.txt` says, inside `write`."""
        self.manifest.execute(
            "INSERT INTO crawl_robots VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE"
            " SET robots_text = excluded.robots_text, read_at = excluded.read_at",
            (origin, text, write_time(now)),
        )

    def read_robots(self, origin: str, not_before: datetime) -> str | None:
        """What an origin's `robots.txt` said, when that was read at or after a time."""
        found = self._read_one(
            "SELECT robots_text FROM crawl_robots WHERE origin = ? AND read_at >= ?", origin, write_time(not_before)
        )
        return None if found is None else found[0]

    def read_outcome(self, portal: Portal, address: str) -> PageOutcome | None:
        """What became of a page last; null when it has not been asked for or is not known."""
        found = self._read_one(
            "SELECT outcome FROM crawl_pages WHERE page_key = ?", compute_key(address, portal.canonical_hosts)
        )
        return None if found is None else found[0]

    def count_outcomes(self, portal_id: str) -> Mapping[tuple[Kind, PageOutcome], int]:
        """How many pages of each kind ended how in the portal's round."""
        rows = self.manifest.execute(
            "SELECT kind, outcome, count(*) FROM crawl_pages JOIN crawl_portals USING (portal_id, round_no)"
            " WHERE portal_id = ? AND is_waiting = 0 AND outcome IS NOT NULL GROUP BY kind, outcome",
            (portal_id,),
        )
        return {(kind, outcome): count for kind, outcome, count in rows}

    def count_waiting(self, portal_id: str, report_year: int | None) -> int:
        """How many pages of a portal still wait in this round."""
        found = self._read_one(
            "SELECT count(*) FROM crawl_pages WHERE portal_id = ? AND is_waiting = 1"
            " AND (? IS NULL OR report_year IS NULL OR report_year = ?)",
            portal_id,
            report_year,
            report_year,
        )
        assert found is not None
        return found[0]

    def _read_round(self, portal: Portal) -> int:
        found = self._read_one("SELECT round_no FROM crawl_portals WHERE portal_id = ?", portal.id)
        assert found is not None
        return found[0]

    def _add(
        self,
        portal: Portal,
        links: Iterable[Link],
        now: datetime,
        round_no: int,
        *,
        found_on: str | None,
        depth: int,
        barren: int,
        redirects: int,
    ) -> int:
        added = 0
        for link in links:
            refused = _refuse(portal, link, depth, barren)
            inserted = self.manifest.execute(
                "INSERT INTO crawl_pages (page_key, portal_id, address, host, kind, reason, found_on, report_year,"
                " depth, barren, redirects, is_waiting, outcome, tries, due_at, steady_rounds, found_at, round_no)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?) ON CONFLICT DO NOTHING",
                (
                    compute_key(link.address, portal.canonical_hosts),
                    portal.id,
                    link.address,
                    read_host(link.address),
                    link.kind,
                    link.reason,
                    found_on,
                    link.year,
                    depth,
                    barren,
                    redirects,
                    int(refused is None),
                    refused,
                    write_time(now),
                    write_time(now),
                    round_no,
                ),
            )
            added += inserted.rowcount
        return added

    def _read_one(self, statement: str, *values: object) -> tuple | None:
        return self.manifest.execute(statement, values).fetchone()


def write_time(moment: datetime) -> str:
    """A time as the manifest writes it: UTC, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read_time(text: str) -> datetime:
    """A time as the manifest wrote it."""
    return datetime.fromisoformat(text)


def write_day(moment: datetime) -> str:
    """The day of a moment where the portals are."""
    return moment.astimezone(PORTAL_TIME).date().isoformat()


def _refuse(portal: Portal, link: Link, depth: int, barren: int) -> PageOutcome | None:
    """Why a page is written down and never asked for; null when it is to be."""
    if read_host(link.address) not in portal.allowed_hosts:
        return "off_list"
    if depth > DEPTH_AT_MOST:
        return "too_deep"
    return "barren" if barren >= BARREN_AT_MOST else None


def _read_page(row: tuple) -> FrontierPage:
    return FrontierPage(*row[:15], read_time(row[15]))
