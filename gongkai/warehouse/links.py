"""Links the loaded reports to agencies: reads what that needs from the raw tables and writes there what is decided."""

from collections.abc import Iterator
from dataclasses import astuple

import duckdb
import polars as pl

from gongkai.linking.evidence import ReportContext
from gongkai.linking.gazetteer import load_gazetteer
from gongkai.linking.linker import Link, link_report
from gongkai.linking.register import list_agencies
from gongkai.warehouse.schema import RAW_SCHEMA, RawTable, load_raw_tables

_BATCH = 2000
# Portals named anywhere tell where a body is; the rest of the chapters speaks of other places too.
_PORTAL = r"\p{Han}{2,16}?(?:人民政府|政府)(?:门户)?网站?"
# A file says nothing of its site: the article that carries it does.
_CONTEXTS = f"""
    WITH articles AS (
        SELECT carried.report_id, min(carriers.site_id_code) AS site_id_code
        FROM {RAW_SCHEMA}.report_documents AS carried
        JOIN {RAW_SCHEMA}.documents ON documents.document_id = carried.document_id
        JOIN {RAW_SCHEMA}.crawled_pages AS files ON files.address = documents.source_url
        JOIN {RAW_SCHEMA}.crawled_pages AS pages ON pages.address = files.found_on_url
        JOIN {RAW_SCHEMA}.report_documents AS carrying ON carrying.document_id = pages.document_id
        JOIN {RAW_SCHEMA}.reports AS carriers ON carriers.report_id = carrying.report_id
        WHERE files.page_kind = 'attachment' AND pages.page_kind = 'article'
        GROUP BY carried.report_id
    )
    SELECT
        reports.report_id,
        reports.agency_name,
        reports.report_year,
        coalesce(reports.site_id_code, articles.site_id_code),
        (
            SELECT min(documents.source_url)
            FROM {RAW_SCHEMA}.report_documents JOIN {RAW_SCHEMA}.documents USING (document_id)
            WHERE report_documents.report_id = reports.report_id
        ),
        coalesce(string_agg(body_text) FILTER (WHERE chapter = 0), ''),
        coalesce(
            string_agg(array_to_string(regexp_extract_all(body_text, '{_PORTAL}'), ' '), ' ' ORDER BY chapter)
            FILTER (WHERE chapter > 0),
            ''
        )
    FROM {RAW_SCHEMA}.reports
    LEFT JOIN {RAW_SCHEMA}.report_chapters USING (report_id)
    LEFT JOIN articles USING (report_id)
    WHERE reports.agency_name IS NOT NULL AND reports.status IN ('parsed', 'no_tables')
    GROUP BY ALL
    ORDER BY reports.report_id
"""


def load_links(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Fills `report_links` and `agencies`. Each report is judged by itself: the order of documents changes nothing."""
    links = [link_report(context, load_gazetteer()) for context in _read_contexts(warehouse)]
    tables = load_raw_tables()
    insert_rows(warehouse, tables["report_links"], [_build_row(link) for link in links])
    agencies = list_agencies(links, load_gazetteer()) if links else ()
    insert_rows(warehouse, tables["agencies"], [astuple(agency) for agency in agencies])


def insert_rows(warehouse: duckdb.DuckDBPyConnection, table: RawTable, rows: list[tuple]) -> None:
    """Inserts rows in the order of their key."""
    insert_frame(warehouse, table, pl.DataFrame(rows, schema=table.polars_schema, orient="row", strict=True))


def insert_frame(warehouse: duckdb.DuckDBPyConnection, table: RawTable, frame: pl.DataFrame) -> None:
    """Inserts a frame with the table's columns in the order of their key."""
    warehouse.register("loaded_rows", frame.to_arrow())
    key = ", ".join(table.key)
    warehouse.execute(f"INSERT INTO {RAW_SCHEMA}.{table.name} SELECT * FROM loaded_rows ORDER BY {key}")
    warehouse.unregister("loaded_rows")


def _read_contexts(warehouse: duckdb.DuckDBPyConnection) -> Iterator[ReportContext]:
    found = warehouse.execute(_CONTEXTS)
    while rows := found.fetchmany(_BATCH):
        yield from (ReportContext(*row) for row in rows)


def _build_row(link: Link) -> tuple:
    agency_id = None if link.candidate is None else link.candidate.agency_id
    return link.report_id, agency_id, link.reason, link.confidence, list(link.candidates), list(link.evidence)
