"""`gongkai crawl` and `gongkai portals discover` from outside, over loopback."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator

from crawler.portals import Portal
from gongkai.cli import main
from gongkai.commands.portals import write_entry
from gongkai.crawling import crawl_home, discover_portal
from gongkai.home import Home
from gongkai.settings import Settings
from tests.crawler.endurance import write_register
from tests.crawler.made_reports import make_report
from tests.crawler.servers import PortalServer
from tests.crawler.sites import FAST, publish

OpenPortal = Callable[[], PortalServer]
REPORTS = [make_report(number) for number in range(3)]


def run_command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--lang", "en"])
    return int(str(ended.value.code))


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "portals"
    folder.mkdir()
    monkeypatch.setenv("GONGKAI_PORTALS", str(folder))
    monkeypatch.setenv("GONGKAI_CRAWL_PRIVATE_ADDRESSES", "1")
    monkeypatch.setenv("COLUMNS", "200")
    return folder


def test_crawl_says_what_became_of_each_portal(
    register: Path, home: Home, open_portal: OpenPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    sound, refusing = open_portal(), open_portal()
    portals = [publish(sound, "trs", REPORTS, "sound"), publish(refusing, "vsb", REPORTS, "refusing")]
    for path in refusing.pages:
        if path != "/robots.txt":
            refusing.behaviours[path] = lambda exchange: exchange.begin(403, ("Content-Length", "0"))
    write_register(register, portals)
    assert run_command("crawl", "--home", str(home.root)) == 0
    said = capsys.readouterr()
    assert "portals: blocked 1, complete 1" in said.out
    assert "new documents: 3, changed: 0, unchanged: 0, vanished pages: 0" in said.out
    assert "blocked: the portal refuses and is left alone; do not keep trying, ask those who run it" in said.out
    assert f"  refusing  HTTP 403: {portals[1].starts[0]}" in said.out.splitlines()
    assert "no contact is set" in said.err
    assert run_command("status", "--home", str(home.root)) == 0
    assert "blocked 1, complete 1" in capsys.readouterr().out
    assert {asked.agent for asked in sound.log} == {
        "gongkai/0.1.0 (archive of annual disclosure reports; no contact set)"
    }


def test_contact_is_told_to_portals(
    register: Path, home: Home, open_portal: OpenPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_CONTACT", "mailto:someone@example.cn")
    server = open_portal()
    write_register(register, [publish(server, "trs", REPORTS, "sound")])
    assert run_command("crawl", "--home", str(home.root)) == 0
    assert {asked.agent for asked in server.log} == {
        "gongkai/0.1.0 (archive of annual disclosure reports; contact: mailto:someone@example.cn)"
    }


def test_unverified_portals_are_crawled_when_named_only(
    register: Path, home: Home, open_portal: OpenPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS, "one").model_copy(update={"status": "unverified"})
    write_register(register, [portal])
    assert run_command("crawl", "--home", str(home.root)) == 1
    assert "no portal is verified; unverified: 1" in capsys.readouterr().err
    assert not server.log
    assert run_command("crawl", "--home", str(home.root), "--portal", "one") == 0
    assert run_command("crawl", "--home", str(home.root), "--portal", "two") == 1
    assert "`two`: no such portal" in capsys.readouterr().err


def test_discovery_proposes_a_sound_entry(settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    publish(server, "trs", REPORTS)
    listed = '<a href="/zwgk/zfxxgknb/index.html">政府信息公开年报</a>'
    meta = '<meta name="SiteName" content="测试县人民政府"><meta name="SiteIDCode" content="6107270001">'
    server.put("/", f"<html><head><title>首页</title>{meta}</head><body>{listed}</body></html>")
    proposal = discover_portal(server.base, settings, FAST)
    assert proposal.found_columns
    assert proposal.portal.starts == (f"{server.base}/zwgk/zfxxgknb/index.html",)
    assert (proposal.portal.family, proposal.portal.name) == ("trs", "测试县人民政府")
    assert (proposal.portal.site_code, proposal.portal.status) == ("6107270001", "unverified")
    assert not [asked.path for asked in server.log if asked.path.startswith("/secret")]


def test_discovery_goes_by_the_shape_of_reports_and_proposes_no_article(
    settings: Settings, open_portal: OpenPortal
) -> None:
    server = open_portal()
    start = publish(server, "hanweb", REPORTS).starts[0]
    listed = "".join(f'<a href="{path}">2023年政府信息公开年报</a>' for path in server.pages if "/art/" in path)
    # Marks of another family, as a report that was copied in from elsewhere carries them.
    marks = '<ucaptitle></ucaptitle><a href="/col/col1229/index.html">政府信息公开年报</a>'
    server.put("/", f"<html><head><title>政府信息公开年报</title></head><body>{marks}{listed}</body></html>")
    proposal = discover_portal(server.base, settings, FAST)
    assert proposal.portal.family == "hanweb"
    assert set(proposal.portal.starts) == {f"{server.base}/", start}


def test_discovery_writes_yaml_that_the_register_takes(settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    server.put("/", '<html><body><a href="/nb/">政府信息公开年报</a><p>测试</p></body></html>')
    server.put("/nb/", "<html><title>政府信息公开年报</title><body>暂无内容</body></html>")
    [record] = yaml.safe_load(write_entry(discover_portal(server.base, settings, FAST).portal))
    assert Portal.model_validate(record).starts == (f"{server.base}/nb/",)


@pytest.mark.parametrize("url", ["not an address", "ftp://www.example.gov.cn/"])
def test_discovery_refuses_what_is_no_address(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("portals", "discover", url) == 1
    assert "hint: give the whole address" in capsys.readouterr().err


def test_archive_holds_every_answer(home: Home, settings: Settings, open_portal: OpenPortal) -> None:
    server = open_portal()
    portal = publish(server, "trs", REPORTS)
    crawl_home(home, settings.model_copy(update={"crawl_warc": True}), [portal])
    [file] = home.warc.glob("*.warc.gz")
    with file.open("rb") as stream:
        found = {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        }
    assert len(found) == len(server.log)
    assert {report.content for report in REPORTS} <= set(found.values())
