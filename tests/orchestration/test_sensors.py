"""The inbox sensor: complete files start one run, unfinished ones wait, nothing runs twice."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from gongkai.home import Home
from orchestration.sensors import compute_run_key, define_inbox_sensor, read_inbox


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test() as instance:
        yield instance


class Watch:
    """The sensor over several ticks: each gets the cursor the one before has left."""

    def __init__(self, home: Home, instance: dg.DagsterInstance) -> None:
        self.sensor = define_inbox_sensor(home)
        self.instance = instance
        self.cursor: str | None = None

    def tick(self) -> list[dg.RunRequest]:
        with dg.build_sensor_context(instance=self.instance, cursor=self.cursor) as context:
            result = self.sensor.evaluate_tick(context)
        self.cursor = result.cursor
        return list(result.run_requests or [])


def test_sensor_is_running_by_default_and_launches_the_refresh(home: Home) -> None:
    sensor = define_inbox_sensor(home)
    assert sensor.default_status is dg.DefaultSensorStatus.RUNNING
    assert sensor.job_name == "refresh"


def test_empty_inbox_asks_for_nothing(home: Home, instance: dg.DagsterInstance) -> None:
    watch = Watch(home, instance)
    assert [watch.tick(), watch.tick()] == [[], []]


def test_dropped_file_asks_for_one_run_at_the_second_look(home: Home, instance: dg.DagsterInstance) -> None:
    watch = Watch(home, instance)
    (home.inbox / "年报.txt").write_text("2023年政府信息公开工作年度报告", encoding="utf-8")
    assert watch.tick() == []
    [request] = watch.tick()
    assert request.tags["inbox_files"] == "1"
    assert [again.run_key for again in watch.tick()] == [request.run_key]


def test_file_in_a_folder_of_the_inbox_is_seen(home: Home, instance: dg.DagsterInstance) -> None:
    (home.inbox / "2023").mkdir()
    (home.inbox / "2023" / "a.txt").write_text("a", encoding="utf-8")
    watch = Watch(home, instance)
    watch.tick()
    assert len(watch.tick()) == 1


def test_growing_file_waits_until_it_stays_the_same(home: Home, instance: dg.DagsterInstance) -> None:
    watch = Watch(home, instance)
    path = home.inbox / "growing.txt"
    for part in range(3):
        with path.open("a", encoding="utf-8") as file:
            file.write(f"part {part}\n")
        assert watch.tick() == []
    assert len(watch.tick()) == 1


@pytest.mark.parametrize("name", ["a.txt.part", "a.crdownload", "a.tmp", "a.txt~", ".a.txt", "~$a.docx"])
def test_file_named_as_unfinished_is_never_asked_for(home: Home, instance: dg.DagsterInstance, name: str) -> None:
    (home.inbox / name).write_text("a", encoding="utf-8")
    watch = Watch(home, instance)
    assert [watch.tick() for _ in range(3)] == [[], [], []]


def test_growing_file_does_not_hold_up_a_complete_one(home: Home, instance: dg.DagsterInstance) -> None:
    watch = Watch(home, instance)
    (home.inbox / "complete.txt").write_text("a", encoding="utf-8")
    (home.inbox / "growing.txt").write_text("a", encoding="utf-8")
    watch.tick()
    (home.inbox / "growing.txt").write_text("ab", encoding="utf-8")
    [request] = watch.tick()
    assert request.tags["inbox_files"] == "1"


def test_changed_file_has_another_run_key(home: Home) -> None:
    path = home.inbox / "a.txt"
    path.write_text("a", encoding="utf-8")
    before = compute_run_key(read_inbox(home.inbox))
    assert compute_run_key(read_inbox(home.inbox)) == before
    path.write_text("ab", encoding="utf-8")
    assert compute_run_key(read_inbox(home.inbox)) != before


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED])
def test_files_wait_while_a_refresh_is_under_way(
    home: Home, instance: dg.DagsterInstance, status: dg.DagsterRunStatus
) -> None:
    (home.inbox / "a.txt").write_text("a", encoding="utf-8")
    watch = Watch(home, instance)
    watch.tick()
    run = dg.DagsterRun(job_name="refresh", run_id="0f0e0d0c-0000-4000-8000-000000000000", status=status)
    instance.add_run(run)
    assert watch.tick() == []
    instance.delete_run(run.run_id)
    assert len(watch.tick()) == 1


def test_run_whose_process_was_killed_does_not_hold_up_the_inbox(home: Home, instance: dg.DagsterInstance) -> None:
    (home.inbox / "a.txt").write_text("a", encoding="utf-8")
    run_id = "0f0e0d0c-0000-4000-8000-000000000001"
    instance.add_run(dg.DagsterRun(job_name="refresh", run_id=run_id, status=dg.DagsterRunStatus.STARTED))
    (home.dagster / "running").mkdir()
    (home.dagster / "running" / f"{run_id}.lock").touch()
    watch = Watch(home, instance)
    watch.tick()
    assert len(watch.tick()) == 1
    run = instance.get_run_by_id(run_id)
    assert run is not None
    assert run.status is dg.DagsterRunStatus.FAILURE
