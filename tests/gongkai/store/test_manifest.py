"""The manifest: committed sightings stay, and a newer version is refused."""

import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.store.manifest import (
    ManifestError,
    Sighting,
    open_manifest,
    read_loadable_documents,
    record_sighting,
    write_together,
)

SEEN = datetime(2026, 1, 31, 12, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from gongkai.store.manifest import Sighting, open_manifest, record_sighting, write_together
with open_manifest(Path(sys.argv[1])) as manifest:
    with write_together(manifest):
        record_sighting(manifest, "a" * 64, 1, Sighting("folder", "a", "a", datetime.now(UTC)))
    manifest.execute("BEGIN IMMEDIATE")
    record_sighting(manifest, "b" * 64, 1, Sighting("folder", "b", "b", datetime.now(UTC)))
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_sighting_is_recorded_once(tmp_path: Path) -> None:
    with open_manifest(tmp_path / "manifest.sqlite") as manifest:
        assert record_sighting(manifest, "a" * 64, 5, Sighting("folder", "a", "/a", SEEN)) == (True, True)
        assert record_sighting(manifest, "a" * 64, 5, Sighting("folder", "a", "/a", SEEN)) == (False, False)
        assert record_sighting(manifest, "a" * 64, 5, Sighting("folder", "a", "/b", SEEN)) == (False, True)


def test_address_is_known_though_a_file_was_seen_first(tmp_path: Path) -> None:
    later = SEEN.replace(year=2027)
    with open_manifest(tmp_path / "manifest.sqlite") as manifest:
        record_sighting(manifest, "a" * 64, 5, Sighting("crawl", "x.html", "p", later, "https://example.gov.cn/x"))
        record_sighting(manifest, "a" * 64, 5, Sighting("inbox", "a.html", "a", SEEN))
        (document,) = read_loadable_documents(manifest)
    assert (document.source, document.file_name) == ("inbox", "a.html")
    assert document.source_url == "https://example.gov.cn/x"
    assert (document.first_seen_at, document.last_seen_at) == (SEEN, later)


def test_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    with open_manifest(tmp_path / "manifest.sqlite") as manifest:

        def fail_half_way() -> None:
            with write_together(manifest):
                record_sighting(manifest, "a" * 64, 5, Sighting("folder", "a", "/a", SEEN))
                raise RuntimeError("the second sighting fails")

        with pytest.raises(RuntimeError):
            fail_half_way()
        assert manifest.execute("SELECT count(*) FROM documents").fetchone() == (0,)


def test_newer_manifest_is_refused_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "manifest.sqlite"
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(ManifestError, match="hint: update"), open_manifest(path):
        pass


def test_kill_keeps_what_was_committed_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "manifest.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        writer.send_signal(signal.SIGKILL)
    with open_manifest(path) as manifest:
        assert [document.file_name for document in read_loadable_documents(manifest)] == ["a"]
        record_sighting(manifest, "b" * 64, 1, Sighting("folder", "b", "b", SEEN))
