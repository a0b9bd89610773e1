"""Finds every title of a page: among the lines above chapter one and in what the page states about itself.

Lines of navigation, lists of other years' reports and running text are no titles. Nothing is taken from a file's name.
"""

from collections.abc import Iterable

from parsers.identity.head import ARTICLE_META, HEAD, LISTED, PAGE, Line, TitleFound, count_stated
from parsers.identity.lookups import load_lookups
from parsers.identity.title import TitleReading, classify_title, join_lines, read_title
from parsers.identity.windows import find_in_lines
from parsers.page import Page, Paragraph
from parsers.prose.text import fold_text

# A line that names a notice or the blank form cites another document.
_KINDS_OF_PAGES = ("report", "interpretation", "explanation", "part_of_year")
_LONGEST_TITLE = 60


def find_titles(page: Page, head: tuple[Line, ...], has_body: bool) -> tuple[TitleFound, ...]:
    """Every title of the page, best evidence first. `has_body` says that chapters or a stated period are printed:
    without them an HTML page may be a list of links, and its lines are no evidence.
    """
    found = [*find_in_lines(page, head), *_find_in_metadata(page)]
    is_page = page.carrier in load_lookups().page_carriers
    kept = [
        title
        for title in found
        if title.rank != HEAD or (title.reading.kind in _KINDS_OF_PAGES and (has_body or not is_page))
    ]
    return tuple(sorted(kept, key=lambda title: title.rank))


def find_other_title(page: Page) -> str | None:
    """The title of a page that is no report: what its article's title, its metadata or its first line names as a
    letter, summary, self-check, notice or blank form on disclosure work; null where they name none.
    """
    known = load_lookups().titles
    names = {fold_text(name).lower() for name in (*known.article, *known.listed, *known.page)}
    lines = [block for block in page.blocks if isinstance(block, Paragraph)]
    texts = [block.text for block in lines if block.role == "title"]
    texts += [item.value for item in page.metadata if fold_text(item.name).lower() in names]
    texts += [block.text for block in lines[:1]]
    kinds = ((text, classify_title(text)) for text in texts if len(text) <= _LONGEST_TITLE)
    return next((join_lines(text) for text, kind in kinds if kind not in (None, "report")), None)


def _find_in_metadata(page: Page) -> Iterable[TitleFound]:
    names = load_lookups().titles
    for rank, known in ((ARTICLE_META, names.article), (LISTED, names.listed), (PAGE, names.page)):
        wanted = {fold_text(name).lower() for name in known}
        for item in page.metadata:
            if fold_text(item.name).lower() not in wanted:
                continue
            reading = _read_segments(item.value)
            if reading is not None:
                yield TitleFound(reading, item.locator, rank)


def _read_segments(value: str) -> TitleReading | None:
    """A page title such as site_column_title: of the whole and its parts the first that states most."""
    whole = read_title(value)
    if whole is not None and whole.agency_name and whole.year:
        return whole
    parts = [value]
    for separator in ("_", "|", "｜", ">", "»", "—", "–", "-", "·"):
        parts = [piece for part in parts for piece in part.split(separator)]
    readings = [reading for reading in (whole, *map(read_title, parts)) if reading is not None]
    return max(readings, key=count_stated, default=None)
