"""Puts together who reports on which year: title, year, dates, notice and site code, each as printed."""

from typing import NamedTuple

from parsers.identity.choice import choose_title
from parsers.identity.dates import read_published_date, read_signed_date
from parsers.identity.head import TitleFound, read_head
from parsers.identity.notice import read_cited_notice, read_site_id_code
from parsers.identity.places import find_other_title, find_titles
from parsers.identity.year import check_year, find_period_years, find_stated_years, read_year
from parsers.page import Page
from parsers.prose.chapters import Heading
from parsers.report import Finding, Identity


class IdentityReading(NamedTuple):
    """Who a page says it is, the findings about it, with `finding_no` 0, and the title all this rests on."""

    identity: Identity
    findings: tuple[Finding, ...]
    title: TitleFound | None


def read_identity(page: Page, headings: tuple[Heading, ...]) -> IdentityReading:
    """Reads who a page says it is; `headings` are those of its chapters.

    A page of another kind (a letter, a self-check, the blank form) has its title and nothing else: `classify_title`
    says which kind it is. The agency's name is the title's, nothing corrected. Null is what is not printed, or printed
    in several ways none of which is confirmed. `scope` stays `unknown`: it takes the whole report (`read_scope`).
    """
    head = read_head(page, headings)
    stated = find_stated_years(page, head, headings)
    titles = find_titles(page, head, bool(headings) or bool(find_period_years(stated)))
    title = choose_title(titles, find_period_years(stated))
    year, evidence = read_year(title, stated)
    agency = None if title is None else title.reading.agency_name
    published, source = read_published_date(page, head)
    identity = Identity(
        title_text=find_other_title(page) if title is None else title.reading.title_text,
        agency_name=agency,
        report_year=year,
        report_year_evidence=evidence,
        cited_notice=read_cited_notice(page),
        signed_date=read_signed_date(page, head, headings, agency),
        published_date=published,
        published_date_source=source,
        site_id_code=read_site_id_code(page),
    )
    return IdentityReading(identity, check_year(year, title, titles, stated), title)
