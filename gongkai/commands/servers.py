"""Child processes that serve for as long as a command runs, each with a log file and a group of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.2
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# Dagster's servers end within some seconds of being asked; a run under way may be killed at any moment.
ASKED_SECONDS = 10.0
GROUP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Server:
    """A started child process: its name and the file its output goes to."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def read_last_lines(self, count: int = 15) -> list[str]:
        """The end of what it wrote, without colours."""
        text = COLOURS.sub("", self.log.read_text(encoding="utf-8", errors="replace"))
        return text.splitlines()[-count:]


def start_server(
    name: str, arguments: Sequence[str], log: Path, folder: Path, environment: Mapping[str, str]
) -> Server:
    """Starts `python -m …` with output to a fresh log file.

    It is the head of a process group, so that an interrupt at the terminal reaches only the command, which then stops
    its servers in order.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, **environment},
            start_new_session=True,
        )
    return Server(name, log, process)


def stop_servers(servers: Sequence[Server]) -> None:
    """Asks every server to end, waits, and ends what is left of their groups: no process outlives the command."""
    for server in servers:
        if server.is_running:
            server.process.terminate()
    deadline = time.monotonic() + ASKED_SECONDS
    while any(server.is_running for server in servers) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    for server in servers:
        _end_group(server)


def _end_group(server: Server) -> None:
    if sys.platform == "win32":
        server.process.kill()
        server.process.wait()
        return
    group = server.process.pid
    if not _signal_group(group, signal.SIGTERM):
        return
    deadline = time.monotonic() + GROUP_SECONDS
    while time.monotonic() < deadline:
        server.process.poll()
        if not _signal_group(group, 0):
            return
        time.sleep(POLL_SECONDS)
    _signal_group(group, signal.SIGKILL)
    server.process.wait()


def _signal_group(group: int, number: int) -> bool:
    """Whether the group has any process that could be signalled."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True
