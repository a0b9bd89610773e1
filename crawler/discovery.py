"""From a portal's first pages to a proposed entry of the register: its family, and its columns of annual reports."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.addresses import AddressError, compute_key, normalise_address, read_host
from crawler.families.catalogue import Family, FamilyId, load_families
from crawler.pages import Page
from crawler.portals import Politeness, Portal
from crawler.words import says

# From the marks that say most to those that many sites carry.
FAMILY_ORDER: tuple[FamilyId, ...] = (
    "gkmlpt",
    "annual_module",
    "openness",
    "ucap",
    "guangdong_post",
    "hanweb",
    "vsb",
    "trs",
)
COLUMNS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a look at a portal suggests: the entry, and columns on other hosts, which somebody must allow first."""

    portal: Portal
    elsewhere: tuple[str, ...]
    found_columns: bool


@dataclass(slots=True)
class PageCollector:
    """Keeps the pages of a short crawl in memory; stands where an archive would."""

    pages: list[Page] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    def write(self, address: str, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        """Adds one answer, `robots.txt` left out."""
        if status >= 400:
            self.missing.add(address)
        elif status == 200 and urlsplit(address).path != "/robots.txt":
            self.pages.append(Page(address, status, dict(headers), content))


def write_probe(address: str, politeness: Politeness) -> Portal:
    """The entry by which a portal is looked at: its front page alone. Raises `AddressError` for no web address."""
    front = normalise_address(address)
    host = read_host(front)
    return Portal(id=name_portal(front), hosts=(host,), family="generic", starts=(front,), politeness=politeness)


def propose_entry(probe: Portal, collected: PageCollector) -> Proposal:
    """The entry that the pages of a look suggest: where nothing is found, the front page stays the start."""
    seen = [page for page in collected.pages if page.content_kind == "html"]
    family = load_families()[guess_family(seen)]
    listing = [page for page in seen if not _is_article(page.address, family)]
    found = [address for address in dict.fromkeys(_find_columns(listing)) if address not in collected.missing]
    columns = [address for address in found if not _is_article(address, family)]
    own = [address for address in columns if read_host(address) in probe.allowed_hosts][:COLUMNS_AT_MOST]
    elsewhere = tuple(address for address in columns if read_host(address) not in probe.allowed_hosts)
    portal = probe.model_copy(
        update={
            "name": _read_meta(seen, "SiteName"),
            "site_code": _read_site_code(seen),
            "family": family.id,
            "starts": tuple(own) or probe.starts,
        }
    )
    return Proposal(portal, elsewhere, bool(own))


def guess_family(pages: Iterable[Page]) -> FamilyId:
    """The family whose shape most links to reports have; among several, or without such links, the first, from the
    most telling marks on, whose marks a page carries."""
    seen = list(pages)
    places = {address for page in seen for address in _find_reports(page)}
    shapes = Counter(name for name in FAMILY_ORDER for place in places if load_families()[name].article.search(place))
    most = max(shapes.values(), default=0)
    shaped = [name for name in FAMILY_ORDER if shapes[name] == most]
    for name in shaped:
        marks = load_families()[name].marks
        if marks is not None and any(marks.search(page.text) for page in seen):
            return name
    return shaped[-1] if shapes else "generic"


def name_portal(address: str) -> str:
    """An id from a host: what is left of it without `www` and the common ending."""
    host = read_host(address).removeprefix("www.").removesuffix(".gov.cn")
    return re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "portal"


def _find_columns(pages: Iterable[Page]) -> Iterable[str]:
    for page in pages:
        if says("column", page.title):
            yield page.address
        for node in page.tree.css("a[href]"):
            text = " ".join(node.text(separator=" ").split())
            if not says("column", text) or says("other_reports", text) or re.search(r"20\d\d", text):
                continue
            try:
                address = normalise_address(node.attributes.get("href") or "", page.address)
            except AddressError:
                continue
            if compute_key(address) != compute_key(page.address):
                yield address


def _is_article(address: str, family: Family) -> bool:
    """Whether an address has the shape of an article in its family or in any but the generic one."""
    shapes = (family.article, *(load_families()[name].article for name in FAMILY_ORDER))
    return any(shape.search(address) for shape in shapes)


def _find_reports(page: Page) -> Iterable[str]:
    """The addresses of the links that name a report."""
    for node in page.tree.css("a[href]"):
        text = " ".join(node.text(separator=" ").split())
        if says("report", text) and not says("other_reports", text) and not says("about_reports", text):
            yield node.attributes.get("href") or ""


def _read_meta(pages: Iterable[Page], name: str) -> str | None:
    for page in pages:
        for node in page.tree.css("meta[name][content]"):
            if (node.attributes.get("name") or "").lower() == name.lower():
                return (node.attributes.get("content") or "").strip() or None
    return None


def _read_site_code(pages: list[Page]) -> str | None:
    code = _read_meta(pages, "SiteIDCode")
    return code if code is not None and re.fullmatch(r"\d{10}", code) else None
