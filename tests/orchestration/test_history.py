"""The history is written through files kept open, and is whole when they are closed."""

from pathlib import Path

import dagster as dg

from gongkai.home import Home
from orchestration.instance import open_instance

RUN_ID = "0f0e0d0c-0000-4000-8000-000000000000"


def list_logs(home: Home) -> list[str]:
    return sorted(path.name for path in (home.dagster / "history").rglob("*-wal"))


def test_write_ahead_logs_stay_while_the_instance_is_open_and_are_written_back_at_its_end(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ensure()
    with open_instance(home) as instance:
        run = instance.add_run(dg.DagsterRun(job_name="refresh", run_id=RUN_ID))
        instance.report_engine_event("first", run)
        instance.report_engine_event("second", run)
        assert list_logs(home) == [f"{RUN_ID}.db-wal", "index.db-wal", "runs.db-wal"]
    assert list_logs(home) == []
    with open_instance(home) as instance:
        messages = [entry.message for entry in instance.all_logs(RUN_ID)]
    assert messages == ["first", "second"]
