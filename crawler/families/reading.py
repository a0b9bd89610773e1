"""From a page to its links: the strategies of its portal's family, in order, every address once."""

from collections.abc import Callable, Iterator

from crawler.addresses import compute_key
from crawler.families.anchors import read_anchors, read_attachments, read_related
from crawler.families.catalogue import Family, FamilyId, StrategyId, load_families
from crawler.families.listings import read_annual_module, read_dataproxy, read_gkmlpt, read_script_pagination
from crawler.pages import Kind, Link, Page

Strategy = Callable[[Page, Family], Iterator[Link]]
STRATEGIES: dict[StrategyId, Strategy] = {
    "anchors": read_anchors,
    "script_pagination": read_script_pagination,
    "dataproxy": read_dataproxy,
    "annual_module": read_annual_module,
    "gkmlpt_api": read_gkmlpt,
}


def read_links(page: Page, kind: Kind, family_id: FamilyId) -> tuple[Link, ...]:
    """The links of a page worth following, in the order they were found; none of a file that is no page."""
    if page.content_kind not in ("html", "data"):
        return ()
    family = load_families()[family_id]
    if kind in ("start", "column"):
        found = [link for strategy in family.strategies for link in STRATEGIES[strategy](page, family)]
    else:
        found = [*read_attachments(page), *read_related(page, family)]
    own = compute_key(page.address)
    first: dict[str, Link] = {}
    for link in found:
        first.setdefault(compute_key(link.address), link)
    return tuple(link for key, link in first.items() if key != own)
