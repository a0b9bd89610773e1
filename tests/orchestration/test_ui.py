"""`gongkai ui` from outside: it starts, takes what is dropped into the inbox, says what hinders it, and ends whole."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from filelock import FileLock

from gongkai.commands import servers
from gongkai.commands.servers import start_server, stop_servers
from gongkai.commands.ui import serve_ui
from gongkai.home import Home
from gongkai.settings import PROJECT_ROOT
from orchestration.instance import open_instance

SAMPLE = sorted((PROJECT_ROOT / "data" / "samples" / "reports").glob("*.txt"))[0]


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} seconds"
        time.sleep(0.5)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def count_processes_of(home: Home) -> int:
    """Processes that were given this home folder in their environment."""
    wanted = f"GONGKAI_HOME={home.root}".encode()
    found = 0
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += wanted in path.read_bytes().split(b"\0")
        except OSError:
            continue
    return found


def test_taken_port_is_named_with_another_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve_ui(tmp_path / "home", "127.0.0.1", port, "en") == 1
    said = capsys.readouterr().err
    assert f"port {port}" in said
    assert f"gongkai ui --port {port + 1}" in said


def test_second_interface_of_one_home_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "home").ensure()
    with FileLock(home.dagster / "ui.lock"):
        assert serve_ui(home.root, "127.0.0.1", find_port(), "zh") == 1
    assert "已有一个 `gongkai ui` 在运行" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_servers_end_with_all_that_they_have_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    module = tmp_path / "stubborn.py"
    module.write_text(stubborn, encoding="utf-8")
    monkeypatch.setattr(servers, "ASKED_SECONDS", 1.0)
    monkeypatch.setattr(servers, "GROUP_SECONDS", 1.0)
    server = start_server("stubborn", ["stubborn"], tmp_path / "log", tmp_path, {"PYTHONPATH": str(tmp_path)})
    wait_until(lambda: bool(server.log.read_text().strip()), 20, "the server's first line")
    child = int(server.log.read_text())
    stop_servers([server])
    assert not server.is_running
    assert child != server.process.pid
    wait_until(lambda: not is_alive(child), 5, "the end of what the server had started")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_dropped_file_becomes_a_published_row_without_a_command(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").ensure()
    port = find_port()
    command = [sys.executable, "-m", "gongkai", "ui", "--home", str(home.root), "--port", str(port), "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as interface:
        try:
            assert interface.stdout is not None
            assert interface.stdout.readline() == f"web interface: http://127.0.0.1:{port}\n"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=30) as answer:
                assert answer.status == 200
            shutil.copy(SAMPLE, home.inbox)
            wait_until(home.catalogue.exists, 600, "the dropped file is published")
            interface.send_signal(signal.SIGTERM)
            assert interface.wait(timeout=60) == 0
        finally:
            interface.kill()
    assert count_processes_of(home) == 0
    assert not list(home.inbox.iterdir())
    with duckdb.connect(home.published_warehouse, read_only=True) as published:
        assert published.execute("SELECT count(*) FROM marts.fct_agency_year").fetchall() == [(1,)]
    with open_instance(home) as instance:
        [run] = instance.get_runs(dg.RunsFilter(job_name="refresh"))
    assert run.tags["dagster/sensor_name"] == "inbox"
