"""Columns whose lists a script writes: numbered pages, Hanweb's data proxy, the fixed module, gkmlpt's interface."""

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.addresses import AddressError, normalise_address
from crawler.families.anchors import read_anchors
from crawler.families.catalogue import Family
from crawler.pages import Link, Page
from crawler.words import find_year, says

# `createPageHTML(12, 0, "index", "html")` and its relatives; the first number counts pages.
PAGE_SCRIPT = re.compile(
    r"createPage(?:HTML|)\w*\(\s*(?:[\"'][^\"']*[\"']\s*,\s*)?(\d+)\s*,\s*\d+\s*,\s*[\"'](\w+)[\"']\s*,\s*[\"'](s?html?)[\"']"
)
PAGES_AT_MOST = 200
PROXY_ADDRESS = re.compile(r"[\"'(\[]([^\"'\s<>\[\]]*dataproxy\.jsp\?[^\"'\s<>\[\]]*)")
PROXY_PARAMETER = re.compile(r"[\"']?(columnid|unitid|webid|appid|path)[\"']?\s*[:=]\s*[\"']?([\w/]+)", re.IGNORECASE)
PROXY_PATH = "/module/web/jpage/dataproxy.jsp"
RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)
TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>|totalRecord\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
RECORDS_A_PAGE = 45
CONFIG = re.compile(r"_CONFIG\s*=\s*(?=\{)")


def read_script_pagination(page: Page, family: Family) -> Iterator[Link]:
    """The further pages of a static list that its script counts: `index_1.html` and so on."""
    found = PAGE_SCRIPT.search(page.text)
    if found is None:
        return
    count, name, ending = int(found.group(1)), found.group(2), found.group(3)
    year = find_year("", page.address)
    for number in range(1, min(count, PAGES_AT_MOST)):
        address = normalise_address(f"{name}_{number}.{ending}", page.address)
        yield Link(address, "column", f"page {number + 1} of {count}", year, is_next=True)


def read_dataproxy(page: Page, family: Family) -> Iterator[Link]:
    """Hanweb's records, from a column page or from the proxy's answer, and the proxy's further answers."""
    records = RECORD.findall(page.text)
    if records:
        yield from _read_records(page, family, records)
    base = _find_proxy(page)
    if base is None:
        return
    total = TOTAL.search(page.text)
    count = RECORDS_A_PAGE if total is None else int(total.group(1) or total.group(2))
    if len(records) >= count:
        return
    for first in range(1, min(count, RECORDS_A_PAGE * PAGES_AT_MOST) + 1, RECORDS_A_PAGE):
        window = {"startrecord": first, "endrecord": min(first + RECORDS_A_PAGE - 1, count), "perpage": 15}
        yield Link(_set_query(base, window), "column", f"records from {first} of {count}", is_next=True)


def read_annual_module(page: Page, family: Family) -> Iterator[Link]:
    """The years that the fixed module of annual reports offers, each as a page of its own."""
    for option in page.tree.css("option[value], a[data-year]"):
        value = option.attributes.get("value") or option.attributes.get("data-year") or ""
        if re.fullmatch(r"20\d{2}", value):
            address = _set_query(page.address, {"fbtime": value})
            if address != page.address:
                yield Link(address, "column", f"year: {value}", int(value))


def read_gkmlpt(page: Page, family: Family) -> Iterator[Link]:
    """The categories named annual reports in the page's configuration, and the articles its interface answers with."""
    if page.content_kind == "data":
        yield from _read_gkmlpt_answer(page)
        return
    mark = CONFIG.search(page.text)
    if mark is None:
        return
    try:
        config, _ = json.JSONDecoder().raw_decode(page.text, mark.end())
    except json.JSONDecodeError:
        return
    site = config.get("SID") or config.get("sid") or config.get("SITE_ID")
    base = page.address.split("/gkmlpt/", 1)[0]
    for category in _walk_categories(config):
        if says("column", str(category.get("name"))) and not says("other_reports", str(category.get("name"))):
            address = f"{base}/gkmlpt/api/all/{category['id']}?{urlencode({'page': 1, 'sid': site})}"
            yield Link(normalise_address(address), "column", f"category: {category['name']}")


def _read_gkmlpt_answer(page: Page) -> Iterator[Link]:
    try:
        answer = json.loads(page.text)
    except json.JSONDecodeError:
        return
    articles = answer.get("articles") if isinstance(answer, dict) else None
    if not isinstance(articles, list):
        return
    for article in articles:
        title, address = str(article.get("title", "")), article.get("url") or article.get("post_url")
        if not isinstance(address, str) or says("other_reports", title) or says("about_reports", title):
            continue
        try:
            absolute = normalise_address(address, page.address)
        except AddressError:
            continue
        yield Link(absolute, "article", f"text: {title[:80]}", find_year(title, absolute))
    number = int(dict(parse_qsl(urlsplit(page.address).query)).get("page", "1"))
    if articles and number < PAGES_AT_MOST:
        yield Link(_set_query(page.address, {"page": number + 1}), "column", f"page {number + 1}", is_next=True)


def _walk_categories(node: object) -> Iterator[dict[str, object]]:
    if isinstance(node, dict):
        if isinstance(node.get("name"), str) and isinstance(node.get("id"), int | str):
            yield node
        for value in node.values():
            yield from _walk_categories(value)
    elif isinstance(node, list):
        for value in node:
            yield from _walk_categories(value)


def _read_records(page: Page, family: Family, records: list[str]) -> Iterator[Link]:
    """The links of the records; a proxy's answer has no title: it was asked for because its column is about reports."""
    title = LexborHTMLParser(page.text).css_first("title")
    about = title.text() if title is not None else "信息公开年报"
    listed = "".join(records)
    holder = f"<html><head><title>{about}</title></head><body><ul>{listed}</ul></body></html>"
    yield from read_anchors(Page(page.address, page.status, {}, holder.encode()), family)


def _find_proxy(page: Page) -> str | None:
    written = PROXY_ADDRESS.search(page.text)
    if written is not None:
        return normalise_address(written.group(1).replace("&amp;", "&"), page.address)
    if PROXY_PATH in page.address:
        return page.address
    named = {name.lower(): value for name, value in PROXY_PARAMETER.findall(page.text)}
    if not {"columnid", "unitid", "webid"} <= named.keys():
        return None
    return normalise_address(f"{PROXY_PATH}?{urlencode(named)}", page.address)


def _set_query(address: str, values: Mapping[str, object]) -> str:
    parts = urlsplit(address)
    query = {
        **dict(parse_qsl(parts.query, keep_blank_values=True)),
        **{name: str(each) for name, each in values.items()},
    }
    return normalise_address(urlunsplit(parts._replace(query=urlencode(query, safe="/"))))
