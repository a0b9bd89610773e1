"""Test portals: one layout for each family, filled with given reports."""

import json
from collections.abc import Callable, Iterable, Sequence
from html import escape

from crawler.families.catalogue import FamilyId
from crawler.portals import Politeness, Portal
from tests.crawler.made_reports import MadeReport
from tests.crawler.servers import PortalServer

PAGE_SIZE = 5
# Fast for a test; the gap between two requests is still looked at.
FAST = Politeness(delay_seconds=0.02, jitter_seconds=0.005, requests_per_day=50000)
HEAD = '<meta name="SiteName" content="测试门户"><meta name="ColumnName" content="政府信息公开年报">'
NOISE = (
    '<ul class="nav"><li><a href="/index.html">首页</a></li><li><a href="/zfxxgkzn/">政府信息公开指南</a></li>'
    '<li><a href="/fzzf/202401/t20240101_9.html">2023年法治政府建设年度报告</a></li>'
    '<li><a href="/secret/202401/t20240101_7.html">某局2023年政府信息公开工作年度报告</a></li>'
    '<li><a href="https://elsewhere.example.cn/nb/">其他网站年度报告</a></li></ul>'
)


def write_column(items: Iterable[str], more: str = "") -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<html><head><title>政府信息公开年报</title>{HEAD}</head><body>{NOISE}<ul>{listed}</ul>{more}</body></html>"


def write_wrapper(report: MadeReport, carried: str) -> str:
    """An article that holds no more than its file."""
    head = f"<title>{report.title}</title>"
    return f"<html><head>{head}</head><body><p>{escape('请查看附件。' * 20)}</p>{carried}</body></html>"


def link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def paginate(reports: Sequence[MadeReport]) -> list[Sequence[MadeReport]]:
    return [reports[start : start + PAGE_SIZE] for start in range(0, len(reports), PAGE_SIZE)] or [()]


def put_report(portal: PortalServer, report: MadeReport, address: str) -> None:
    """A page of its own; a file stands behind a page that carries it, in a frame where it is a PDF."""
    if report.ending == "html":
        portal.put(address, report.content, report.media_type)
        return
    folder = address.rsplit("/", 1)[0]
    file = f"{folder}/P0{report.number:06}.{report.ending}"
    portal.put(file, report.content, report.media_type)
    frame = f'<iframe src="/pdfjs/web/viewer.html?file={file}"></iframe>'
    carried = frame if report.ending == "pdf" else link(file, f"附件：报告.{report.ending}")
    portal.put(address, write_wrapper(report, carried))


def publish_trs(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """Static pages that a script counts; every article has a twin for telephones, which the list names for some."""
    pages = paginate(reports)
    for number, page in enumerate(pages):
        items = []
        for report in page:
            place = f"2024{report.number % 12 + 1:02}/t20240120_{report.number}.html"
            put_report(portal, report, f"/zwgk/zfxxgknb/{place}")
            named = place.replace(".html", "_wap.html") if report.number % 5 == 0 else place
            items.append(link(f"./{named}", report.title))
        name = "index.html" if number == 0 else f"index_{number}.html"
        script = f'<script>createPageHTML({len(pages)}, {number}, "index", "html");</script>'
        portal.put(f"/zwgk/zfxxgknb/{name}", write_column(items, script))
    return "/zwgk/zfxxgknb/index.html"


def publish_hanweb(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """A column whose records the data proxy answers with, 45 at a time."""
    records = []
    for report in reports:
        address = f"/art/2024/1/22/art_1229_{report.number}.html"
        put_report(portal, report, address)
        records.append(f"<li>{link(address, report.title)}<span>2024-01-22</span></li>")
    base = "/module/web/jpage/dataproxy.jsp?appid=1&columnid=1229&path=/&unitid=5828&webid=3085"
    proxy = escape(base)
    total = f"<totalrecord>{len(records)}</totalrecord>"
    script = f'<script type="text/xml"><datastore>{total}<nextgroup><![CDATA[<a href="{proxy}"></a>]]></nextgroup>'
    portal.put("/col/col1229/index.html", write_column([], f"{script}</datastore></script>"))
    for first in range(1, len(records) + 1, 45):
        last = min(first + 44, len(records))
        window = f"&startrecord={first}&endrecord={last}&perpage=15"
        listed = "".join(f"<record><![CDATA[{record}]]></record>" for record in records[first - 1 : last])
        answer = f"<?xml version='1.0' encoding='UTF-8'?><datastore>{total}<recordset>{listed}</recordset></datastore>"
        portal.put(base + window, answer, "text/xml; charset=utf-8")
    return "/col/col1229/index.html"


def publish_annual_module(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """The fixed module: one page for each year."""
    base = "/module/xxgk/xxgkAnnualReport.jsp?area=11370883&fbtime="
    years = sorted({report.year for report in reports})
    options = "".join(f'<option value="{year}">{year}年</option>' for year in years)
    for year in years:
        items = []
        for report in reports:
            if report.year == year:
                address = f"/art/{year + 1}/1/30/art_77_{report.number}.html"
                put_report(portal, report, address)
                items.append(link(address, report.agency) + "年度报告")
        portal.put(f"{base}{year}", write_column(items, f"<select>{options}</select>"))
    return f"{base}{years[-1]}"


def publish_guangdong(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """Lists with a link to the next page only."""
    pages = paginate(reports)
    for number, page in enumerate(pages, start=1):
        items = []
        for report in page:
            address = f"/gznb/zfxxgknb/bm/content/post_{report.number}.html"
            put_report(portal, report, address)
            items.append(link(address, report.title))
        following = link(f"index_{number + 1}.html", "下一页") if number < len(pages) else ""
        name = "index.html" if number == 1 else f"index_{number}.html"
        portal.put(f"/gznb/zfxxgknb/bm/{name}", write_column(items, following))
    return "/gznb/zfxxgknb/bm/index.html"


def publish_gkmlpt(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """A page whose configuration names categories, and an interface that lists their articles."""
    config = {
        "SID": "200001",
        "CATEGORIES": [{"id": 5, "name": "政策文件", "children": [{"id": 8766, "name": "政府信息公开年报"}]}],
    }
    script = f"<script>window._CONFIG = {json.dumps(config, ensure_ascii=False)};</script>"
    page = f"<html><head><title>信息公开目录</title>{script}</head><body><div id=app>目录正在加载</div></body></html>"
    portal.put("/gkmlpt/index", page)
    pages = paginate(reports)
    for number, part in enumerate([*pages, []], start=1):
        articles = []
        for report in part:
            address = f"/gkmlpt/content/8/{report.number}/post_{report.number}.html"
            put_report(portal, report, address)
            articles.append({"id": report.number, "title": report.title, "url": f"{portal.base}{address}"})
        answer = json.dumps({"articles": articles, "total": len(reports)}, ensure_ascii=False)
        portal.put(f"/gkmlpt/api/all/8766?page={number}&sid=200001", answer, "application/json")
    return "/gkmlpt/index"


def publish_ucap(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """Articles under hexadecimal names; years stand in folders."""
    years = sorted({report.year for report in reports})
    for year in years:
        items = []
        for report in reports:
            if report.year == year:
                address = f"/c101626/zfxxgknb/{year}/{year + 1}01/{report.number:032x}.shtml"
                put_report(portal, report, address)
                items.append(f"{link(address, report.agency[:6] + '…')}<span>{report.title}</span>")
        portal.put(f"/c101626/zfxxgknb/{year}/list.shtml", write_column(items))
    portal.put("/c101626/zfxxgknb/", write_column([link(f"{year}/list.shtml", f"{year}年") for year in years]))
    return "/c101626/zfxxgknb/"


def publish_openness(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """The openness module: years in the path."""
    years = sorted({report.year for report in reports})
    base = "/openness/OpennessAnnualReport"
    menu = [link(f"{base}/year/6/{year}.html", f"{year}年") for year in years]
    for year in years:
        items = list(menu)
        for report in reports:
            if report.year == year:
                put_report(portal, report, f"{base}/show/{report.number}.html")
                items.append(link(f"{base}/show/{report.number}.html", report.title))
        portal.put(f"{base}/year/6/{year}.html", write_column(items))
    return f"{base}/year/6/{years[-1]}.html"


def publish_vsb(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """Lists that count down below the column's own page."""
    pages = paginate(reports)
    for number, page in enumerate(pages):
        items = []
        for report in page:
            put_report(portal, report, f"/info/4516/{report.number}.htm")
            items.append(link(f"/info/4516/{report.number}.htm", report.title))
        left = len(pages) - number - 1
        following = link(f"/xxgk/nb/{left}.htm", "下页") if left else ""
        portal.put("/xxgk/nb.htm" if number == 0 else f"/xxgk/nb/{left + 1}.htm", write_column(items, following))
    return "/xxgk/nb.htm"


def publish_generic(portal: PortalServer, reports: Sequence[MadeReport]) -> str:
    """A front page that leads to the column, bodies below it, their reports as pages or as files in the list."""
    column = link("/xxgk/nb/", "政府信息公开年报")
    portal.put("/", f"<html><head><title>测试县人民政府</title></head><body>{NOISE}{column}<p>欢迎</p></body></html>")
    groups = {"部门": reports[0::2], "乡镇": reports[1::2]}
    portal.put("/xxgk/nb/", write_column([link(f"/xxgk/nb/{n}/", name) for n, name in enumerate(groups)]))
    for number, members in enumerate(groups.values()):
        items = []
        for report in members:
            if report.ending == "html":
                address = f"/doc/2024/01/08/{report.number}.shtml"
                put_report(portal, report, address)
            else:
                address = f"/files/{report.number}.{report.ending}"
                portal.put(address, report.content, report.media_type)
            items.append(link(address, report.title))
        portal.put(f"/xxgk/nb/{number}/", write_column(items))
    return "/"


PUBLISHERS: dict[FamilyId, Callable[[PortalServer, Sequence[MadeReport]], str]] = {
    "trs": publish_trs,
    "hanweb": publish_hanweb,
    "annual_module": publish_annual_module,
    "guangdong_post": publish_guangdong,
    "gkmlpt": publish_gkmlpt,
    "ucap": publish_ucap,
    "openness": publish_openness,
    "vsb": publish_vsb,
    "generic": publish_generic,
}


def publish(
    portal: PortalServer,
    family: FamilyId,
    reports: Sequence[MadeReport],
    name: str = "portal",
    politeness: Politeness = FAST,
) -> Portal:
    """Fills a portal with reports in a family's layout; its entry of the register."""
    start = PUBLISHERS[family](portal, reports)
    portal.put("/robots.txt", "User-agent: *\nDisallow: /admin/\nDisallow: /secret\n", "text/plain")
    return Portal(
        id=name,
        hosts=(portal.host,),
        family=family,
        starts=(f"{portal.base}{start}",),
        politeness=politeness,
        status="verified",
    )
