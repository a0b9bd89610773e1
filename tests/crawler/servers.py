"""Portals on loopback: real HTTP servers, each on an address of its own, that write down who asked for what when."""

import hashlib
import itertools
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Each server has a host of its own: politeness is counted by host.
HOST_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Served:
    """What a path answers with; conditional requests get 304 unless `validators` is off."""

    content: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    validators: bool = True

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it: path, when it began and ended, what was answered, how many were under way."""

    path: str
    began: float
    ended: float
    status: int
    under_way: int
    agent: str


Behaviour = Callable[["Exchange"], None]


@dataclass
class PortalServer:
    """One portal: `pages` by path with query, `behaviours` for paths that do something odd."""

    host: str
    port: int
    pages: dict[str, Served] = field(default_factory=dict)
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    under_way: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    def put(self, path: str, content: str | bytes, media_type: str = "text/html; charset=utf-8") -> None:
        self.pages[path] = Served(content.encode() if isinstance(content, str) else content, media_type)

    def count(self, path: str) -> int:
        return sum(asked.path == path for asked in self.log)

    def list_statuses(self, path: str) -> list[int]:
        return [asked.status for asked in self.log if asked.path == path]

    @property
    def shortest_gap(self) -> float:
        """Seconds between the beginnings of two requests that followed one another, at the least."""
        began = sorted(asked.began for asked in self.log)
        return min((later - earlier for earlier, later in itertools.pairwise(began)), default=float("inf"))

    @property
    def most_under_way(self) -> int:
        return max((asked.under_way for asked in self.log), default=0)


@dataclass
class Exchange:
    """One request under way, for behaviours: `number` counts the requests for this path, from 1."""

    handler: BaseHTTPRequestHandler
    server: PortalServer
    number: int
    status: int = 0

    def answer(self, served: Served) -> None:
        self.status = served.status
        handler = self.handler
        handler.send_response(served.status)
        handler.send_header("Content-Type", served.media_type)
        handler.send_header("Content-Length", str(len(served.content)))
        if served.validators and served.status == 200:
            handler.send_header("ETag", served.etag)
            handler.send_header("Last-Modified", formatdate(0, usegmt=True))
        for name, value in served.headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(served.content)

    def begin(self, status: int, *headers: tuple[str, str]) -> None:
        """Sends a head alone; the body is up to the behaviour."""
        self.status = status
        self.handler.send_response(status)
        for name, value in headers:
            self.handler.send_header(name, value)
        self.handler.end_headers()
        self.handler.close_connection = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    portal: PortalServer

    def do_GET(self) -> None:
        portal, began = self.portal, time.monotonic()
        with portal.lock:
            portal.under_way += 1
            under_way = portal.under_way
            number = portal.count(self.path) + 1
        exchange = Exchange(self, portal, number)
        try:
            self._answer(exchange)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with portal.lock:
                portal.under_way -= 1
                agent = self.headers.get("User-Agent", "")
                portal.log.append(Asked(self.path, began, time.monotonic(), exchange.status, under_way, agent))

    def _answer(self, exchange: Exchange) -> None:
        portal = exchange.server
        if self.path in portal.behaviours:
            portal.behaviours[self.path](exchange)
            return
        served = portal.pages.get(self.path)
        if served is None:
            exchange.answer(Served("<html><body>没有</body></html>".encode(), status=404, validators=False))
        elif served.validators and self.headers.get("If-None-Match") == served.etag:
            exchange.status = 304
            self.send_response(304)
            self.send_header("ETag", served.etag)
            self.end_headers()
        else:
            exchange.answer(served)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def serve_portal(port: int = 0) -> Generator[PortalServer]:
    """A portal that answers until the block is left."""
    number = next(HOST_NUMBERS)
    host = f"127.{1 + number // 60000}.{number // 250 % 250}.{number % 250 + 1}"
    handler = type("Handler", (_Handler,), {})
    server = _Server((host, port), handler)
    portal = PortalServer(host, server.server_address[1])
    handler.portal = portal
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
