"""The yearly schedule: when it ticks, and what run a tick asks for."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from orchestration.schedules import MONTHLY_CRON, TIMEZONE, WEEKLY_CRON, yearly_reports

SHANGHAI = ZoneInfo(TIMEZONE)


def list_ticks(first: dt.datetime, count: int) -> list[dt.datetime]:
    ticks = schedule_execution_time_iterator(first.timestamp(), yearly_reports.cron_schedule, TIMEZONE, ascending=True)
    return [next(ticks) for _ in range(count)]


def evaluate_tick(tick: dt.datetime) -> dg.RunRequest:
    result = yearly_reports.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=tick))
    assert result.run_requests is not None
    [request] = result.run_requests
    return request


def test_schedule_runs_by_default_in_shanghai_time() -> None:
    assert yearly_reports.default_status is dg.DefaultScheduleStatus.RUNNING
    assert yearly_reports.execution_timezone == "Asia/Shanghai"
    assert yearly_reports.cron_schedule == [WEEKLY_CRON, MONTHLY_CRON]


def test_schedule_ticks_weekly_until_april_and_then_monthly() -> None:
    ticks = [tick for tick in list_ticks(dt.datetime(2026, 1, 1, tzinfo=SHANGHAI), 26) if tick.year == 2026]
    weekly = [tick for tick in ticks if tick.month <= 4]
    monthly = [tick for tick in ticks if tick.month > 4]
    assert len(weekly) == 17
    assert {tick.isoweekday() for tick in weekly} == {1}
    assert {(later - earlier).days for earlier, later in itertools.pairwise(weekly)} == {7}
    assert [(tick.month, tick.day) for tick in monthly] == [(month, 1) for month in range(5, 13)]
    assert {tick.hour for tick in ticks} == {6}


@pytest.mark.parametrize("deadline", [dt.date(2026, 1, 31), dt.date(2026, 3, 31)], ids=["departments", "governments"])
def test_schedule_ticks_within_a_week_after_each_deadline(deadline: dt.date) -> None:
    first = dt.datetime.combine(deadline, dt.time(23, 59), tzinfo=SHANGHAI)
    assert list_ticks(first, 1)[0].date() - deadline <= dt.timedelta(days=7)


def test_tick_of_a_january_week_asks_for_a_refresh_of_the_year_before() -> None:
    [tick] = list_ticks(dt.datetime(2026, 1, 13, tzinfo=SHANGHAI), 1)
    assert tick.date() == dt.date(2026, 1, 19)
    request = evaluate_tick(tick)
    assert request.tags["report_year"] == "2025"
    assert request.run_key == "yearly_reports:2026-01-19"
    assert yearly_reports.job_name == "refresh"


def test_tick_in_december_still_asks_for_the_year_before() -> None:
    assert evaluate_tick(dt.datetime(2026, 12, 1, 6, tzinfo=SHANGHAI)).tags["report_year"] == "2025"


def test_tick_is_dated_in_shanghai_whatever_the_clock_it_is_given_in() -> None:
    utc = dt.datetime(2025, 12, 31, 22, tzinfo=dt.UTC)
    request = evaluate_tick(utc)
    assert (request.run_key, request.tags["report_year"]) == ("yearly_reports:2026-01-01", "2025")
