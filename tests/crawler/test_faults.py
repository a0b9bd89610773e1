"""What portals do wrong: each fault ends in its status, within bounds, and touches no other portal."""

import itertools
import socket
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest

from crawler.crawl import PortalResult
from crawler.outcomes import PortalStatus
from crawler.portals import Portal
from gongkai.crawling import crawl_home
from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store.manifest import open_manifest
from tests.crawler.made_reports import make_report
from tests.crawler.servers import Behaviour, Exchange, PortalServer, Served, serve_portal
from tests.crawler.sites import FAST, NOISE, publish, write_column

OpenPortal = Callable[[], PortalServer]
REPORTS = [make_report(number) for number in range(3)]
START = "/zwgk/zfxxgknb/index.html"
FIRST = "/zwgk/zfxxgknb/202401/t20240120_0.html"


def read_outcomes(home: Home, portal_id: str) -> dict[str, str | None]:
    """Every page of a portal with what became of it, by the end of its address."""
    with open_manifest(home.manifest) as manifest:
        rows = manifest.execute("SELECT address, outcome FROM crawl_pages WHERE portal_id = ?", (portal_id,))
        return {address.split("/", 3)[3]: outcome for address, outcome in rows}


def crawl_beside_another(
    home: Home, settings: Settings, odd: Portal, open_portal: OpenPortal
) -> tuple[PortalResult, PortalServer]:
    """Crawls a portal with a fault beside one without; the other one must not notice."""
    other = open_portal()
    sound = publish(other, "generic", REPORTS, "sound")
    began = time.monotonic()
    results = {result.portal_id: result for result in crawl_home(home, settings, [odd, sound]).results}
    assert time.monotonic() - began < 30
    assert results["sound"].status == "complete"
    assert results["sound"].events["new"] == len(REPORTS)
    return results[odd.id], other


def answer(status: int, content: str = "<html><body>…</body></html>", **headers: str) -> Behaviour:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda exchange: exchange.answer(Served(content.encode(), status=status, headers=named, validators=False))


def send_slowly(exchange: Exchange) -> None:
    exchange.begin(200, ("Content-Type", "text/html"), ("Content-Length", "100000"))
    for _ in range(100):
        exchange.handler.wfile.write(b"x")
        exchange.handler.wfile.flush()
        time.sleep(0.1)


def send_endlessly(exchange: Exchange) -> None:
    exchange.begin(200, ("Content-Type", "text/html"))
    for _ in range(100_000):
        exchange.handler.wfile.write(b"<p>x</p>" * 1000)


def cut_short(exchange: Exchange) -> None:
    exchange.begin(200, ("Content-Type", "text/html"), ("Content-Length", "5000"))
    exchange.handler.wfile.write(b"<html><body>half")


CAPTCHA = "<html><title>安全验证</title><body>请完成安全验证后继续访问</body></html>"
REFUSAL = "<html><title>提示</title><body>您的请求疑似攻击行为，您的访问被拒绝。网站防火墙拦截</body></html>"
LOGIN = '<html><body>请登录<form><input name="u"><input type="password" name="p"></form></body></html>'
SCRIPTS = (
    '<html><head><title>年报</title><script src="/app.js"></script></head><body><div id="app"></div></body></html>'
)


START_FAULTS: dict[str, tuple[Behaviour, PortalStatus, int]] = {
    "403": (answer(403), "blocked", 2),
    "412": (answer(412, "<script>$_ts={}</script>"), "blocked", 2),
    "captcha": (answer(200, CAPTCHA), "captcha", 2),
    "captcha_under_403": (answer(403, CAPTCHA), "captcha", 2),
    "firewall": (answer(200, REFUSAL), "blocked", 2),
    "429_without_end": (answer(429), "rate_limited", 4),
    "429_until_tomorrow": (answer(429, Retry_After="86400"), "deferred", 2),
    "503_until_tomorrow": (answer(503, Retry_After="86400"), "deferred", 2),
    "500_without_end": (answer(500), "unreachable", 4),
    "404": (answer(404), "no_column", 2),
    "401": (answer(401), "login_page", 2),
    "login": (answer(200, LOGIN), "login_page", 2),
    "redirect_to_login": (answer(302, Location="/sso/login?back=1"), "login_page", 2),
    "list_by_script": (answer(200, SCRIPTS), "needs_script", 2),
    "redirect_to_private": (answer(302, Location="http://10.0.0.1/nb/"), "unreachable", 2),
    "redirect_to_loopback": (answer(302, Location="http://[::1]/nb/"), "unreachable", 2),
    "redirect_to_file": (answer(302, Location="file:///etc/passwd"), "no_column", 2),
    "redirect_elsewhere": (answer(302, Location="https://elsewhere.example.cn/"), "no_column", 2),
    "redirect_to_itself": (answer(302, Location=START), "no_column", 2),
    "slow_bytes": (send_slowly, "unreachable", 4),
    "truncated": (cut_short, "unreachable", 4),
    "no_page": (answer(200, "\x7fELF\x02\x01 program"), "no_column", 2),
}
ARTICLE_FAULTS: dict[str, tuple[Behaviour, str, PortalStatus]] = {
    "500": (answer(500), "server_error", "incomplete"),
    "403": (answer(403), "blocked", "blocked"),
    "captcha": (answer(200, CAPTCHA), "captcha", "captcha"),
    "404": (answer(404), "not_found", "complete"),
    "login": (answer(200, LOGIN), "login_page", "incomplete"),
    "no_page": (answer(200, "plain words"), "wrong_type", "complete"),
    "empty": (answer(200, ""), "wrong_type", "complete"),
    "slow_bytes": (send_slowly, "timeout", "incomplete"),
    "truncated": (cut_short, "truncated", "incomplete"),
    "redirect_loop": (answer(302, Location="/a"), "redirected", "incomplete"),
    "redirect_to_private": (answer(302, Location="http://10.0.0.1/nb/"), "private_address", "complete"),
}


@dataclass(frozen=True)
class FaultyCrawl:
    """One crawl over every fault at once, a sound portal among them."""

    home: Home
    results: dict[str, PortalResult]
    servers: dict[str, PortalServer]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory, crawl_settings: Settings) -> Generator[FaultyCrawl]:
    home = Home(tmp_path_factory.mktemp("faulty")).ensure()
    servers: dict[str, PortalServer] = {}
    portals: list[Portal] = []
    odd = {f"start-{name}": (START, fault[0]) for name, fault in START_FAULTS.items()}
    odd |= {f"article-{name}": (FIRST, fault[0]) for name, fault in ARTICLE_FAULTS.items()}
    with ExitStack() as stack:
        for name, (path, behaviour) in odd.items():
            servers[name] = stack.enter_context(serve_portal())
            portals.append(publish(servers[name], "trs", REPORTS, name))
            servers[name].behaviours |= {
                path: behaviour,
                "/a": answer(302, Location="/b"),
                "/b": answer(302, Location="/a"),
            }
        servers["sound"] = stack.enter_context(serve_portal())
        portals.append(publish(servers["sound"], "generic", REPORTS, "sound"))
        results = crawl_home(home, crawl_settings, portals).results
        yield FaultyCrawl(home, {result.portal_id: result for result in results}, servers)


@pytest.mark.xdist_group("portal_faults")
@pytest.mark.parametrize("fault", START_FAULTS)
def test_start_page_that_fails_decides_the_portal(fault: str, faulty: FaultyCrawl) -> None:
    _, status, most_requests = START_FAULTS[fault]
    result = faulty.results[f"start-{fault}"]
    assert result.status == status, result
    assert len(faulty.servers[f"start-{fault}"].log) <= most_requests
    assert result.events["new"] == 0


@pytest.mark.xdist_group("portal_faults")
@pytest.mark.parametrize("fault", ARTICLE_FAULTS)
def test_article_that_fails_leaves_the_others(fault: str, faulty: FaultyCrawl) -> None:
    _, outcome, status = ARTICLE_FAULTS[fault]
    name = f"article-{fault}"
    assert faulty.results[name].status == status
    # A portal that refuses is not asked for the others.
    assert faulty.results[name].events["new"] == (0 if status in ("blocked", "captcha") else len(REPORTS) - 1)
    outcomes = read_outcomes(faulty.home, name)
    assert outcomes[FIRST.removeprefix("/")] == outcome
    assert outcome != "redirected" or outcomes["b"] == "redirect_loop"


@pytest.mark.xdist_group("portal_faults")
def test_sound_portal_notices_nothing_of_the_others(faulty: FaultyCrawl) -> None:
    result = faulty.results["sound"]
    assert (result.status, result.events["new"], result.events["failed"]) == ("complete", len(REPORTS), 0)
    for server in faulty.servers.values():
        assert server.most_under_way <= 1
        assert server.shortest_gap >= FAST.delay_seconds


def test_burst_of_500_passes(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "odd")
    sound = server.pages[START]
    server.behaviours[START] = lambda exchange: exchange.answer(
        replace(sound, status=500, validators=False) if exchange.number <= 2 else sound
    )
    result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert (result.status, result.events["new"]) == ("complete", len(REPORTS))
    assert server.list_statuses(START) == [500, 500, 200]


@pytest.mark.slow
def test_retry_after_is_waited_for(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "odd")
    page = server.pages[FIRST]
    server.behaviours[FIRST] = lambda exchange: (
        answer(429, Retry_After="2")(exchange) if exchange.number == 1 else exchange.answer(page)
    )
    result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert (result.status, result.events["new"]) == ("complete", len(REPORTS))
    refused = next(asked for asked in server.log if asked.status == 429)
    assert min(asked.began for asked in server.log if asked.began > refused.began) - refused.ended >= 2


def test_endless_body_is_given_up(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "odd")
    server.behaviours[FIRST] = send_endlessly
    bounded = settings.model_copy(update={"crawl_max_bytes": 1_000_000})
    result, _ = crawl_beside_another(home, bounded, portal, open_portal)
    assert (result.status, result.detail) == ("incomplete", "too_large 1")
    assert read_outcomes(home, "odd")[FIRST.removeprefix("/")] == "too_large"


def test_name_that_does_not_resolve_is_unreachable(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    portal = Portal(id="odd", hosts=("nowhere.invalid",), family="trs", starts=("http://nowhere.invalid/nb/",))
    quick = portal.model_copy(update={"politeness": FAST})
    result, _ = crawl_beside_another(home, settings, quick, open_portal)
    assert (result.status, result.detail) == ("unreachable", "start page: dns_error")


def test_closed_port_is_unreachable(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}/nb/"
        portal = Portal(id="odd", hosts=("127.0.0.1",), family="trs", starts=(address,), politeness=FAST)
        result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert (result.status, result.detail) == ("unreachable", "start page: connection_failed")


def test_plain_server_behind_https_is_a_tls_error(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    address = f"https://{server.host}:{server.port}/nb/"
    portal = Portal(id="odd", hosts=(server.host,), family="trs", starts=(address,), politeness=FAST)
    result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert (result.status, result.detail) == ("unreachable", "start page: tls_error")


@pytest.mark.slow
def test_calendar_without_end_is_left(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "generic", REPORTS, "odd")

    def write_month(exchange: Exchange) -> None:
        month = exchange.number + len(exchange.server.log)
        onward = [f'<a href="/xxgk/nb/{month * 10 + step}/">{2000 + month % 20}年</a>' for step in range(5)]
        exchange.answer(Served(write_column([*onward, f'<a href="/xxgk/nb/{month}/">下一页</a>']).encode()))

    for number in range(20000):
        server.behaviours[f"/xxgk/nb/{number}/"] = write_month
    listed = [f'<a href="/doc/2024/01/08/{report.number}.shtml">{report.title}</a>' for report in REPORTS]
    for report in REPORTS:
        server.put(f"/doc/2024/01/08/{report.number}.shtml", report.content, "text/html")
    server.put("/xxgk/nb/", write_column([*listed, '<a href="/xxgk/nb/7/">2024年</a>']))
    result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert (result.status, result.events["new"]) == ("complete", len(REPORTS))
    assert len(server.log) < 200
    assert {"barren"} <= {outcome for outcome in read_outcomes(home, "odd").values() if outcome is not None}


def test_disallowed_paths_are_never_asked_for(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "odd")
    server.put("/robots.txt", "User-agent: *\nDisallow: /zwgk/zfxxgknb/202401/\n", "text/plain")
    result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert not [asked for asked in server.log if asked.path.startswith("/zwgk/zfxxgknb/202401/")]
    assert read_outcomes(home, "odd")[FIRST.removeprefix("/")] == "disallowed"
    assert result.events["new"] == len(REPORTS) - 1


@pytest.mark.slow
def test_delay_that_robots_ask_for_is_kept(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "odd")
    server.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert result.status == "complete"
    began = sorted(asked.began for asked in server.log)
    assert min(later - earlier for earlier, later in itertools.pairwise(began)) >= 0.3


def test_robots_that_fail_forbid_everything(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "odd")
    server.behaviours["/robots.txt"] = answer(500)
    result, _ = crawl_beside_another(home, settings, portal, open_portal)
    assert (result.status, result.detail) == ("unreachable", "start page: robots_unreachable")
    assert {asked.path for asked in server.log} == {"/robots.txt"}


def test_budget_of_the_day_is_kept_over_crawls(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    whole = publish(server, "trs", REPORTS, "odd")
    portal = whole.model_copy(update={"politeness": FAST.model_copy(update={"requests_per_day": 3})})
    first = crawl_home(home, settings, [portal]).results[0]
    second = crawl_home(home, settings, [portal]).results[0]
    assert (first.status, first.waiting) == ("budget_spent", 2)
    assert (second.status, second.events["asked"]) == ("budget_spent", 0)
    assert len(server.log) == 3
    third = crawl_home(home, settings, [whole]).results[0]
    assert (third.status, third.events["new"], len(server.log)) == ("complete", 2, 5)


def test_private_addresses_are_refused_by_default(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "odd")
    named = Portal(
        id="named",
        hosts=("localhost",),
        family="trs",
        starts=(f"http://localhost:{server.port}{START}",),
        politeness=FAST,
    )
    guarded = settings.model_copy(update={"crawl_private_addresses": False})
    results = crawl_home(home, guarded, [portal, named]).results
    assert [(result.status, result.detail) for result in results] == [
        ("unreachable", "start page: private_address"),
        ("unreachable", "start page: private_address"),
    ]
    assert not server.log


def test_noise_of_the_page_is_not_followed(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    crawl_home(home, settings, [publish(server, "trs", REPORTS, "odd")])
    assert "法治政府" in NOISE
    assert not [asked.path for asked in server.log if "fzzf" in asked.path]
