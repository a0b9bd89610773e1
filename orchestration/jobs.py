"""The one job: everything from files to published data, of which each step does only what is new."""

import dagster as dg

from orchestration.texts import describe

REFRESH_JOB = "refresh"

refresh_job = dg.define_asset_job(REFRESH_JOB, selection=dg.AssetSelection.all(), description=describe("job.refresh"))
