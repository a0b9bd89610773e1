"""The code location: all that Dagster knows of one home folder."""

import dagster as dg

from gongkai.home import Home
from gongkai.settings import Settings
from orchestration.assets import catalogue, define_published_warehouse, documents, parsed_reports, raw_tables
from orchestration.crawling import crawl_job, crawled_documents, define_yearly_crawl
from orchestration.dbt import define_dbt_assets, define_dbt_resource
from orchestration.jobs import refresh_job
from orchestration.manifest import prepare_manifest
from orchestration.resources import Reporter, define_workplace
from orchestration.schedules import yearly_reports
from orchestration.sensors import define_inbox_sensor


def define_location(home: Home, settings: Settings, reporter: Reporter | None = None) -> dg.Definitions:
    """Assets, checks, job, schedule, sensor and resources for a home; reads dbt's manifest, or makes it first.

    The steps of a run share one process, so that a run which has taken the warehouse keeps it until it has published.
    """
    dbt = define_dbt_resource()
    dbt_models = define_dbt_assets(prepare_manifest(home, dbt))
    files = [documents, parsed_reports, raw_tables]
    return dg.Definitions(
        assets=[crawled_documents, *files, dbt_models, define_published_warehouse(dbt_models), catalogue],
        jobs=[crawl_job, refresh_job],
        schedules=[define_yearly_crawl(settings), yearly_reports],
        sensors=[define_inbox_sensor(home)],
        executor=dg.in_process_executor,
        resources={"dbt": dbt, "workplace": define_workplace(home, settings, reporter or Reporter())},
    )
