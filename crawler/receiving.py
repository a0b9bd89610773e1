"""What is done with an answer: bytes are kept, links queued, the page settled, all in one transaction."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Literal

from crawler.addresses import AddressError, compute_key, normalise_address, read_host, read_literal_ip, read_origin
from crawler.families.reading import read_links
from crawler.frontier import Answer, FrontierPage
from crawler.judging import REDIRECTS, Judgement, is_login_address, is_script_only, judge_answer
from crawler.outcomes import PASSING, STOPPING, PageOutcome
from crawler.pages import Link, Page
from crawler.portals import Portal
from crawler.robots import read_robots, read_robots_answer
from crawler.shelf import Fetched, Shelf, name_file
from crawler.turns import Turn, Turns

ROBOTS_HOPS = 5

Event = Literal["asked", "new", "revised", "unchanged", "vanished", "failed"]


@dataclass(slots=True)
class Receiver:
    """Deals with answers and failures of a crawl and counts what happened, portal by portal."""

    turns: Turns
    shelf: Shelf
    events: defaultdict[str, Counter[Event]] = field(default_factory=lambda: defaultdict(Counter))
    failures: Counter[str] = field(default_factory=Counter)
    robots_tries: Counter[str] = field(default_factory=Counter)

    def receive(self, turn: Turn, page: Page) -> None:
        """An answer has come."""
        self._count(turn.page, "asked")
        if turn.is_robots:
            self._receive_robots(turn, page)
            return
        judgement = judge_answer(page, turn.page.kind, self.turns.clock())
        if judgement.outcome in ("fetched", "unchanged", "redirected", "not_found"):
            del self.failures[turn.page.portal_id]
        if judgement.outcome == "fetched":
            self._receive_content(turn, page)
        elif judgement.outcome == "redirected":
            self._receive_redirect(turn, page)
        else:
            self.give_up(turn, judgement)

    def fail(self, turn: Turn, outcome: PageOutcome, detail: str) -> None:
        """No answer has come."""
        self._count(turn.page, "asked")
        if turn.is_robots:
            self._fail_robots(turn, outcome, None)
        else:
            self.give_up(turn, Judgement(outcome, detail))

    def give_up(self, turn: Turn, judgement: Judgement) -> None:
        """Settles a page without content, or leaves it waiting where trying again may help; may stop the portal."""
        page, outcome = turn.page, judgement.outcome
        if outcome in PASSING and page.tries + 1 < self.turns.limits.tries:
            until = self.turns.rest(turn, self._find_pause(turn, judgement))
            with self.turns.frontier.write():
                self.turns.frontier.postpone(page, outcome, judgement.detail, until)
        elif outcome in STOPPING:
            self._stop(turn, judgement)
        else:
            self._settle_empty(turn, judgement)
        self._count_failure(page, outcome)

    def _receive_content(self, turn: Turn, page: Page) -> None:
        portal, now = self._find_portal(turn), self.turns.clock()
        links = read_links(page, turn.page.kind, portal.family)
        if not links and turn.page.kind != "attachment" and is_script_only(page):
            self._settle_empty(turn, Judgement("needs_script", "nothing is shown without scripts"))
            return
        is_document = turn.page.kind in ("article", "attachment")
        document_id = self.shelf.keep(page.content) if is_document else None
        headers = page.headers
        answer = Answer("fetched", None, headers.get("etag"), headers.get("last-modified"), document_id)
        frontier = self.turns.frontier
        with frontier.write():
            if document_id is not None:
                fetched = Fetched(document_id, len(page.content), turn.address, name_file(turn.address), now)
                self.shelf.record(fetched)
            frontier.settle(turn.page, answer, now)
            frontier.add_links(portal, turn.page, links, now)
        self._count_document(turn.page, document_id)
        self.turns.rest(turn)
        self._wake(portal, links)

    def _receive_redirect(self, turn: Turn, page: Page) -> None:
        portal, now, frontier = self._find_portal(turn), self.turns.clock(), self.turns.frontier
        try:
            target = normalise_address(page.headers.get("location", ""), turn.address)
        except AddressError as error:
            self._settle_empty(turn, Judgement("http_error", f"redirect: {error}"))
            return
        refused = _refuse_target(portal, target)
        if refused is not None:
            self._settle_empty(turn, Judgement(refused, f"redirect to {target}"[:300]))
            return
        with frontier.write():
            if compute_key(target, portal.canonical_hosts) == turn.page.page_key:
                moved = target != turn.page.address and frontier.move_page(turn.page, target)
                outcome: PageOutcome = "redirected" if moved else "redirect_loop"
            else:
                moved, outcome = False, frontier.add_redirect(portal, turn.page, target, now)
            if not moved:
                frontier.settle(turn.page, Answer(outcome, f"to {target}"[:300]), now)
        self.turns.rest(turn)
        self.turns.wake([read_host(target)])

    def _settle_empty(self, turn: Turn, judgement: Judgement) -> None:
        outcome, page = judgement.outcome, turn.page
        if outcome == "not_found" and page.document_id is not None:
            outcome = "vanished"
        with self.turns.frontier.write():
            self.turns.frontier.settle(page, Answer(outcome, judgement.detail), self.turns.clock())
        if outcome in ("vanished", "unchanged"):
            self._count(page, outcome)
        self.turns.rest(turn)

    def _stop(self, turn: Turn, judgement: Judgement) -> None:
        outcome = judgement.outcome
        detail = f"{judgement.detail}: {turn.address}"[:300]
        self._settle_empty(turn, judgement)
        self.turns.stop(turn.page.portal_id, "blocked" if outcome == "blocked" else _name_stop(outcome), detail)

    def _count_failure(self, page: FrontierPage, outcome: PageOutcome) -> None:
        if outcome in ("unchanged", "not_found"):
            return
        self._count(page, "failed")
        if outcome not in PASSING:
            return
        self.failures[page.portal_id] += 1
        if self.failures[page.portal_id] >= self.turns.limits.failures_in_a_row:
            detail = f"{self.failures[page.portal_id]} failures in a row, last: {outcome}"
            self.turns.stop(page.portal_id, "unreachable", detail)

    def _receive_robots(self, turn: Turn, page: Page) -> None:
        origin, portal = read_origin(turn.page.address), self._find_portal(turn)
        if page.status in REDIRECTS and self.robots_tries[origin] < ROBOTS_HOPS:
            target = _resolve_or_none(page.headers.get("location", ""), turn.address)
            if target is not None and _refuse_target(portal, target) is None:
                self.robots_tries[origin] += 1
                self.turns.robots_places[origin] = target
                self.turns.rest(turn)
                return
        text = "" if page.status in REDIRECTS else read_robots_answer(page.status, page.content)
        if text is None:
            judgement = judge_answer(page, "start", self.turns.clock())
            self._fail_robots(turn, "robots_unreachable", judgement.retry_seconds)
            return
        with self.turns.frontier.write():
            self.turns.frontier.save_robots(origin, text, self.turns.clock())
        self.turns.robots[origin] = read_robots(text)
        self.turns.rest(turn)

    def _fail_robots(self, turn: Turn, outcome: PageOutcome, retry_seconds: float | None) -> None:
        """Rules that cannot be read forbid everything for this crawl; the next one asks again."""
        origin = read_origin(turn.page.address)
        self.robots_tries[origin] += 1
        passes = outcome in PASSING or outcome == "robots_unreachable"
        if passes and self.robots_tries[origin] < self.turns.limits.tries:
            self.turns.rest(turn, self._find_pause(turn, Judgement(outcome, None, retry_seconds)))
            return
        self.turns.robots[origin] = outcome
        self.turns.rest(turn)

    def _find_pause(self, turn: Turn, judgement: Judgement) -> float:
        """What the server asks for, else a pause that grows fourfold with every try."""
        if judgement.retry_seconds is not None:
            return judgement.retry_seconds
        tries = self.robots_tries[read_origin(turn.page.address)] if turn.is_robots else turn.page.tries + 1
        limits = self.turns.limits
        # A host that was given up may still be at work on its answer.
        least = limits.timeout_seconds if judgement.outcome == "timeout" else self.turns.find_delay(turn)
        return min(max(self.turns.find_delay(turn) * 4**tries, least), limits.patience_seconds)

    def _find_portal(self, turn: Turn) -> Portal:
        return self.turns.portals[turn.page.portal_id]

    def _count_document(self, page: FrontierPage, document_id: str | None) -> None:
        if document_id is None:
            return
        if page.document_id is None:
            self._count(page, "new")
        else:
            self._count(page, "unchanged" if page.document_id == document_id else "revised")

    def _count(self, page: FrontierPage, event: Event) -> None:
        if event != "unchanged" or page.kind in ("article", "attachment"):
            self.events[page.portal_id][event] += 1

    def _wake(self, portal: Portal, links: tuple[Link, ...]) -> None:
        self.turns.wake({read_host(link.address) for link in links} & portal.allowed_hosts)


def _name_stop(outcome: PageOutcome) -> Literal["captcha", "rate_limited"]:
    return "captcha" if outcome == "captcha" else "rate_limited"


def _refuse_target(portal: Portal, target: str) -> PageOutcome | None:
    """Why a redirect is not followed: out of the allow-list, into a private network, or to a login."""
    host = read_host(target)
    if is_login_address(target):
        return "login_page"
    if host in portal.allowed_hosts:
        return None
    return "private_address" if read_literal_ip(host) is not None or host == "localhost" else "off_list"


def _resolve_or_none(location: str, base: str) -> str | None:
    try:
        return normalise_address(location, base)
    except AddressError:
        return None
