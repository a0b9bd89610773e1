"""A crawl that is killed again and again, over many portals, then a run: as tests in small, by this command in full.

`make endurance` prints what it saw, or fails.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import yaml

from crawler.families.catalogue import FAMILY_IDS
from crawler.portals import Politeness, Portal
from gongkai.home import Home
from gongkai.store.manifest import open_manifest
from tests.crawler.agency_years import compare_home
from tests.crawler.made_reports import MadeReport, make_reports
from tests.crawler.servers import PortalServer, serve_portal
from tests.crawler.sites import FAST, publish

ROOT = Path(__file__).resolve().parents[2]


def publish_many(
    stack: ExitStack, hosts: int, reports: Sequence[MadeReport], politeness: Politeness = FAST
) -> tuple[list[PortalServer], list[Portal]]:
    """Shares reports among portals of every family in turn, each on a host of its own."""
    servers, portals = [], []
    for number in range(hosts):
        server = stack.enter_context(serve_portal())
        family = FAMILY_IDS[number % len(FAMILY_IDS)]
        servers.append(server)
        portals.append(publish(server, family, reports[number::hosts], f"portal-{number:02}", politeness))
    return servers, portals


def write_register(folder: Path, portals: Sequence[Portal]) -> None:
    """The register as `gongkai crawl` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [portal.model_dump(mode="json", exclude_none=True) for portal in portals]
    (folder / "portals.yml").write_text(yaml.safe_dump(records, allow_unicode=True))


def start_command(name: str, home: Home, register: Path) -> subprocess.Popen[str]:
    """`gongkai crawl` or `gongkai run` in a process of its own."""
    environment = {
        **os.environ,
        "GONGKAI_PORTALS": str(register),
        "GONGKAI_CRAWL_PRIVATE_ADDRESSES": "1",
        "GONGKAI_CONTACT": "test@example.cn",
    }
    command = [sys.executable, "-m", "gongkai", name, "--lang", "en", "--home", str(home.root)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def run_to_the_end(name: str, home: Home, register: Path) -> str:
    """Runs a command that nobody kills; what it printed."""
    process = start_command(name, home, register)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return said


def crawl_with_kills(
    home: Home, register: Path, servers: Sequence[PortalServer], kills: int, seconds: float, random: Random
) -> int:
    """Kills crawls within some seconds of their first request, then lets one end; how many were killed under way."""
    killed = 0
    for _ in range(kills):
        before = sum(len(server.log) for server in servers)
        process = start_command("crawl", home, register)
        while process.poll() is None and sum(len(server.log) for server in servers) == before:
            time.sleep(0.01)
        time.sleep(random.uniform(0, seconds))
        if process.poll() is None:
            process.kill()
            killed += 1
        process.communicate()
    run_to_the_end("crawl", home, register)
    return killed


def check_crawl(
    home: Home, servers: Sequence[PortalServer], portals: Sequence[Portal], reports: Sequence[MadeReport]
) -> None:
    """Nothing lost, nothing twice, no host pressed, nothing disallowed asked for."""
    with open_manifest(home.manifest) as manifest:
        kept = {row[0] for row in manifest.execute("SELECT document_id FROM documents")}
        sightings = manifest.execute("SELECT document_id, count(*) FROM sightings GROUP BY 1").fetchall()
        waiting = manifest.execute("SELECT count(*) FROM crawl_pages WHERE is_waiting = 1").fetchone()[0]
        statuses = {row[0] for row in manifest.execute("SELECT status FROM crawl_portals")}
    wanted = {sha256(report.content).hexdigest() for report in reports}
    assert wanted <= kept, f"{len(wanted - kept)} reports are lost"
    assert all(sha256(home.document(name).read_bytes()).hexdigest() == name for name in kept)
    assert max(count for _, count in sightings) == 1
    assert (waiting, statuses) == (0, {"complete"})
    for server, portal in zip(servers, portals, strict=True):
        assert server.most_under_way == 1
        assert server.shortest_gap >= portal.politeness.delay_seconds
        assert not [asked.path for asked in server.log if asked.path.startswith(("/secret", "/admin"))]


def count_repeats(servers: Sequence[PortalServer]) -> int:
    """Requests for a page that had been asked for before, `robots.txt` aside."""
    paths = [[asked.path for asked in server.log if asked.path != "/robots.txt"] for server in servers]
    return sum(len(each) - len(set(each)) for each in paths)


def main() -> None:
    """The whole of it, with figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--hosts", type=int, default=20)
    options.add_argument("--reports", type=int, default=2000)
    options.add_argument("--kills", type=int, default=10)
    given = options.parse_args()
    reports = make_reports(given.reports)
    carriers = Counter("gbk page" if report.is_gbk else report.ending for report in reports)
    say(f"{len(reports)} reports: {', '.join(f'{name} {count}' for name, count in carriers.most_common())}")
    with ExitStack() as stack, TemporaryDirectory() as folder:
        home, register = Home(Path(folder) / "home").ensure(), Path(folder) / "portals"
        servers, portals = publish_many(stack, given.hosts, reports)
        write_register(register, portals)
        began = time.monotonic()
        killed = crawl_with_kills(home, register, servers, given.kills, 1.0, Random(7))
        say(f"{killed} crawls killed, all in {time.monotonic() - began:.0f} s")
        check_crawl(home, servers, portals, reports)
        asked = sum(len(server.log) for server in servers)
        say(f"{len(reports)} reports kept once each; requests {asked}, repeated {count_repeats(servers)}, disallowed 0")
        gap = min(server.shortest_gap for server in servers)
        say(f"shortest gap {gap:.4f} s, delay {FAST.delay_seconds} s; most under way at a host 1")
        began = time.monotonic()
        run_to_the_end("run", home, register)
        compared = compare_home(home, reports)
        say(f"run in {time.monotonic() - began:.0f} s: {compared.describe()}")
        assert compared.is_exact, (compared.missing, compared.surplus)
        for server in servers:
            server.log.clear()
        said = run_to_the_end("crawl", home, register)
        statuses = Counter(asked.status for server in servers for asked in server.log)
        say(f"second crawl: {statuses.total()} requests, 304: {statuses[304]}; {said.splitlines()[-1]}")
        assert statuses.keys() == {304}, statuses


def say(text: str) -> None:
    """A line of what was seen."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
