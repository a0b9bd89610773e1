"""The crawl in Dagster: one partition materialized for real, its checks, and the runs its schedule asks for."""

import datetime as dt
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from crawler.crawl import PortalResult
from gongkai.crawl_yields import LEAST_REPORTS, PortalYield, are_reports_due
from gongkai.crawling import CrawlSummary
from gongkai.home import Home
from gongkai.settings import read_settings
from orchestration.crawling import (
    SHARDS,
    check_answers,
    check_yields,
    crawl_job,
    crawled_documents,
    define_yearly_crawl,
    find_shard_portals,
    name_shard,
)
from orchestration.resources import Reporter, define_workplace
from tests.crawler.endurance import write_register
from tests.crawler.made_reports import make_report
from tests.crawler.servers import serve_portal
from tests.crawler.sites import publish

TICK = dt.datetime(2026, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_one_partition_is_crawled(tmp_path: Path) -> None:
    reports = [make_report(number) for number in range(4)]
    with serve_portal() as server:
        portal = publish(server, "openness", reports, "one")
        write_register(tmp_path / "portals", [portal])
        settings = read_settings(portals=tmp_path / "portals", crawl_private_addresses=True)
        home = Home(tmp_path / "home").ensure()
        key = dg.MultiPartitionKey({"report_year": "2022", "portal_shard": name_shard(portal)})
        result = dg.materialize(
            [crawled_documents],
            partition_key=key,
            resources={"workplace": define_workplace(home, settings, Reporter())},
        )
    assert result.success
    [materialization] = result.asset_materializations_for_node("crawled_documents")
    wanted = sum(report.year == 2022 for report in reports)
    assert wanted > 0
    assert materialization.metadata["new"].value == wanted
    checks = {each.check_name: each.passed for each in result.get_asset_check_evaluations()}
    assert checks == {"every_portal_answers": True, "every_portal_yields": True}


def test_portal_that_gives_nothing_after_a_full_year_fails_the_check(tmp_path: Path) -> None:
    reports = [report for report in map(make_report, range(12)) if report.year == 2022]
    assert len(reports) > LEAST_REPORTS
    with serve_portal() as server:
        portal = publish(server, "openness", reports, "one")
        write_register(tmp_path / "portals", [portal])
        settings = read_settings(portals=tmp_path / "portals", crawl_private_addresses=True)
        workplace = define_workplace(Home(tmp_path / "home").ensure(), settings, Reporter())
        passed = {}
        for year in ("2022", "2023"):
            key = dg.MultiPartitionKey({"report_year": year, "portal_shard": name_shard(portal)})
            result = dg.materialize([crawled_documents], partition_key=key, resources={"workplace": workplace})
            [check] = [
                each for each in result.get_asset_check_evaluations() if each.check_name == "every_portal_yields"
            ]
            passed[year] = (check.passed, check.metadata["one"].value if "one" in check.metadata else None)
    assert passed == {"2022": (True, None), "2023": (False, f"0 after {len(reports)}")}


# Dagster's own tags for partitions of several dimensions.
@pytest.mark.filterwarnings("ignore:Non-compliant tag keys:DeprecationWarning")
def test_tick_asks_for_each_shard_with_verified_portals(tmp_path: Path) -> None:
    with serve_portal() as server:
        portal = publish(server, "openness", [make_report(1)], "one")
    write_register(tmp_path, [portal, portal.model_copy(update={"id": "two", "status": "unverified"})])
    schedule = define_yearly_crawl(read_settings(portals=tmp_path))
    repository = dg.Definitions(
        assets=[crawled_documents],
        jobs=[crawl_job],
        schedules=[schedule],
        resources={"workplace": define_workplace(Home(tmp_path), read_settings(), Reporter())},
    ).get_repository_def()
    context = dg.build_schedule_context(repository_def=repository, scheduled_execution_time=TICK)
    [request] = schedule.evaluate_tick(context).run_requests or []
    assert request.partition_key == str(
        dg.MultiPartitionKey({"report_year": "2025", "portal_shard": name_shard(portal)})
    )
    assert request.run_key == f"yearly_crawl:2026-01-12:{name_shard(portal)}"


def test_tick_without_verified_portals_is_skipped(tmp_path: Path) -> None:
    schedule = define_yearly_crawl(read_settings(portals=tmp_path))
    result = schedule.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=TICK))
    assert not result.run_requests
    assert result.skip_message == "no portal of the register is verified"


def test_schedule_runs_at_midnight_of_the_refreshing_days() -> None:
    schedule = define_yearly_crawl(read_settings())
    assert schedule.cron_schedule == ["0 0 * 1-4 1", "0 0 1 5-12 *"]
    assert schedule.execution_timezone == "Asia/Shanghai"


def test_every_portal_has_one_shard(tmp_path: Path) -> None:
    with serve_portal() as server:
        portal = publish(server, "generic", [make_report(1)], "one")
    portals = [portal.model_copy(update={"id": f"portal-{number}"}) for number in range(40)]
    write_register(tmp_path, portals)
    settings = read_settings(portals=tmp_path)
    found = [each.id for shard in SHARDS for each in find_shard_portals(settings, shard)]
    assert sorted(found) == sorted(each.id for each in portals)


@pytest.mark.parametrize(
    ("count", "before", "is_due", "passed"),
    [(0, 20, True, False), (9, 20, True, False), (10, 20, True, True), (0, 20, False, True), (0, 3, True, True)],
)
def test_portal_that_goes_silent_fails_once_reports_are_due(
    count: int, before: int, is_due: bool, passed: bool
) -> None:
    assert check_yields([PortalYield("one", 2025, count, before)], is_due=is_due).passed is passed


def test_reports_are_due_in_april() -> None:
    assert not are_reports_due(2025, dt.date(2026, 3, 31))
    assert are_reports_due(2025, dt.date(2026, 4, 1))


def test_portal_that_refuses_fails_the_check() -> None:
    refused = PortalResult("one", "blocked", "HTTP 403", Counter(), {}, 0)
    assert not check_answers(CrawlSummary((refused,))).passed
    assert check_answers(CrawlSummary(())).passed
