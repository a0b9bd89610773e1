"""Two crawls and a run over one portal: what changed is a revision, what did not is none, what vanished is kept.

The portal also has reports that stand in an attachment only, or both in the page and in its attachment.
"""

from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

import duckdb
import pytest

from gongkai.home import Home
from tests.crawler.agency_years import compare_home
from tests.crawler.endurance import run_to_the_end, write_register
from tests.crawler.made_reports import MEDIA, MadeReport, make_report
from tests.crawler.servers import PortalServer, serve_portal
from tests.crawler.sites import PUBLISHERS, link, publish, write_wrapper

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("portal_revisions")]

# Of the register of agencies; all others are townships that no register knows.
BUREAUS = [f"平利县{name}局" for name in ("财政", "统计", "司法")]
CHANGED = [make_report(2000), make_report(2002), make_report(2001, agency=BUREAUS[0])]
STAMPED = [make_report(2003), make_report(2004, agency=BUREAUS[1])]
VANISHED = make_report(2005)
STEADY = [make_report(number) for number in range(2010, 2016)]
ATTACHED = [make_report(2020, "docx"), make_report(2021, "pdf_ruled", agency=BUREAUS[2])]
DOUBLED = [make_report(2030), make_report(2031, agency="平利县民政局")]
PAGES = [*CHANGED, *STAMPED, VANISHED, *STEADY, *DOUBLED]
REVISED = [make_report(report.number, agency=report.agency, revision=1) for report in CHANGED]
FIRST_STAMP, SECOND_STAMP = "浏览次数：12　更新时间：2024-01-20 08:15", "浏览次数：999　更新时间：2024-03-02 17:40"


@dataclass(frozen=True)
class Recrawl:
    """What stands in the home after two crawls and a run; `statuses` are the second crawl's answers by path."""

    home: Home
    server: PortalServer
    places: dict[int, str]
    said: str
    statuses: dict[str, int]

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.home.warehouse, read_only=True) as warehouse:
            return warehouse.execute(query, list(values)).fetchall()

    def name(self, report: MadeReport) -> str:
        return self.server.base + self.places[report.number]


def stamp(report: MadeReport, text: str) -> bytes:
    """The page of a report with a counter and a time below it."""
    return report.content.replace(b"</body>", f'<div class="foot">{text}</div></body>'.encode())


def attach(server: PortalServer, place: str, page: bytes | str, report: MadeReport) -> None:
    """A page that carries a report as a file."""
    file = f"{place.rsplit('/', 1)[0]}/P{report.number}.{report.ending}"
    server.put(file, report.content, report.media_type)
    carried = link(file, f"附件：{report.title}.{report.ending}")
    text = page if isinstance(page, str) else page.decode()
    server.put(place, text.replace("</body>", f"<p>{carried}</p></body>"))


def fill(server: PortalServer) -> dict[int, str]:
    """The first state of the portal; where each report stands."""
    PUBLISHERS["openness"](server, [*PAGES, *ATTACHED])
    contents = {served.content: path for path, served in server.pages.items()}
    places = {report.number: contents[report.content] for report in [*PAGES, *ATTACHED]}
    for report in STAMPED:
        server.put(places[report.number], stamp(report, FIRST_STAMP), MEDIA["html"])
    for report in DOUBLED:
        copy = make_report(report.number, "docx", agency=report.agency)
        attach(server, places[report.number], report.content, copy)
    for report in ATTACHED:
        del server.pages[places[report.number]]
        places[report.number] = f"/openness/OpennessAnnualReport/show/{report.number}.html"
        attach(server, places[report.number], write_wrapper(report, ""), report)
    return places


def change(server: PortalServer, places: dict[int, str]) -> None:
    """Its second state."""
    for report in REVISED:
        server.put(places[report.number], report.content, MEDIA["html"])
    for report in STAMPED:
        server.put(places[report.number], stamp(report, SECOND_STAMP), MEDIA["html"])
    del server.pages[places[VANISHED.number]]


@pytest.fixture(scope="module")
def recrawl(tmp_path_factory: pytest.TempPathFactory) -> Generator[Recrawl]:
    folder = tmp_path_factory.mktemp("revisions")
    home, register = Home(folder / "home").ensure(), folder / "portals"
    with ExitStack() as stack:
        server = stack.enter_context(serve_portal())
        portal = publish(server, "openness", [*PAGES, *ATTACHED])
        places = fill(server)
        write_register(register, [portal])
        run_to_the_end("crawl", home, register)
        change(server, places)
        server.log.clear()
        said = run_to_the_end("crawl", home, register)
        run_to_the_end("run", home, register)
        yield Recrawl(home, server, places, said, {asked.path: asked.status for asked in server.log})


def test_every_report_is_one_agency_year(recrawl: Recrawl) -> None:
    now = {report.number: report for report in [*PAGES, *ATTACHED]} | {report.number: report for report in REVISED}
    compared = compare_home(recrawl.home, list(now.values()))
    assert compared.is_exact, (compared.describe(), compared.missing, compared.surplus)
    linked = recrawl.ask("SELECT agency_name FROM marts.fct_agency_year WHERE is_linked ORDER BY ALL")
    assert {(CHANGED[2].agency,), (ATTACHED[1].agency,), (DOUBLED[1].agency,)} <= set(linked)


def test_second_crawl_answers_304_for_all_that_is_unchanged(recrawl: Recrawl) -> None:
    changed = {recrawl.places[report.number] for report in [*REVISED, *STAMPED]}
    vanished = recrawl.places[VANISHED.number]
    assert {recrawl.statuses[path] for path in changed} == {200}
    assert recrawl.statuses[vanished] == 404
    assert {status for path, status in recrawl.statuses.items() if path not in changed | {vanished}} == {304}
    steady = len(STEADY) + 2 * len(ATTACHED) + 2 * len(DOUBLED)
    assert recrawl.said.splitlines()[-2] == (
        f"new documents: 0, changed: {len(changed)}, unchanged: {steady}, vanished pages: 1"
    )


def test_changed_reports_are_revisions_with_the_figures_that_moved(recrawl: Recrawl) -> None:
    query = """
        SELECT table_id || '.' || line_id || '.' || column_id, superseded_value, counted_value
        FROM core.fct_report_revisions WHERE superseded_report_id LIKE ? || '%' AND counted_report_id LIKE ? || '%'
    """
    total = 0
    for old, new in zip(CHANGED, REVISED, strict=True):
        moved = {
            (cell_id, Decimal(text), Decimal(new.figures[cell_id]))
            for cell_id, text in old.figures.items()
            if text != new.figures[cell_id]
        }
        ids = [sha256(report.content).hexdigest()[:16] for report in (old, new)]
        assert set(recrawl.ask(query, *ids)) == moved
        assert moved
        total += len(moved)
    assert recrawl.ask("SELECT count(*) FROM core.fct_report_revisions") == [(total,)]


def test_counter_and_time_stamp_make_no_revision(recrawl: Recrawl) -> None:
    query = """
        SELECT superseded_reason FROM qc.qc_reports_superseded WHERE document_id = ?
    """
    for report in STAMPED:
        before, after = (sha256(stamp(report, text)).hexdigest() for text in (FIRST_STAMP, SECOND_STAMP))
        assert recrawl.ask(query, before) == [("copy",)]
        assert recrawl.ask(query, after) == []


def test_vanished_page_is_recorded_and_its_report_kept(recrawl: Recrawl) -> None:
    status = "SELECT crawl_status, vanished_page_count FROM marts.mart_portal_status"
    assert recrawl.ask(status) == [("complete", 1)]
    document = sha256(VANISHED.content).hexdigest()
    kept = "SELECT agency_name, document_id, source_url FROM marts.fct_agency_year WHERE document_id = ?"
    assert recrawl.ask(kept, document) == [(VANISHED.agency, document, recrawl.name(VANISHED))]
    assert recrawl.home.document(document).read_bytes() == VANISHED.content


def test_page_that_only_carries_its_report_gives_way_to_it(recrawl: Recrawl) -> None:
    counted = "SELECT document_id, source_url FROM marts.fct_agency_year WHERE agency_name = ? AND report_year = ?"
    superseded = """
        SELECT superseded_reason, documents.source_url
        FROM qc.qc_reports_superseded JOIN raw.documents USING (document_id) WHERE agency_name = ?
    """
    for report in ATTACHED:
        document = sha256(report.content).hexdigest()
        file = recrawl.name(report).rsplit("/", 1)[0] + f"/P{report.number}.{report.ending}"
        assert recrawl.ask(counted, report.agency, report.year) == [(document, file)]
        assert recrawl.ask(superseded, report.agency) == [("without_tables", recrawl.name(report))]


def test_page_and_attachment_with_one_report_are_one_and_the_page_counts(recrawl: Recrawl) -> None:
    counted = "SELECT source_url FROM marts.fct_agency_year WHERE agency_name = ? AND report_year = ?"
    superseded = "SELECT superseded_reason, document_id FROM qc.qc_reports_superseded WHERE agency_name = ?"
    for report in DOUBLED:
        assert recrawl.ask(counted, report.agency, report.year) == [(recrawl.name(report),)]
        copy = make_report(report.number, "docx", agency=report.agency)
        assert recrawl.ask(superseded, report.agency) == [("other_file", sha256(copy.content).hexdigest())]


def test_portal_counts_each_publication_once(recrawl: Recrawl) -> None:
    [(count,)] = recrawl.ask("SELECT crawled_report_count FROM marts.mart_portal_status")
    assert count == len(PAGES) + len(ATTACHED)
