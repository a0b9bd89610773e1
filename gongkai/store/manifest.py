"""Where and when every document was seen, and the crawl's frontier: `manifest.sqlite`, which is never rebuilt.

Write-ahead log with full flush: a run killed at any moment leaves every committed sighting, and a file is removed from
the inbox only after that. The version of the tables stands in `PRAGMA user_version`.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from crawler.frontier_schema import SCHEMA as CRAWL_SCHEMA

SCHEMA_VERSION = 2
BUSY_SECONDS = 60.0

Source = Literal["sample", "folder", "inbox", "crawl"]

# The tables of version 1; the crawl's came with version 2.
SCHEMA = (
    """
    CREATE TABLE documents (
        document_id TEXT PRIMARY KEY CHECK (length(document_id) = 64),
        byte_size INTEGER NOT NULL CHECK (byte_size >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE sightings (
        sighting_no INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents,
        source TEXT NOT NULL CHECK (source IN ('sample', 'folder', 'inbox', 'crawl')),
        file_name TEXT NOT NULL,
        source_url TEXT,
        place TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        UNIQUE (document_id, source, place)
    ) STRICT
    """,
)

# Samples count only in a home without any other document; the first sighting names a document.
LOADABLE = """
    WITH used AS (
        SELECT * FROM sightings
        WHERE source <> 'sample' OR NOT EXISTS (SELECT 1 FROM sightings WHERE source <> 'sample')
    ),
    ranked AS (
        SELECT
            *,
            row_number() OVER (PARTITION BY document_id ORDER BY seen_at, sighting_no) AS place_no,
            min(seen_at) OVER (PARTITION BY document_id) AS first_seen_at,
            max(seen_at) OVER (PARTITION BY document_id) AS last_seen_at
        FROM used
    )
    SELECT
        document_id,
        file_name,
        source,
        (
            SELECT source_url FROM used
            WHERE used.document_id = ranked.document_id AND source_url IS NOT NULL
            ORDER BY seen_at, sighting_no LIMIT 1
        ) AS source_url,
        byte_size,
        first_seen_at,
        last_seen_at
    FROM ranked JOIN documents USING (document_id)
    WHERE place_no = 1
    ORDER BY document_id
"""


class ManifestError(Exception):
    """The manifest was written by a newer version of this program."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One document seen at one place: `place` is a path or an address, `seen_at` is UTC."""

    source: Source
    file_name: str
    place: str
    seen_at: datetime
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A document that goes into the warehouse: named by its first sighting, both times UTC and from sightings only."""

    document_id: str
    file_name: str
    source: Source
    source_url: str | None
    byte_size: int
    first_seen_at: datetime
    last_seen_at: datetime


@contextmanager
def open_manifest(path: Path) -> Generator[sqlite3.Connection, None, None]:
    """Opens the manifest, making it when it is missing. Raises `ManifestError` when it is of a newer version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as manifest:
        manifest.execute("PRAGMA journal_mode = WAL")
        manifest.execute("PRAGMA synchronous = FULL")
        manifest.execute("PRAGMA foreign_keys = ON")
        _ensure_schema(manifest)
        yield manifest


@contextmanager
def write_together(manifest: sqlite3.Connection) -> Generator[None, None, None]:
    """One transaction: all that is recorded inside stands after it, or nothing of it."""
    manifest.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        manifest.execute("ROLLBACK")
        raise
    manifest.execute("COMMIT")


def record_sighting(
    manifest: sqlite3.Connection, document_id: str, byte_size: int, sighting: Sighting
) -> tuple[bool, bool]:
    """Records a document at a place; whether the document and whether the sighting are new.

    The same bytes at the same place are one sighting: seen again, nothing changes.
    """
    document = manifest.execute(
        "INSERT INTO documents (document_id, byte_size) VALUES (?, ?) ON CONFLICT DO NOTHING", (document_id, byte_size)
    )
    seen = manifest.execute(
        "INSERT INTO sightings (document_id, source, file_name, source_url, place, seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            document_id,
            sighting.source,
            sighting.file_name,
            sighting.source_url,
            sighting.place,
            sighting.seen_at.astimezone(UTC).isoformat(timespec="microseconds"),
        ),
    )
    return document.rowcount == 1, seen.rowcount == 1


def has_sighting(manifest: sqlite3.Connection, document_id: str, source: Source, place: str) -> bool:
    """Whether these bytes have been seen at this place."""
    found = manifest.execute(
        "SELECT 1 FROM sightings WHERE document_id = ? AND source = ? AND place = ?", (document_id, source, place)
    )
    return found.fetchone() is not None


def count_sightings(manifest: sqlite3.Connection) -> dict[Source, int]:
    """How many sightings there are of each source that has any."""
    return dict(manifest.execute("SELECT source, count(*) FROM sightings GROUP BY source ORDER BY source").fetchall())


def retire_samples(manifest: sqlite3.Connection, current: frozenset[str]) -> int:
    """Forgets sightings of samples that are no longer bundled; samples are no facts of the world. Their number."""
    bundled = manifest.execute("SELECT DISTINCT document_id FROM sightings WHERE source = 'sample'").fetchall()
    gone = [row for row in bundled if row[0] not in current]
    manifest.executemany("DELETE FROM sightings WHERE source = 'sample' AND document_id = ?", gone)
    return len(gone)


def read_loadable_documents(manifest: sqlite3.Connection) -> list[SeenDocument]:
    """The documents that go into the warehouse, by id: all but samples, or the samples when there is nothing else."""
    return [
        SeenDocument(*row[:5], datetime.fromisoformat(row[5]), datetime.fromisoformat(row[6]))
        for row in manifest.execute(LOADABLE)
    ]


def _ensure_schema(manifest: sqlite3.Connection) -> None:
    if _read_version(manifest) == SCHEMA_VERSION:
        return
    with write_together(manifest):
        version = _read_version(manifest)
        if version > SCHEMA_VERSION:
            message = f"`manifest.sqlite` has version {version}: this program knows {SCHEMA_VERSION}"
            raise ManifestError(f"{message}\nhint: update the program, or give another home folder")
        if version == SCHEMA_VERSION:
            return
        for statement in (*(SCHEMA if version < 1 else ()), *CRAWL_SCHEMA):
            manifest.execute(statement)
        manifest.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _read_version(manifest: sqlite3.Connection) -> int:
    return manifest.execute("PRAGMA user_version").fetchone()[0]
