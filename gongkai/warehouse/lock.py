"""One writer at a time, whoever started it, with a name for the one who holds the place.

The lock is the operating system's, on `<name>.lock`: it ends with its process, a killed one too. Beside it
`<name>.lock.json` names the holder for people; it decides nothing, and the next holder writes it anew.
"""

import json
import os
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

POLL_SECONDS = 0.2

OnWait = Callable[["LockHolder | None"], None]


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who holds a lock: process, machine, command as started or the name it gave itself, since when (UTC, ISO 8601)."""

    pid: int
    host: str
    command: str
    since: str


@contextmanager
def hold_lock(path: Path, on_wait: OnWait | None = None, name: str | None = None) -> Generator[None, None, None]:
    """Holds a lock while inside; waits for it as long as it takes.

    `on_wait` is called once for every holder waited for, with null while a holder has not yet named itself; `name` is
    what others read of this one, the command as started if null. Not reentrant: a second call in the same process
    waits too.
    """
    lock = FileLock(path, thread_local=False)
    _acquire_lock(lock, path, on_wait)
    try:
        _write_holder(path, name)
        yield
    finally:
        _locate_info(path).unlink(missing_ok=True)
        lock.release()


def read_holder(path: Path) -> LockHolder | None:
    """Who holds a lock now, and null when nobody does; what a killed holder left behind is not believed."""
    if not path.exists():
        return None
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _read_info(path)
    lock.release()
    return None


def _acquire_lock(lock: FileLock, path: Path, on_wait: OnWait | None) -> None:
    told: list[LockHolder | None] = []
    while True:
        try:
            lock.acquire(timeout=POLL_SECONDS, poll_interval=POLL_SECONDS / 4)
        except Timeout:
            holder = _read_info(path)
            if on_wait is not None and (not told or told[-1] != holder):
                on_wait(holder)
                told.append(holder)
            continue
        return


def _write_holder(path: Path, name: str | None) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    holder = LockHolder(os.getpid(), socket.gethostname(), " ".join(sys.argv) if name is None else name, now)
    info = _locate_info(path)
    part = info.with_name(f"{info.name}.part")
    part.write_text(json.dumps(asdict(holder), ensure_ascii=False), encoding="utf8")
    part.replace(info)


def _read_info(path: Path) -> LockHolder | None:
    try:
        return LockHolder(**json.loads(_locate_info(path).read_text(encoding="utf8")))
    except FileNotFoundError:
        return None


def _locate_info(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")
