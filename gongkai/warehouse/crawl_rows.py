"""Rows of the raw tables that come from the register of portals and the crawl's frontier."""

import sqlite3
from datetime import UTC, datetime

import polars as pl

from crawler.portals import Portal, read_register
from gongkai.settings import Settings
from gongkai.warehouse.schema import load_raw_tables

CrawlRows = dict[str, list[tuple[object, ...]]]

ROUNDS = """
    SELECT portal_id, status, detail, round_no, report_year, opened_at, closed_at FROM crawl_portals ORDER BY portal_id
"""
PAGES = """
    SELECT
        pages.address, pages.portal_id, pages.kind, pages.reason, places.address, pages.report_year, pages.outcome,
        pages.detail, pages.is_waiting, pages.document_id, pages.found_at, pages.answered_at
    FROM crawl_pages AS pages LEFT JOIN crawl_pages AS places ON pages.found_on = places.page_key
    ORDER BY pages.address
"""


def read_crawl_rows(manifest: sqlite3.Connection, settings: Settings) -> CrawlRows:
    """Every sound record of the register and every portal ever crawled; every page the frontier knows.

    Unsound records are left out: `gongkai portals check` names them.
    """
    registered = {portal.id: portal for portal in read_register(settings.portals)[0]}
    rounds = {row[0]: (*row[1:5], _read_time(row[5]), _read_time(row[6])) for row in manifest.execute(ROUNDS)}
    portals: list[tuple[object, ...]] = [
        (name, *_describe(registered.get(name)), *rounds.get(name, (None,) * 6))
        for name in sorted(registered.keys() | rounds.keys())
    ]
    pages: list[tuple[object, ...]] = [
        (*row[:8], bool(row[8]), row[9], _read_time(row[10]), _read_time(row[11])) for row in manifest.execute(PAGES)
    ]
    return {"portals": portals, "crawled_pages": pages}


def build_frames(rows: CrawlRows) -> dict[str, pl.DataFrame]:
    """The rows as frames of the raw tables' types."""
    schemas = {name: load_raw_tables()[name].polars_schema for name in rows}
    return {name: pl.DataFrame(each, schema=schemas[name], orient="row", strict=True) for name, each in rows.items()}


def _describe(portal: Portal | None) -> tuple[str | None, ...]:
    if portal is None:
        return (None,) * 5
    return portal.name, portal.region_code, portal.site_code, portal.family, portal.status


def _read_time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)
