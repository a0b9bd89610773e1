"""When the year's reports are looked for: departments must publish by 31 January, governments by 31 March."""

import datetime as dt
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.jobs import refresh_job
from orchestration.texts import describe

TIMEZONE = "Asia/Shanghai"
REPORT_YEAR_TAG = "report_year"
# Mondays at six from January to April, while reports come in; then once a month, for those who publish late or revise.
WEEKLY_CRON = "0 6 * 1-4 1"
MONTHLY_CRON = "0 6 1 5-12 *"


@dg.schedule(
    name="yearly_reports",
    cron_schedule=[WEEKLY_CRON, MONTHLY_CRON],
    execution_timezone=TIMEZONE,
    job=refresh_job,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description=describe("schedule.yearly_reports"),
)
def yearly_reports(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """One refresh a tick; it carries the year the reports of this season are about, which is the year before."""
    tick = context.scheduled_execution_time.astimezone(ZoneInfo(TIMEZONE))
    return dg.RunRequest(run_key=f"yearly_reports:{tick:%Y-%m-%d}", tags={REPORT_YEAR_TAG: str(find_report_year(tick))})


def find_report_year(tick: dt.datetime) -> int:
    """The year that reports published at this time are about."""
    return tick.year - 1
