"""From the built warehouse to the published files: through the gate, into files beside, then by rename."""

import os
import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store.caches import remove_stale_caches
from gongkai.store.manifest import open_manifest, read_loadable_documents
from gongkai.store.parsed import compute_parser_versions
from gongkai.store.reading import ParserVersions
from gongkai.warehouse.checksums import (
    Checksums,
    PublishedFile,
    describe_file,
    has_files,
    hash_file,
    read_checksums,
    write_checksums,
)
from gongkai.warehouse.crawl_rows import read_crawl_rows
from gongkai.warehouse.export import PUBLISHED, WAREHOUSE, write_database, write_parquet
from gongkai.warehouse.fingerprint import compute_load_fingerprint, compute_project_fingerprint
from gongkai.warehouse.gate import GateReport, PublishedRows, check_gate, count_published
from gongkai.warehouse.load import LoadState, read_state
from gongkai.warehouse.lock import read_holder
from gongkai.warehouse.schema import RAW_SCHEMA, quote_text

# Windows does not replace a file that a reader has open; readers that open, query and close let it through.
REPLACE_SECONDS = 60.0
REPLACE_PAUSE_SECONDS = 0.1


class PublishError(Exception):
    """The files could not be published; those published before stay."""


@dataclass(frozen=True, slots=True)
class PublishSummary:
    """What was published: `changed` is false when the gate refused or nothing was new; rows are by table."""

    changed: bool
    gate: GateReport
    rows: dict[str, int]


def needs_build(home: Home, settings: Settings, dbt_project: Path, versions: ParserVersions | None = None) -> bool:
    """Whether a build would change a published file, or the warehouse has to be made again.

    Looks at the documents known to the manifest; opens no database that a writer may hold.
    """
    published = read_checksums(home)
    if published is None or not has_files(home, published) or not home.warehouse.is_file():
        return True
    parser_versions = compute_parser_versions() if versions is None else versions
    with open_manifest(home.manifest) as manifest:
        documents, crawl = read_loadable_documents(manifest), read_crawl_rows(manifest, settings)
    if published.load_fingerprint != compute_load_fingerprint(documents, crawl, settings, parser_versions):
        return True
    return published.project_fingerprint != compute_project_fingerprint(dbt_project)


def publish_warehouse(home: Home, settings: Settings, dbt_project: Path, run_results: Path) -> PublishSummary:
    """Publishes the built warehouse if it passes the gate and differs from what is published.

    All files are written whole into a folder beside, then renamed to their places, `checksums.json` last. Killed in
    between, the next run publishes again.
    """
    published = read_checksums(home)
    project = compute_project_fingerprint(dbt_project)
    with closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH {quote_text(str(home.warehouse))} AS {WAREHOUSE} (READ_ONLY)")
        connection.execute(f"USE {WAREHOUSE}")
        state = read_state(connection, WAREHOUSE)
        if state is None:
            raise PublishError("`warehouse.duckdb` holds no raw tables\nhint: load them first; `gongkai run` does it")
        gate = check_gate(connection, settings, run_results, _read_published_rows(home, published, state))
    if not gate.passed:
        return PublishSummary(False, gate, {})
    if published is not None and _is_current(home, published, state, project):
        return PublishSummary(False, gate, _list_rows(published))
    checksums = _replace_files(home, state, project)
    _remove_old_caches(home, settings, state)
    return PublishSummary(True, gate, _list_rows(checksums))


def replace_file(source: Path, target: Path) -> None:
    """Puts a file in another's place in one step; a reader has the old file or the new one, never neither."""
    target.parent.mkdir(parents=True, exist_ok=True)
    patience = time.monotonic() + REPLACE_SECONDS
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > patience:
                raise
            time.sleep(REPLACE_PAUSE_SECONDS)
        else:
            return


def _is_current(home: Home, published: Checksums, state: LoadState, project: str) -> bool:
    same = published.load_fingerprint == state.fingerprint and published.project_fingerprint == project
    return same and has_files(home, published)


def _read_published_rows(home: Home, published: Checksums | None, state: LoadState) -> PublishedRows | None:
    """The rows of the last published file; null without one, and when it held samples, which are no facts."""
    if published is None or published.is_sample or state.is_sample or not home.published_warehouse.is_file():
        return None
    with closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH {quote_text(str(home.published_warehouse))} AS {PUBLISHED} (READ_ONLY)")
        return count_published(connection, PUBLISHED)


def _replace_files(home: Home, state: LoadState, project: str) -> Checksums:
    building = home.published / ".building"
    # Only one process publishes at a time: what lies here is a killed run's.
    if building.exists():
        shutil.rmtree(building)
    building.mkdir(parents=True)
    database = building / home.published_warehouse.name
    tables = write_database(home.warehouse, database)
    parquet = write_parquet(home.warehouse, database, building / home.published_parquet.name, RAW_SCHEMA)
    files = []
    for path, rows in {database: None, **parquet}.items():
        target = home.published / path.relative_to(building)
        _place_file(path, target)
        described = describe_file(home, target, rows)
        files.append(described.model_copy(update={"tables": tables}) if path == database else described)
    _remove_old_parquet(home, files)
    shutil.rmtree(building)
    checksums = Checksums(
        load_fingerprint=state.fingerprint,
        project_fingerprint=project,
        carrier_version=state.carrier_version,
        form_version=state.form_version,
        is_sample=state.is_sample,
        files=tuple(files),
    )
    write_checksums(home, checksums)
    return checksums


def _place_file(path: Path, target: Path) -> None:
    """Renames a finished file to its place, unless the same bytes are there already."""
    if target.is_file() and hash_file(target) == hash_file(path):
        path.unlink()
        return
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    replace_file(path, target)


def _remove_old_parquet(home: Home, files: list[PublishedFile]) -> None:
    """Removes files of tables that are no longer built."""
    current = {home.published / file.file for file in files}
    for path in home.published_parquet.rglob("*.parquet"):
        if path not in current:
            path.unlink()


def _remove_old_caches(home: Home, settings: Settings, state: LoadState) -> None:
    """Removes what older parsers read, unless somebody is parsing now: the next publish will do it."""
    if read_holder(home.parsed_lock) is None:
        remove_stale_caches(home, settings, ParserVersions(state.carrier_version, state.form_version))


def _list_rows(checksums: Checksums) -> dict[str, int]:
    return next((file.tables for file in checksums.files if file.tables is not None), {})
