"""How many reports each portal gave for a year beside the year before: what a portal that goes silent is known by."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.portals import Portal
from gongkai.home import Home
from gongkai.store.manifest import open_manifest

# A share, not a number: portals differ by two orders of magnitude. Departments merge and townships join in the order of
# a tenth a year; half is far beyond that.
LEAST_SHARE = 0.5
# Under so many reports a share says nothing.
LEAST_REPORTS = 4

YIELDS = """
    SELECT portal_id, report_year, count(*) FROM crawl_pages
    WHERE kind IN ('article', 'attachment') AND outcome IN ('fetched', 'unchanged') AND report_year IN (?, ?)
    GROUP BY portal_id, report_year
"""


@dataclass(frozen=True, slots=True)
class PortalYield:
    """Pages and files fetched that are named as a year's reports, and as those of the year before."""

    portal_id: str
    report_year: int
    count: int
    previous_count: int

    @property
    def is_short(self) -> bool:
        """Whether the portal gave far fewer than the year before."""
        return self.previous_count >= LEAST_REPORTS and self.count < self.previous_count * LEAST_SHARE


def count_yields(home: Home, portals: Iterable[Portal], report_year: int) -> tuple[PortalYield, ...]:
    """The yield of each portal that gave anything for the year or the one before."""
    with open_manifest(home.manifest) as manifest:
        rows = manifest.execute(YIELDS, (report_year, report_year - 1)).fetchall()
    counts = Counter({(portal_id, year): count for portal_id, year, count in rows})
    found = [
        PortalYield(portal.id, report_year, counts[portal.id, report_year], counts[portal.id, report_year - 1])
        for portal in portals
    ]
    return tuple(each for each in found if each.count or each.previous_count)


def are_reports_due(report_year: int, today: dt.date) -> bool:
    """Whether the year's reports must all be public: departments by 31 January, governments by 31 March."""
    return today >= dt.date(report_year + 1, 4, 1)
