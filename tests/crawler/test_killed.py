"""A crawl killed ten times: nothing lost, nothing twice, no host pressed."""

import signal
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from crawler.portals import Politeness
from gongkai.home import Home
from tests.crawler.endurance import (
    check_crawl,
    count_repeats,
    crawl_with_kills,
    publish_many,
    run_to_the_end,
    start_command,
    write_register,
)
from tests.crawler.made_reports import make_reports

KILLS = 10
# Slow enough for ten crawls to be under way when they are killed.
POLITENESS = Politeness(delay_seconds=0.1, jitter_seconds=0.02, requests_per_day=50000)


@pytest.mark.slow
def test_crawl_that_was_killed_ten_times_is_whole(home: Home, tmp_path: Path) -> None:
    reports = make_reports(180)
    with ExitStack() as stack:
        servers, portals = publish_many(stack, 9, reports, POLITENESS)
        write_register(tmp_path / "portals", portals)
        killed = crawl_with_kills(home, tmp_path / "portals", servers, KILLS, 0.3, Random(1))
        assert killed >= KILLS - 2
        check_crawl(home, servers, portals, reports)
        # What was under way at each host when a crawl was killed is asked for again, and nothing else.
        assert count_repeats(servers) <= KILLS * len(servers)


@pytest.mark.slow
def test_interrupted_crawl_says_so_and_goes_on(home: Home, tmp_path: Path) -> None:
    reports = make_reports(18)
    with ExitStack() as stack:
        servers, portals = publish_many(stack, 2, reports, POLITENESS)
        write_register(tmp_path / "portals", portals)
        process = start_command("crawl", home, tmp_path / "portals")
        while process.poll() is None and sum(len(server.log) for server in servers) < 6:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 130
        assert said.splitlines()[-2:] == [
            "warning: interrupted: what was fetched is kept",
            "hint: run the same command again to go on",
        ]
        assert "Traceback" not in said
        run_to_the_end("crawl", home, tmp_path / "portals")
        check_crawl(home, servers, portals, reports)
