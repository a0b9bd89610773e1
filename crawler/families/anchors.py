"""Links as they stand in a page: reports, attachments, and the columns that lead to more."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from selectolax.lexbor import LexborNode

from crawler.addresses import AddressError, compute_key, normalise_address
from crawler.families.catalogue import Family
from crawler.pages import Link, Page
from crawler.words import find_year, says

ATTACHMENT = re.compile(r"\.(pdf|docx?|wps|et|xlsx?|ofd|zip|rar|7z|rtf)$", re.IGNORECASE)
PICTURE = re.compile(r"\.(jpe?g|png|bmp|tiff?)$", re.IGNORECASE)
DOWNLOAD = re.compile(r"download|attach|file(id|name)?=", re.IGNORECASE)
NAMED_IN_SCRIPT = re.compile(r"[\"']([^\"'\s<>]+?\.(?:pdf|ofd|docx?|wps))[\"']", re.IGNORECASE)
IMAGE_ONLY_CHARACTERS = 200
CONTEXT_CHARACTERS = 200
BODY_SELECTORS = (
    "div.TRS_Editor, div.article_content, ucapcontent, #zoom, .article, .content, #content, .v_news_content"
)


def read_anchors(page: Page, family: Family) -> Iterator[Link]:
    """The links of a column page: reports by what is said of them, attachments, and further columns."""
    is_about_reports = says("column", page.title)
    here = _read_folder(page.address)
    for node in page.tree.css("a[href]"):
        link = _judge_anchor(node, page, family, is_about_reports, here)
        if link is not None:
            yield link


def read_attachments(page: Page) -> Iterator[Link]:
    """What an article carries: files, framed viewers, files named in scripts, and pictures where there is no text."""
    year = find_year(page.title, page.address)
    for node in page.tree.css("a[href], iframe[src], embed[src], object[data]"):
        attributes = node.attributes
        target = attributes.get("href") or attributes.get("src") or attributes.get("data") or ""
        address = _resolve(_read_viewed_file(target) or target, page.address)
        if address is None or not _is_attachment(address, target, node.text()):
            continue
        yield Link(address, "attachment", f"attachment: {_cut(node.text()) or node.tag}", year)
    for script in page.tree.css("script:not([src])"):
        for found in NAMED_IN_SCRIPT.finditer(script.text()):
            address = _resolve(_read_viewed_file(found.group(1)) or found.group(1), page.address)
            if address is not None:
                yield Link(address, "attachment", "attachment: named in a script", year)
    if len(page.visible_text) < IMAGE_ONLY_CHARACTERS:
        yield from _read_pictures(page, year)


def read_related(page: Page, family: Family) -> Iterator[Link]:
    """Further reports that an article links by name and year; a name without a year leads back to a column."""
    for node in page.tree.css("a[href]"):
        text = _read_text(node)
        address = _resolve(node.attributes.get("href") or "", page.address)
        year = None if address is None else find_year(text, address)
        if address is None or year is None or not _is_report(text, in_column=False):
            continue
        if family.article.search(_read_place(address)) and compute_key(address) != compute_key(page.address):
            yield Link(address, "article", f"text: {_cut(text)}", year)


def _judge_anchor(node: LexborNode, page: Page, family: Family, is_about_reports: bool, here: str) -> Link | None:
    href = node.attributes.get("href") or ""
    address = _resolve(href, page.address)
    if address is None or compute_key(address) == compute_key(page.address):
        return None
    text = _read_text(node)
    place = _read_place(address)
    named = _is_report(text, in_column=is_about_reports)
    year = find_year(text, address)
    if ATTACHMENT.search(urlsplit(address).path):
        return Link(address, "attachment", f"text: {_cut(text)}", year) if named else None
    if family.article.search(place):
        return _judge_article(node, address, text, named, is_about_reports, here, year)
    is_next = is_about_reports and says("next_page", text) and (address.startswith(here) or says("later_page", text))
    if is_next:
        return Link(address, "column", f"page: {_cut(text)}", find_year("", address), is_next=True)
    if _is_column(text, place, family, is_about_reports, address.startswith(here)):
        return Link(address, "column", f"column: {_cut(text)}", year)
    return None


def _judge_article(
    node: LexborNode, address: str, text: str, named: bool, is_about_reports: bool, here: str, year: int | None
) -> Link | None:
    if named:
        return Link(address, "article", f"text: {_cut(text)}", year)
    if says("other_reports", text) or says("about_reports", text):
        return None
    context = _read_context(node)
    if context is not None and _is_report(context, in_column=is_about_reports):
        return Link(address, "article", f"context: {_cut(context)}", year or find_year(context, address))
    if is_about_reports and address.startswith(here):
        return Link(address, "article", f"under the column: {_cut(text)}", year)
    return None


def _is_column(text: str, place: str, family: Family, is_about_reports: bool, is_below: bool) -> bool:
    if says("other_reports", text) or says("about_reports", text):
        return False
    if says("column", text) and family.column.search(place):
        return True
    leads_on = is_about_reports and (says("year", text) or says("bodies", text))
    return leads_on and (is_below or family.column.search(place) is not None)


def _is_report(text: str, *, in_column: bool) -> bool:
    if says("other_reports", text) or says("about_reports", text):
        return False
    return says("report", text) or (in_column and says("report_in_column", text))


def _is_attachment(address: str, target: str, text: str) -> bool:
    if ATTACHMENT.search(urlsplit(address).path):
        return True
    return ATTACHMENT.search(text.strip()) is not None and DOWNLOAD.search(target) is not None


def _read_pictures(page: Page, year: int | None) -> Iterator[Link]:
    bodies = page.tree.css(BODY_SELECTORS) or ([page.tree.body] if page.tree.body is not None else [])
    for body in bodies:
        for node in body.css("img[src]"):
            address = _resolve(node.attributes.get("src") or "", page.address)
            if address is not None and PICTURE.search(urlsplit(address).path):
                yield Link(address, "attachment", "picture: the page has no text", year)


def _read_viewed_file(target: str) -> str | None:
    """The file that a viewer page is asked to show: `viewer.html?file=…`."""
    query = urlsplit(target).query if "viewer" in target.lower() else ""
    named = parse_qs(query).get("file", [])
    return unquote(named[0]) if named else None


def _read_context(node: LexborNode) -> str | None:
    """The text of the list item or table row around a link, when it is short enough to be about this link."""
    parent = node.parent
    for _ in range(3):
        if parent is None:
            return None
        if parent.tag in ("li", "tr", "dd"):
            text = " ".join(parent.text(separator=" ").split())
            return text if len(text) <= CONTEXT_CHARACTERS else None
        parent = parent.parent
    return None


def _read_text(node: LexborNode) -> str:
    """What a link says: its title where the text is cut short, else its text."""
    text = " ".join(node.text(separator=" ").split())
    title = " ".join((node.attributes.get("title") or "").split())
    return title if len(title) > len(text) else text


def _read_folder(address: str) -> str:
    return address.split("?", 1)[0].rsplit("/", 1)[0] + "/"


def _read_place(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _resolve(href: str, base: str) -> str | None:
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        return normalise_address(href, base)
    except AddressError:
        return None


def _cut(text: str) -> str:
    return " ".join(text.split())[:80]
