"""Puts together who reports on which year: title, year, dates, notice and site code, each as printed."""

from parsers.identity.choice import choose_title
from parsers.identity.dates import read_published_date, read_signed_date
from parsers.identity.head import TitleFound, read_head
from parsers.identity.notice import read_cited_notice, read_site_id_code
from parsers.identity.places import find_other_title, find_titles
from parsers.identity.year import check_year, find_period_years, find_stated_years, read_year
from parsers.page import Page
from parsers.prose.chapters import find_headings
from parsers.report import Finding, Identity


def read_identity(page: Page) -> tuple[Identity, tuple[Finding, ...]]:
    """Reads who a page says it is, with the findings about it; `finding_no` is 0 until a report numbers its findings.

    A page of another kind (a letter, a self-check, the blank form) has its title and nothing else: `classify_title`
    says which kind it is. The agency's name is the title's, nothing corrected. Null is what is not printed, or printed
    in several ways none of which is confirmed. `scope` stays `unknown`: it takes the whole report (`read_scope`).
    """
    headings = find_headings(page)
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
    return identity, check_year(year, title, titles, stated)


def find_title(page: Page) -> TitleFound | None:
    """The title of a page, or null."""
    headings = find_headings(page)
    head = read_head(page, headings)
    stated = find_stated_years(page, head, headings)
    titles = find_titles(page, head, bool(headings) or bool(find_period_years(stated)))
    return choose_title(titles, find_period_years(stated))
