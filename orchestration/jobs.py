"""The job from files to published data, of which each step does only what is new."""

import dagster as dg

from orchestration.texts import describe

REFRESH_JOB = "refresh"

# The crawl goes by report year and shard, in runs of its own; what it fetched is there for the next refresh.
refresh_job = dg.define_asset_job(
    REFRESH_JOB,
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("crawled_documents"),
    description=describe("job.refresh"),
)
