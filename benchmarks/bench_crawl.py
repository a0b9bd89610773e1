"""The crawl beside a plain httpx loop: the same pages of the same twenty hosts on loopback, as a ratio in one run.

The loop asks each host for its pages one after another and drops them. The crawl finds the pages by itself, keeps and
records every document, flushed to disk; its delay is set to a millisecond, so that its own work is measured and no
politeness.
"""

import argparse
import asyncio
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from crawler.portals import Politeness, Portal
from gongkai.crawling import crawl_home
from gongkai.home import Home
from gongkai.settings import read_settings
from tests.crawler.endurance import publish_many
from tests.crawler.made_reports import make_reports

PACE = Politeness(delay_seconds=0.001, jitter_seconds=0, requests_per_day=50000)
Pages = list[list[str]]


def serve(pipe: Connection, hosts: int, reports: int) -> None:
    """Serves the portals in a process of their own until the other end is closed."""
    with ExitStack() as stack:
        servers, portals = publish_many(stack, hosts, make_reports(reports), PACE)
        pages = [[f"{server.base}{path}" for path in server.pages] for server in servers]
        pipe.send((portals, pages))
        pipe.recv()


def loop_over(pages: Pages) -> int:
    """Asks for every page, one at a time a host; the number of answers."""

    async def ask_host(client: httpx.AsyncClient, addresses: list[str]) -> int:
        answers = [await client.get(address) for address in addresses]
        return sum(answer.status_code == 200 for answer in answers)

    async def ask_all() -> int:
        async with httpx.AsyncClient(timeout=60) as client:
            return sum(await asyncio.gather(*(ask_host(client, addresses) for addresses in pages)))

    return asyncio.run(ask_all())


def crawl_over(portals: list[Portal]) -> int:
    """Crawls into a fresh home; the number of requests."""
    with TemporaryDirectory() as folder:
        settings = read_settings(crawl_private_addresses=True, contact="bench@example.cn")
        summary = crawl_home(Home(Path(folder)), settings, portals)
        return sum(result.events["asked"] for result in summary.results)


def measure(pipe: Connection, work: Callable[..., int], given: object) -> None:
    """Runs one side in a process of its own: answers, seconds, most memory in MB."""
    began = time.perf_counter()
    answers = work(given)
    pipe.send((answers, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def run_apart(work: Callable[..., int], given: object) -> tuple[int, float, float]:
    """What `measure` says of a side."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=measure, args=(there, work, given))
    process.start()
    measured = here.recv()
    process.join()
    return measured


def main() -> None:
    """Prints both sides of each round, and the ratio of the best ones."""
    options = argparse.ArgumentParser()
    options.add_argument("--hosts", type=int, default=20)
    options.add_argument("--reports", type=int, default=600)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there, given.hosts, given.reports))
    server.start()
    portals, pages = here.recv()
    best = {"httpx": 0.0, "crawl": 0.0}
    for _ in range(given.rounds):
        for name, work, asked in (("httpx", loop_over, pages), ("crawl", crawl_over, portals)):
            answers, seconds, megabytes = run_apart(work, asked)
            best[name] = max(best[name], answers / seconds)
            sys.stdout.write(f"{name}: {answers} answers, {answers / seconds:.0f}/s, {megabytes:.0f} MB\n")
            sys.stdout.flush()
    sys.stdout.write(f"crawl / httpx: {best['crawl'] / best['httpx']:.2f}\n")
    here.send("end")
    server.join()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
