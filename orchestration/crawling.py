"""The crawl: one asset by report year and shard of the portals, its checks, its job and its schedule."""

import datetime as dt
import zlib
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import dagster as dg

from crawler.portals import Portal
from gongkai.crawl_yields import PortalYield, are_reports_due, count_yields
from gongkai.crawling import CrawlSummary, choose_portals, crawl_home, read_portals
from gongkai.settings import Settings
from orchestration.resources import Workplace
from orchestration.schedules import MONTHLY_CRON, TIMEZONE, WEEKLY_CRON, find_report_year
from orchestration.texts import describe

# The first year that had to be reported on.
FIRST_REPORT_YEAR = "2008"
SHARDS = tuple(f"shard_{number:02}" for number in range(16))
# A year's reports come out in the year after: the partition of a year opens when the year has ended.
REPORT_YEARS = dg.TimeWindowPartitionsDefinition(
    start=FIRST_REPORT_YEAR, fmt="%Y", cron_schedule="0 0 1 1 *", timezone=TIMEZONE
)
CRAWL_PARTITIONS = dg.MultiPartitionsDefinition(
    {"report_year": REPORT_YEARS, "portal_shard": dg.StaticPartitionsDefinition(list(SHARDS))}
)
# One crawl at a time: the home's lock would have the second one wait.
CRAWL_POOL = "crawl"
CRAWL_JOB = "crawl"
REFUSED = ("blocked", "captcha", "rate_limited", "unreachable")

ANSWER_CHECK = dg.AssetCheckSpec(
    "every_portal_answers", asset="crawled_documents", description=describe("check.every_portal_answers")
)
YIELD_CHECK = dg.AssetCheckSpec(
    "every_portal_yields", asset="crawled_documents", description=describe("check.every_portal_yields")
)


@dg.asset(
    partitions_def=CRAWL_PARTITIONS,
    group_name="ingestion",
    description=describe("asset.crawled_documents"),
    kinds={"file"},
    check_specs=[ANSWER_CHECK, YIELD_CHECK],
    pool=CRAWL_POOL,
)
def crawled_documents(
    context: dg.AssetExecutionContext, workplace: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult:
    """Crawls the verified portals of one shard for one report year."""
    key = dg.MultiPartitionKey(CRAWL_PARTITIONS.get_partition_key_from_str(context.partition_key).keys_by_dimension)
    report_year, shard = int(key.keys_by_dimension["report_year"]), key.keys_by_dimension["portal_shard"]
    portals = find_shard_portals(workplace.settings, shard)
    summary = crawl_home(workplace.home, workplace.settings, portals, report_year, on_wait=workplace.reporter.wait)
    workplace.reporter.record(summary)
    yields = count_yields(workplace.home, portals, report_year)
    is_due = are_reports_due(report_year, dt.datetime.now(ZoneInfo(TIMEZONE)).date())
    events = {
        event: sum(result.events[event] for result in summary.results)
        for event in ("asked", "new", "revised", "unchanged", "vanished", "failed")
    }
    return dg.MaterializeResult(
        metadata={"portals": len(portals), **events, "results": tabulate_results(summary)},
        check_results=[check_answers(summary), check_yields(yields, is_due=is_due)],
    )


crawl_job = dg.define_asset_job(
    CRAWL_JOB,
    selection=dg.AssetSelection.assets(crawled_documents),
    description=describe("job.crawl"),
)


def define_yearly_crawl(settings: Settings) -> dg.ScheduleDefinition:
    """The schedule on one register: a run for each shard that has verified portals, six hours before the refresh."""

    @dg.schedule(
        name="yearly_crawl",
        cron_schedule=[move_to_midnight(WEEKLY_CRON), move_to_midnight(MONTHLY_CRON)],
        execution_timezone=TIMEZONE,
        job=crawl_job,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=describe("schedule.yearly_crawl"),
    )
    def yearly_crawl(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest] | dg.SkipReason:
        tick = context.scheduled_execution_time.astimezone(ZoneInfo(TIMEZONE))
        year = str(find_report_year(tick))
        shards = [shard for shard in SHARDS if find_shard_portals(settings, shard)]
        if not shards:
            return dg.SkipReason("no portal of the register is verified")
        return [
            dg.RunRequest(
                run_key=f"yearly_crawl:{tick:%Y-%m-%d}:{shard}",
                partition_key=dg.MultiPartitionKey({"report_year": year, "portal_shard": shard}),
            )
            for shard in shards
        ]

    return yearly_crawl


def find_shard_portals(settings: Settings, shard: str) -> tuple[Portal, ...]:
    """The verified portals of a shard; a portal stays in its shard whatever is registered beside it."""
    return tuple(
        portal for portal in choose_portals(read_portals(settings), (), unverified=False) if name_shard(portal) == shard
    )


def name_shard(portal: Portal) -> str:
    """The shard of a portal, by its id."""
    return SHARDS[zlib.crc32(portal.id.encode()) % len(SHARDS)]


def move_to_midnight(cron: str) -> str:
    """The same days as a schedule at six, at midnight."""
    minute, _, days = cron.split(" ", 2)
    return f"{minute} 0 {days}"


def check_answers(summary: CrawlSummary) -> dg.AssetCheckResult:
    """Fails, as a warning, when a portal refused or did not answer."""
    refused = [result for result in summary.results if result.status in REFUSED]
    return dg.AssetCheckResult(
        check_name=ANSWER_CHECK.name,
        passed=not refused,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={result.portal_id: f"{result.status}: {result.detail}" for result in refused},
    )


def check_yields(yields: Iterable[PortalYield], *, is_due: bool) -> dg.AssetCheckResult:
    """Fails, as a warning, when reports are due and a portal gave nothing, or far fewer than the year before."""
    short = [each for each in yields if each.is_short]
    return dg.AssetCheckResult(
        check_name=YIELD_CHECK.name,
        passed=not (short and is_due),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"is_due": is_due, **{each.portal_id: f"{each.count} after {each.previous_count}" for each in short}},
    )


def tabulate_results(summary: CrawlSummary) -> dg.TableMetadataValue:
    """The portals as a table: what became of each, and what it gave."""
    records = [
        dg.TableRecord(
            {
                "portal": result.portal_id,
                "status": result.status,
                "detail": result.detail or "",
                "asked": result.events["asked"],
                "new": result.events["new"],
                "revised": result.events["revised"],
                "waiting": result.waiting,
            }
        )
        for result in summary.results
    ]
    names = ("portal", "status", "detail", "asked", "new", "revised", "waiting")
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(name) for name in names]))
