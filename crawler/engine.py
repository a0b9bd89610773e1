"""Scrapy around the frontier: a scheduler that takes turns, a middleware that keeps the pace, a spider that receives.

Scrapy's own retries, redirects, cookies and `robots.txt` are off: each of them asks a host without a turn, and none of
them outlives a killed process. All of it is done over the frontier instead.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.downloads import PrivateAddressError
from crawler.limits import CrawlLimits
from crawler.outcomes import PageOutcome
from crawler.pages import Page
from crawler.receiving import Receiver
from crawler.shelf import Archive
from crawler.turns import Turn, Turns

ACCEPTED = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FAILURES: tuple[tuple[type[BaseException], PageOutcome], ...] = (
    (CannotResolveHostError, "dns_error"),
    (DownloadTimeoutError, "timeout"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too_large"),
    (DownloadConnectionRefusedError, "connection_failed"),
    (UnsupportedURLSchemeError, "http_error"),
    (DownloadFailedError, "connection_failed"),
)

BREAK_OFF_ROUNDS = 3

OnAnswer = Callable[[Turn], None]


class PortalSpider(Spider):
    """Receives what the turns were asked for. A mistake of ours ends the crawl and is raised after it."""

    name = "portals"

    def __init__(
        self, turns: Turns, receiver: Receiver, archive: Archive | None, on_answer: OnAnswer | None, **named: Any
    ) -> None:
        super().__init__(**named)
        self.turns = turns
        self.receiver = receiver
        self.archive = archive
        self.on_answer = on_answer
        self.defect: BaseException | None = None

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the scheduler has what there is to ask for."""
        for nothing in ():
            yield nothing

    def receive(self, response: Response) -> None:
        """Hands an answer to the receiver."""
        request = response.request
        assert request is not None
        turn: Turn = request.meta["turn"]
        headers = {name.decode("latin-1").lower(): _join(values) for name, values in response.headers.items()}
        page = Page(turn.address, response.status, headers, response.body)
        if self.archive is not None:
            self.archive.write(turn.address, response.status, list(headers.items()), response.body)
        self._deal(turn, lambda: self.receiver.receive(turn, page))

    def fail(self, failure: Failure, turn: Turn) -> None:
        """Hands a failure to the receiver, under the name it has among outcomes."""
        error = failure.value
        if isinstance(error, asyncio.CancelledError):
            return
        outcome = name_failure(error)
        if error is None or outcome is None:
            self._break_off(error or RuntimeError(failure.getErrorMessage()))
            return
        self._deal(turn, lambda: self.receiver.fail(turn, outcome, str(error)[:300]))

    def _deal(self, turn: Turn, act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:
            self._break_off(error)
            raise
        self.turns.release(turn.host)
        if self.on_answer is not None:
            self.on_answer(turn)

    def _break_off(self, error: BaseException) -> None:
        self.defect = self.defect or error
        for portal_id in self.turns.portals:
            self.turns.stop(portal_id, "crawling")


class TurnScheduler(BaseScheduler):
    """Gives Scrapy the next turn; the frontier is the queue, so nothing else is ever enqueued."""

    def __init__(self, spider: PortalSpider) -> None:
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "TurnScheduler":
        assert isinstance(crawler.spider, PortalSpider)
        return cls(crawler.spider)

    def has_pending_requests(self) -> bool:
        return self.spider.turns.has_next()

    def enqueue_request(self, request: Request) -> bool:
        return False

    def next_request(self) -> Request | None:
        turn = self.spider.turns.take()
        return None if turn is None else write_request(turn, self.spider)


class TurnMiddleware:
    """Waits until a host has rested, and counts the request just before it is sent."""

    def __init__(self, spider: PortalSpider) -> None:
        self.turns = spider.turns

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "TurnMiddleware":
        assert isinstance(crawler.spider, PortalSpider)
        return cls(crawler.spider)

    async def process_request(self, request: Request) -> None:
        """Sleeps for what is left of the host's rest."""
        turn: Turn = request.meta["turn"]
        while (left := (turn.not_before - self.turns.clock()).total_seconds()) > 0:
            await asyncio.sleep(left)
        self.turns.mark_asked(turn)


def write_request(turn: Turn, spider: PortalSpider) -> Request:
    """The request of a turn, conditional where the page was fetched before."""
    headers = {"Accept": ACCEPTED, "Accept-Language": "zh-CN,zh;q=0.9"}
    if not turn.is_robots and turn.page.etag is not None:
        headers["If-None-Match"] = turn.page.etag
    if not turn.is_robots and turn.page.last_modified is not None:
        headers["If-Modified-Since"] = turn.page.last_modified
    return Request(
        turn.address,
        headers=headers,
        callback=spider.receive,
        errback=partial(spider.fail, turn=turn),
        dont_filter=True,
        meta={"turn": turn, "download_slot": turn.host, "verbatim_url": True},
    )


def name_failure(error: BaseException | None) -> PageOutcome | None:
    """What a failed download is among outcomes; null for an error that is no failure of the network."""
    causes = list(_walk_causes(error))
    if any(isinstance(cause, PrivateAddressError) for cause in causes):
        return "private_address"
    if any(isinstance(cause, ssl.SSLError | ssl.CertificateError) for cause in causes):
        return "tls_error"
    return next((outcome for kind, outcome in FAILURES if isinstance(error, kind)), None)


def write_settings(limits: CrawlLimits) -> dict[str, Any]:
    """Scrapy's settings for a crawl: of its middlewares those only that ask for nothing and remember nothing."""
    handler = "crawler.downloads.PublicDownloadHandler"
    return {
        "TWISTED_REACTOR_ENABLED": False,
        "CRAWL_PRIVATE_ADDRESSES": limits.allow_private,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler, "file": None, "ftp": None, "s3": None, "data": None},
        "SCHEDULER": TurnScheduler,
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
        },
        "DOWNLOADER_MIDDLEWARES": {TurnMiddleware: 950},
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "USER_AGENT": limits.user_agent,
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        # Scrapy begins as many tasks for every answer; the spider gives no items.
        "CONCURRENT_ITEMS": 1,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": limits.timeout_seconds,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
    }


def run_engine(turns: Turns, receiver: Receiver, archive: Archive | None, on_answer: OnAnswer | None) -> None:
    """Asks until nothing is due; can be called again and again in one process.

    Raises what was a mistake of ours and no failure of a portal's, and `KeyboardInterrupt` after an interrupt.
    """
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)

    async def crawl() -> tuple[BaseException | None, bool]:
        crawler = AsyncCrawlerRunner(write_settings(turns.limits)).create_crawler(PortalSpider)
        await crawler.crawl_async(turns=turns, receiver=receiver, archive=archive, on_answer=on_answer)
        assert isinstance(crawler.spider, PortalSpider)
        return crawler.spider.defect, await _close_interrupted(crawler)

    defect, is_interrupted = asyncio.run(crawl())
    if defect is not None:
        raise defect
    if is_interrupted:
        raise KeyboardInterrupt


async def _close_interrupted(crawler: Crawler) -> bool:
    """Breaks off what is under way after an interrupt, which Scrapy's engine swallows; whether there was one."""
    task = asyncio.current_task()
    if task is None or not task.cancelling():
        return False
    task.uncancel()
    # What is cancelled begins tasks of its own that report it; they end in the next round.
    for _ in range(BREAK_OFF_ROUNDS):
        others = asyncio.all_tasks() - {task}
        for other in others:
            other.cancel()
        if others:
            await asyncio.wait(others, timeout=1)
    # The engine would wait for what was broken off; its handlers close their connections at this signal.
    await crawler.signals.send_catch_log_async(signals.engine_stopped)
    return True


def _walk_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        inner = getattr(error, "os_error", None)
        if isinstance(inner, BaseException):
            yield inner
        certificate = getattr(error, "certificate_error", None)
        if isinstance(certificate, BaseException):
            yield certificate
        error = error.__cause__ or error.__context__


def _join(values: Any) -> str:
    each = values if isinstance(values, list) else [values]
    return ", ".join(value.decode("utf-8", "replace") for value in each)
