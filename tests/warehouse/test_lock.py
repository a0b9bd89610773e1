"""One writer: the second waits and is told for whom; a killed holder holds nothing."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.home import Home
from gongkai.pipeline import write_warehouse
from gongkai.warehouse.lock import LockHolder, hold_lock, read_holder

HOLDER = """
import sys
from pathlib import Path
from gongkai.warehouse.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).ensure()


def start_holder(home: Home) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", HOLDER, str(home.warehouse_lock)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_second_writer_waits_and_names_the_holder(home: Home) -> None:
    told: list[LockHolder | None] = []
    with start_holder(home) as process:
        assert read_holder(home.warehouse_lock) is not None

        def release(holder: LockHolder | None) -> None:
            told.append(holder)
            assert process.stdin is not None
            process.stdin.close()

        with write_warehouse(home, release):
            assert process.wait(10) == 0
            own = json.loads((home.root / "warehouse.lock.json").read_text(encoding="utf8"))
    assert [holder.pid for holder in told if holder is not None] == [process.pid]
    assert own["pid"] != process.pid
    assert read_holder(home.warehouse_lock) is None


def test_killed_holder_leaves_the_lock_free_and_its_name_is_not_believed(home: Home) -> None:
    with start_holder(home) as process:
        process.send_signal(signal.SIGKILL)
    assert (home.root / "warehouse.lock.json").exists()
    assert read_holder(home.warehouse_lock) is None
    told: list[LockHolder | None] = []
    with write_warehouse(home, told.append):
        assert told == []
    assert not (home.root / "warehouse.lock.json").exists()


def test_lock_is_free_after_an_error(home: Home) -> None:
    with pytest.raises(RuntimeError), hold_lock(home.warehouse_lock):
        raise RuntimeError("a failed build")
    with hold_lock(home.warehouse_lock):
        assert read_holder(home.warehouse_lock) is not None
