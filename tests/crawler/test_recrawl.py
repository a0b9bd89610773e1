"""A second crawl: what is unchanged costs a 304, what changed is a new document, what vanished is kept."""

from collections.abc import Callable
from hashlib import sha256

from crawler.portals import Portal
from gongkai.crawling import crawl_home
from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store.manifest import open_manifest
from parsers.reading import read_reports
from tests.crawler.made_reports import MEDIA, MadeReport, make_report
from tests.crawler.servers import PortalServer
from tests.crawler.sites import publish
from tests.crawler.test_faults import read_outcomes

OpenPortal = Callable[[], PortalServer]
REPORTS = [make_report(number) for number in range(8)]
COUNTER = '<div class="foot">浏览次数：{count}</div></body>'


def read_content_ids(content: bytes) -> list[str | None]:
    return [report.content_id for report in read_reports(content)]


def find_path(server: PortalServer, report: MadeReport) -> str:
    return next(path for path, served in server.pages.items() if served.content == report.content)


def crawl(home: Home, settings: Settings, portal: Portal) -> dict[str, int]:
    [result] = crawl_home(home, settings, [portal]).results
    assert (result.status, result.waiting) == ("complete", 0)
    return dict(result.events)


def test_second_crawl_asks_for_what_is_new_only(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS)
    asked = crawl(home, settings, portal)["asked"]
    server.log.clear()
    assert crawl(home, settings, portal) == {"asked": asked - 1, "unchanged": len(REPORTS)}
    assert {entry.status for entry in server.log} == {304}


def test_changed_reports_are_revisions_and_counters_are_none(
    home: Home, settings: Settings, open_portal: OpenPortal
) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS)
    counted = find_path(server, REPORTS[0])
    first = REPORTS[0].content.replace(b"</body>", COUNTER.format(count=12).encode())
    server.put(counted, first, MEDIA["html"])
    crawl(home, settings, portal)
    second = first.replace("浏览次数：12".encode(), "浏览次数：999".encode())
    assert second != first
    server.put(counted, second, MEDIA["html"])
    revised = {}
    for report in REPORTS[1:4]:
        changed = make_report(report.number + 5000)
        content = changed.content.replace(changed.title.encode(), report.title.encode())
        revised[find_path(server, report)] = (report.content, content)
    for path, (_, content) in revised.items():
        server.put(path, content, MEDIA["html"])
    vanished = find_path(server, REPORTS[7])
    del server.pages[vanished]
    server.log.clear()
    events = crawl(home, settings, portal)
    assert (events["revised"], events["unchanged"], events["vanished"]) == (4, 3, 1)
    assert read_content_ids(first) == read_content_ids(second) != [None]
    for before, after in revised.values():
        assert read_content_ids(before) != read_content_ids(after)
    assert read_outcomes(home, "portal")[vanished.removeprefix("/")] == "vanished"
    with open_manifest(home.manifest) as manifest:
        rows = manifest.execute("SELECT place, document_id FROM sightings").fetchall()
    seen = {(place.removeprefix(server.base), document_id) for place, document_id in rows}
    for path, versions in revised.items():
        assert {(path, sha256(content).hexdigest()) for content in versions} <= seen
    assert (vanished, sha256(REPORTS[7].content).hexdigest()) in seen


def test_page_that_comes_back_is_fetched_again(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "openness", REPORTS[:2])
    path = find_path(server, REPORTS[0])
    crawl(home, settings, portal)
    kept = server.pages.pop(path)
    crawl(home, settings, portal)
    server.pages[path] = kept
    assert crawl(home, settings, portal)["unchanged"] == 2
    assert read_outcomes(home, "portal")[path.removeprefix("/")] == "unchanged"


def test_reports_published_later_are_found(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    publish(server, "guangdong_post", REPORTS[:6])
    portal = publish(server, "guangdong_post", REPORTS[:6])
    crawl(home, settings, portal)
    portal = publish(server, "guangdong_post", REPORTS)
    events = crawl(home, settings, portal)
    assert (events["new"], events["unchanged"]) == (2, 6)
