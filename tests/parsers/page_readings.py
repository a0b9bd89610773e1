"""What a page says, read as a whole parse reads it: headings first, then what rests on them."""

from collections.abc import Iterable

from parsers.identity import compute_content_id, read_identity
from parsers.page import Page
from parsers.prose import find_headings, read_chapters
from parsers.report import Chapter, Finding, Identity, ReportCell


def read_page_chapters(page: Page) -> tuple[Chapter, ...]:
    """The chapters of a page."""
    return read_chapters(page, find_headings(page))


def read_page_identity(page: Page) -> tuple[Identity, tuple[Finding, ...]]:
    """Who a page says it is, and the findings about it."""
    identity, findings, _ = read_identity(page, find_headings(page))
    return identity, findings


def compute_page_content_id(page: Page, cells: Iterable[ReportCell]) -> str:
    """The id of the content of a page with these cells."""
    headings = find_headings(page)
    return compute_content_id(page, read_identity(page, headings).title, read_chapters(page, headings), cells)
