"""From portals to published tables: every family's reports become the right agency-years, every document once."""

from collections import Counter
from contextlib import ExitStack
from hashlib import sha256

import duckdb
import pytest

from crawler.families.catalogue import FAMILY_IDS
from gongkai.crawling import crawl_home
from gongkai.home import Home
from gongkai.run import run_pipeline
from gongkai.settings import Settings
from tests.crawler.agency_years import compare_home
from tests.crawler.endurance import publish_many, write_register
from tests.crawler.made_reports import make_reports


@pytest.mark.slow
def test_crawled_reports_become_agency_years(home: Home, settings: Settings) -> None:
    reports = make_reports(54)
    register = home.root.parent / "portals"
    with ExitStack() as stack:
        _, portals = publish_many(stack, len(FAMILY_IDS), reports)
        write_register(register, portals)
        assert {result.status for result in crawl_home(home, settings, portals).results} == {"complete"}
    summary = run_pipeline(home, settings.model_copy(update={"portals": register, "workers": 0}), [])
    assert summary.is_successful, summary.problems
    with duckdb.connect(home.published_warehouse, read_only=True) as published:
        status = published.execute(
            "SELECT portal_id, crawl_status, is_reachable, has_column, crawled_report_count, reports_by_year"
            " FROM marts.mart_portal_status ORDER BY portal_id"
        ).fetchall()
    compared = compare_home(home, reports)
    assert compared.is_exact, (compared.describe(), compared.missing, compared.surplus)
    with duckdb.connect(home.warehouse, read_only=True) as warehouse:
        rows = warehouse.execute("SELECT document_id, source, source_url FROM raw.documents").fetchall()
    documents = {row[0] for row in rows}
    assert len(documents) == len(rows)
    assert {sha256(report.content).hexdigest() for report in reports} <= documents
    assert {source for _, source, _ in rows} == {"crawl"}
    assert all(address.startswith("http://127.") for _, _, address in rows)
    assert [row[1:4] for row in status] == [("complete", True, True)] * len(FAMILY_IDS)
    assert sum(row[4] for row in status) == len(reports)
    found: Counter[int] = Counter()
    for row in status:
        found.update(row[5])
    assert found == Counter(report.year for report in reports)
