"""Manifest and parsed cache into the schema `raw` of the warehouse, whole and in one transaction."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import UTC
from pathlib import Path

import duckdb
import polars as pl

from gongkai.home import Home
from gongkai.linking.expected import EXPECTED_AGENCIES, ExpectedAgency, read_expected_agencies
from gongkai.linking.regions import read_region_spells
from gongkai.settings import Settings
from gongkai.store.caches import PagesCache, ReportsCache, open_caches
from gongkai.store.manifest import SeenDocument, open_manifest, read_loadable_documents
from gongkai.store.parsed import compute_parser_versions
from gongkai.store.reading import ParserVersions
from gongkai.warehouse.crawl_rows import CrawlRows, build_frames, read_crawl_rows
from gongkai.warehouse.fingerprint import compute_load_fingerprint
from gongkai.warehouse.links import insert_frame, insert_rows, load_links
from gongkai.warehouse.schema import (
    RAW_SCHEMA,
    RawTable,
    list_report_tables,
    load_raw_tables,
    quote_text,
    write_comments,
    write_ddl,
)

# One row: what the raw tables were loaded from. It is no table of the contract.
STATE_SCHEMA = "gongkai_state"
STATE_TABLE = f"{STATE_SCHEMA}.load"


class LoadError(Exception):
    """The raw tables cannot be loaded; the schema `raw` stays as it was."""


@dataclass(frozen=True, slots=True)
class LoadState:
    """What the raw tables in a warehouse were loaded from."""

    fingerprint: str
    carrier_version: str
    form_version: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """Rows of each raw table; `changed` is false when the tables held all this already and were not written."""

    changed: bool
    state: LoadState
    rows: dict[str, int]


def build_raw_tables(home: Home, settings: Settings, versions: ParserVersions | None = None) -> LoadSummary:
    """Loads the raw tables, unless they hold the same already.

    Samples are left out as soon as there is any other document. Raises `LoadError` when a document has not been
    parsed, two reports have one id, or a line on who should report is unsound.
    """
    parser_versions = compute_parser_versions() if versions is None else versions
    with open_manifest(home.manifest) as manifest:
        documents, crawl = read_loadable_documents(manifest), read_crawl_rows(manifest, settings)
    state = LoadState(
        compute_load_fingerprint(documents, crawl, settings, parser_versions),
        parser_versions.carrier,
        parser_versions.form,
        any(document.source == "sample" for document in documents),
    )
    pages, reports = open_caches(home, settings, parser_versions)
    with closing(_open_warehouse(home)) as warehouse:
        if read_state(warehouse) == state:
            return LoadSummary(False, state, count_rows(warehouse))
        _check_parsed(documents, reports)
        expected = _read_expected(settings)
        warehouse.execute("BEGIN TRANSACTION")
        _create_tables(warehouse)
        _load_documents(warehouse, documents, pages)
        _load_crawl(warehouse, crawl)
        for table in list_report_tables():
            _load_table(warehouse, table, reports.list_files(table.name))
        _load_regions(warehouse)
        insert_rows(warehouse, load_raw_tables()["expected_agencies"], [astuple(agency) for agency in expected])
        load_links(warehouse)
        _check_keys(warehouse, (load_raw_tables()["reports"], load_raw_tables()["report_documents"]))
        _write_state(warehouse, state)
        warehouse.execute("COMMIT")
        warehouse.execute("CHECKPOINT")
        return LoadSummary(True, state, count_rows(warehouse))


def read_state(warehouse: duckdb.DuckDBPyConnection, catalog: str = "warehouse") -> LoadState | None:
    """What the raw tables were loaded from; null before the first load."""
    found = warehouse.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND schema_name = ? AND table_name = 'load'",
        [catalog, STATE_SCHEMA],
    ).fetchall()
    if found[0][0] == 0:
        return None
    rows = warehouse.execute(
        f"SELECT fingerprint, carrier_version, form_version, is_sample FROM {catalog}.{STATE_TABLE}"
    ).fetchall()
    return LoadState(*rows[0])


def count_rows(warehouse: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The number of rows of each raw table."""
    return {
        name: warehouse.execute(f"SELECT count(*) FROM {RAW_SCHEMA}.{name}").fetchall()[0][0]
        for name in load_raw_tables()
    }


def _open_warehouse(home: Home) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(home.warehouse)
    except duckdb.IOException as error:
        message = f"`warehouse.duckdb` cannot be opened: {error}"
        hint = "close what has it open (`published/gongkai.duckdb` is for reading), or delete it: it is built anew"
        raise LoadError(f"{message}\nhint: {hint}") from error


def _create_tables(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(f"DROP SCHEMA IF EXISTS {RAW_SCHEMA} CASCADE")
    warehouse.execute(f"CREATE SCHEMA {RAW_SCHEMA}")
    for table in load_raw_tables().values():
        for statement in (write_ddl(table), *write_comments(table)):
            warehouse.execute(statement)


def _load_documents(warehouse: duckdb.DuckDBPyConnection, documents: Sequence[SeenDocument], pages: PagesCache) -> None:
    table = load_raw_tables()["documents"]
    rows = [
        (
            document.document_id,
            document.file_name,
            document.source,
            document.source_url,
            document.byte_size,
            document.first_seen_at.astimezone(UTC).replace(tzinfo=None),
            document.last_seen_at.astimezone(UTC).replace(tzinfo=None),
        )
        for document in documents
    ]
    names = [name for name in table.column_names if name != "media_type"]
    seen = pl.DataFrame(rows, schema={name: table.polars_schema[name] for name in names}, orient="row", strict=True)
    frame = seen.join(pages.read_media_types(), on="document_id", how="left").select(table.column_names)
    insert_frame(warehouse, table, frame)


def _load_regions(warehouse: duckdb.DuckDBPyConnection) -> None:
    insert_rows(warehouse, load_raw_tables()["region_codes"], [astuple(spell) for spell in read_region_spells()])


def _read_expected(settings: Settings) -> tuple[ExpectedAgency, ...]:
    expected, problems = read_expected_agencies(settings.portals)
    if problems:
        message = f"{settings.portals / EXPECTED_AGENCIES}, line {problems[0].line_no}: {problems[0].detail}"
        raise LoadError(f"{message}\nhint: mend the line or take it out; `gongkai portals check` names every such line")
    return expected


def _load_crawl(warehouse: duckdb.DuckDBPyConnection, crawl: CrawlRows) -> None:
    for name, frame in build_frames(crawl).items():
        warehouse.register("loaded_crawl", frame.to_arrow())
        warehouse.execute(f"INSERT INTO {RAW_SCHEMA}.{name} SELECT * FROM loaded_crawl")
        warehouse.unregister("loaded_crawl")


def _load_table(warehouse: duckdb.DuckDBPyConnection, table: RawTable, files: Sequence[Path]) -> None:
    """Rows of the documents in the load only: the cache may hold samples that no longer count."""
    if not files:
        return
    listed = ", ".join(quote_text(str(file)) for file in files)
    wanted = (
        f"document_id IN (SELECT document_id FROM {RAW_SCHEMA}.documents)"
        if table.name == "report_documents"
        else f"report_id IN (SELECT report_id FROM {RAW_SCHEMA}.report_documents)"
    )
    warehouse.execute(
        f"INSERT INTO {RAW_SCHEMA}.{table.name} SELECT {', '.join(table.column_names)} FROM read_parquet([{listed}])"
        f" WHERE {wanted} ORDER BY {', '.join(table.key)}"
    )


def _check_parsed(documents: Iterable[SeenDocument], reports: ReportsCache) -> None:
    parsed = reports.list_documents()
    missing = [document.file_name for document in documents if document.document_id not in parsed]
    if missing:
        message = f"{len(missing)} documents are not parsed: first `{missing[0]}`"
        raise LoadError(f"{message}\nhint: parse before loading; `gongkai run` does both")


def _check_keys(warehouse: duckdb.DuckDBPyConnection, tables: Iterable[RawTable]) -> None:
    for table in tables:
        key = ", ".join(table.key)
        doubled = warehouse.execute(
            f"SELECT {key} FROM {RAW_SCHEMA}.{table.name} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
        ).fetchall()
        if doubled:
            message = f"`{table.name}` has the key {doubled[0]} twice"
            raise LoadError(f"{message}\nhint: delete the folder `parsed/reports` and run again; nothing is lost by it")


def _write_state(warehouse: duckdb.DuckDBPyConnection, state: LoadState) -> None:
    warehouse.execute(f"CREATE SCHEMA IF NOT EXISTS {STATE_SCHEMA}")
    warehouse.execute(
        f"CREATE OR REPLACE TABLE {STATE_TABLE}"
        " (fingerprint VARCHAR, carrier_version VARCHAR, form_version VARCHAR, is_sample BOOLEAN)"
    )
    warehouse.execute(
        f"INSERT INTO {STATE_TABLE} VALUES (?, ?, ?, ?)",
        [state.fingerprint, state.carrier_version, state.form_version, state.is_sample],
    )
