"""Each family's portal, crawled over loopback: every report is found once, and nothing that is none."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from crawler.families.catalogue import FAMILY_IDS, FamilyId
from gongkai.crawling import crawl_home
from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store.manifest import open_manifest, read_loadable_documents
from tests.crawler.made_reports import make_report
from tests.crawler.servers import PortalServer
from tests.crawler.sites import publish

REPORTS = [
    *(make_report(number, is_gbk=number % 7 == 0) for number in range(8)),
    make_report(20, "docx"),
    make_report(21, "pdf_ruled"),
]


def list_documents(home: Home) -> dict[str, str | None]:
    with open_manifest(home.manifest) as manifest:
        return {document.document_id: document.source_url for document in read_loadable_documents(manifest)}


@pytest.mark.parametrize("family", FAMILY_IDS)
def test_every_report_of_a_portal_is_fetched_once(
    family: FamilyId, home: Home, settings: Settings, open_portal: Callable[[], PortalServer]
) -> None:
    server = open_portal()
    portal = publish(server, family, REPORTS)
    [result] = crawl_home(home, settings, [portal]).results
    assert (result.status, result.waiting) == ("complete", 0)
    found = list_documents(home)
    wanted = {sha256(report.content).hexdigest() for report in REPORTS}
    assert wanted <= found.keys()
    wrappers = 0 if family == "generic" else 2
    assert len(found) == len(wanted) + wrappers
    paths = [asked.path for asked in server.log]
    assert len(paths) == len(set(paths))
    assert server.most_under_way == 1
    assert server.shortest_gap >= portal.politeness.delay_seconds
    assert not [path for path in paths if "fzzf" in path or "zfxxgkzn" in path]


def test_article_leads_on_to_reports_of_a_year_and_not_back_to_the_column(
    home: Home, settings: Settings, open_portal: Callable[[], PortalServer]
) -> None:
    server = open_portal()
    first, second = REPORTS[1:3]
    portal = publish(server, "generic", [first])
    place = f"/doc/2024/01/08/{second.number}.shtml"
    server.put(place, second.content, second.media_type)
    onward = f'<a href="/col/index.html">政府信息公开年报</a><a href="{place}">{second.title}</a></body>'
    served = next(path for path, served in server.pages.items() if served.content == first.content)
    server.put(served, first.content.decode().replace("</body>", onward), first.media_type)
    crawl_home(home, settings, [portal])
    assert server.count(place) == 1
    assert server.count("/col/index.html") == 0


def test_only_one_year_is_fetched_when_it_is_asked_for(
    home: Home, settings: Settings, open_portal: Callable[[], PortalServer]
) -> None:
    server = open_portal()
    portal = publish(server, "openness", REPORTS)
    year = REPORTS[0].year
    crawl_home(home, settings, [portal], year)
    wanted = {
        sha256(report.content).hexdigest() for report in REPORTS if report.year == year and report.ending == "html"
    }
    others = {sha256(report.content).hexdigest() for report in REPORTS if report.year != year}
    assert wanted <= list_documents(home).keys()
    assert others
    assert not others & list_documents(home).keys()
