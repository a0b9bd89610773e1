"""The frontier by itself: rounds, turns, and what is never forgotten."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest

from crawler.frontier import Answer, Frontier, FrontierPage
from crawler.pages import Link
from crawler.portals import Portal
from gongkai.home import Home
from gongkai.store.manifest import open_manifest

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
PORTAL = Portal(id="one", hosts=("a.example.cn",), family="trs", starts=("http://a.example.cn/nb/",))


@pytest.fixture
def frontier(home: Home) -> Generator[Frontier]:
    with open_manifest(home.manifest) as manifest:
        yield Frontier(manifest)


def find_next(frontier: Frontier, year: int | None = None) -> FrontierPage:
    page = frontier.find_next("a.example.cn", ["one"], year)
    assert page is not None
    return page


def settle(frontier: Frontier, page: FrontierPage, answer: Answer, now: datetime = NOW) -> None:
    with frontier.write():
        frontier.settle(page, answer, now)


def add_article(frontier: Frontier, start: FrontierPage, number: int, year: int | None = None) -> None:
    link = Link(f"https://a.example.cn/nb/t20260101_{number}.html", "article", "text", year)
    with frontier.write():
        frontier.add_links(PORTAL, start, [link], NOW)


def test_round_that_was_not_closed_is_gone_on_with(frontier: Frontier) -> None:
    assert frontier.open_round(PORTAL, None, NOW)
    settle(frontier, find_next(frontier), Answer("fetched", etag='"1"'))
    assert not frontier.open_round(PORTAL, None, NOW)
    assert frontier.find_next("a.example.cn", ["one"], None) is None


def test_next_round_asks_for_everything_again_with_what_is_known(frontier: Frontier) -> None:
    frontier.open_round(PORTAL, None, NOW)
    settle(frontier, find_next(frontier), Answer("fetched", etag='"1"', last_modified="yesterday"))
    frontier.close_round("one", "complete", None, NOW)
    assert frontier.open_round(PORTAL, None, NOW + timedelta(days=7))
    page = find_next(frontier)
    assert (page.etag, page.last_modified, page.tries) == ('"1"', "yesterday", 0)


def test_step_that_breaks_off_leaves_nothing(frontier: Frontier) -> None:
    frontier.open_round(PORTAL, None, NOW)
    page = find_next(frontier)

    def break_off() -> None:
        with frontier.write():
            frontier.settle(page, Answer("fetched"), NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert find_next(frontier) == page


def test_page_is_one_whether_http_or_https(frontier: Frontier) -> None:
    frontier.open_round(PORTAL, None, NOW)
    start = find_next(frontier)
    links = [Link(f"{scheme}://a.example.cn/nb/t20260101_1.html", "article", "text") for scheme in ("http", "https")]
    with frontier.write():
        assert frontier.add_links(PORTAL, start, links, NOW) == 1


def test_pages_of_other_years_wait_for_their_year(frontier: Frontier) -> None:
    frontier.open_round(PORTAL, 2025, NOW)
    start = find_next(frontier, 2025)
    for number, year in enumerate((2024, 2025, None)):
        add_article(frontier, start, number, year)
    settle(frontier, start, Answer("fetched"))
    years = []
    while (page := frontier.find_next("a.example.cn", ["one"], 2025)) is not None:
        years.append(page.report_year)
        settle(frontier, page, Answer("not_found"))
    assert set(years) == {2025, None}
    assert (frontier.count_waiting("one", 2025), frontier.count_waiting("one", None)) == (0, 1)


def test_document_that_stays_the_same_is_asked_for_less_often(frontier: Frontier, home: Home) -> None:
    document = "0" * 64
    frontier.manifest.execute("INSERT INTO documents VALUES (?, 1)", (document,))
    frontier.open_round(PORTAL, None, NOW)
    add_article(frontier, find_next(frontier), 1)
    asked = 0
    for week in range(9):
        now = NOW + timedelta(days=7 * week)
        frontier.open_round(PORTAL, None, now)
        while (page := frontier.find_next("a.example.cn", ["one"], None)) is not None:
            asked += page.kind == "article"
            is_new = page.kind == "article" and page.document_id is None
            answer = Answer("fetched", document_id=document) if is_new else Answer("unchanged")
            settle(frontier, page, answer, now)
        frontier.close_round("one", "complete", None, now)
    assert asked == 5


def test_vanished_page_keeps_its_document(frontier: Frontier) -> None:
    document = "0" * 64
    frontier.manifest.execute("INSERT INTO documents VALUES (?, 1)", (document,))
    frontier.open_round(PORTAL, None, NOW)
    settle(frontier, find_next(frontier), Answer("fetched", document_id=document))
    frontier.close_round("one", "complete", None, NOW)
    frontier.open_round(PORTAL, None, NOW)
    settle(frontier, find_next(frontier), Answer("vanished", "HTTP 404"))
    row = frontier.manifest.execute("SELECT outcome, document_id FROM crawl_pages").fetchone()
    assert row == ("vanished", document)


def test_requests_are_counted_by_the_portals_day(frontier: Frontier) -> None:
    late = datetime(2026, 1, 5, 15, 59, tzinfo=UTC)
    frontier.mark_asked("a.example.cn", None, late, late)
    assert frontier.read_host("a.example.cn", late)[1] == 1
    assert frontier.read_host("a.example.cn", late + timedelta(minutes=2))[1] == 0


def test_hosts_off_the_list_are_written_down_and_never_asked(frontier: Frontier) -> None:
    frontier.open_round(PORTAL, None, NOW)
    start = find_next(frontier)
    with frontier.write():
        frontier.add_links(PORTAL, start, [Link("http://b.example.cn/1.html", "article", "text")], NOW)
    row = frontier.manifest.execute(
        "SELECT is_waiting, outcome FROM crawl_pages WHERE host = 'b.example.cn'"
    ).fetchone()
    assert row == (0, "off_list")
    frontier.close_round("one", "complete", None, NOW)
    frontier.open_round(PORTAL.model_copy(update={"hosts": ("a.example.cn", "b.example.cn")}), None, NOW)
    assert frontier.list_hosts(["one"]) == ["a.example.cn", "b.example.cn"]
