"""Finds the title of a page: among the lines above chapter one and in what the page states about itself.

A title may be broken over lines or paragraphs, stand twice, or stand only in the page's metadata. Lines of navigation,
lists of other years' reports and running text are no titles. Nothing is taken from a file's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from parsers.identity.lookups import load_lookups
from parsers.identity.names import is_agency_like
from parsers.identity.title import TitleReading, read_title
from parsers.page import Page, Paragraph, ParagraphRole
from parsers.prose.chapters import find_headings
from parsers.prose.text import fold_text

# Where a title stands, the best evidence first.
ARTICLE, ARTICLE_META, HEAD, LISTED, PAGE = range(5)
_MOST_LINES = 4
_LONGEST_LINE = 60
_MOST_HEAD_LINES = 400
# What follows a name that is only mentioned as part of another name or as the owner of a website.
_OTHER_NAME = ("网", "门户", "官网", "办公", "办", "各", "直属", "所属", "下属", "机关", "关于")
_SHORTEST_SIGNATURE = 4
_SIGNATURE_BLOCKS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line above the first chapter heading."""

    text: str
    folded: str
    locator: str
    role: ParagraphRole
    block_no: int


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title, where it stands, and how good that place is as evidence (0 is best)."""

    reading: TitleReading
    locator: str
    rank: int


def read_head(page: Page) -> tuple[Line, ...]:
    """The lines above the first chapter heading; of a page without headings its first 400 lines."""
    headings = find_headings(page)
    last = headings[0] if headings else None
    lines: list[Line] = []
    for block_no, block in enumerate(page.blocks):
        if last is not None and block_no > last.block_no:
            break
        if not isinstance(block, Paragraph):
            continue
        text = block.text if last is None or block_no < last.block_no else block.text[: last.start]
        lines.extend(
            Line(line.strip(), fold_text(line), block.locator, block.role, block_no)
            for line in text.split("\n")
            if fold_text(line)
        )
    return tuple(lines if last is not None else lines[:_MOST_HEAD_LINES])


def find_titles(page: Page, head: tuple[Line, ...], has_body: bool) -> tuple[TitleFound, ...]:
    """Every title of the page, best evidence first. `has_body` says that chapters or a stated period are printed:
    without them an HTML page may be a list of links, and its lines are no evidence.
    """
    found = [*_find_in_lines(page, head), *_find_in_metadata(page)]
    is_page = page.carrier in load_lookups().page_carriers
    kept = [title for title in found if title.rank != HEAD or has_body or not is_page]
    return tuple(sorted(kept, key=lambda title: title.rank))


def choose_title(titles: tuple[TitleFound, ...], period_years: frozenset[int]) -> TitleFound | None:
    """The title of the page: the best placed one with name and year, else with a name, else with a year.

    Where one place holds titles of several bodies or years, the one that another place or the stated period confirms;
    if none or several are confirmed, there is no title.
    """
    named = _choose_rank([t for t in titles if t.reading.agency_name and t.reading.year], titles, period_years)
    if named is not None:
        return named
    some = [t for t in titles if t.reading.agency_name or t.reading.year]
    if len({t.reading.year for t in some if t.reading.agency_name and t.reading.year}) > 1:
        return None
    for wanted in ([t for t in some if t.reading.agency_name], some):
        chosen = _choose_rank(wanted, titles, period_years)
        if chosen is not None:
            return _complete_title(chosen, titles)
    return None


def _choose_rank(
    wanted: list[TitleFound], titles: tuple[TitleFound, ...], period_years: frozenset[int]
) -> TitleFound | None:
    if not wanted:
        return None
    best = [title for title in wanted if title.rank == min(t.rank for t in wanted)]
    if len({_key(title) for title in best}) == 1:
        return best[0]
    elsewhere = {_key(title) for title in titles if title.rank != best[0].rank}
    for is_confirmed in (lambda t: _key(t) in elsewhere, lambda t: t.reading.year in period_years):
        confirmed = [title for title in best if is_confirmed(title)]
        if len({_key(title) for title in confirmed}) == 1:
            return confirmed[0]
    return None


def _complete_title(chosen: TitleFound, titles: tuple[TitleFound, ...]) -> TitleFound:
    """A title without a year, or without a name, takes what is missing from the next title, if all others agree."""
    reading = chosen.reading
    years = {(t.reading.year, t.reading.year_quote) for t in titles if t.reading.year is not None}
    if reading.year is None and len({year for year, _ in years}) == 1:
        year, quote = next(iter(sorted(years, key=str)))
        return replace(chosen, reading=replace(reading, year=year, year_quote=quote))
    return chosen


def _key(title: TitleFound) -> tuple[str, int | None]:
    return fold_text(title.reading.agency_name or ""), title.reading.year


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
    """A page title such as site_column_title: the whole, else the first of its parts that is a title."""
    parts = [value]
    for separator in ("_", "|", "｜", ">", "»", "—", "–", "-", "·"):
        parts = [piece for part in parts for piece in part.split(separator)]
    readings = [reading for text in (value, *parts) if (reading := read_title(text)) is not None]
    return next((r for r in readings if r.agency_name), next((r for r in readings if r.year), None))


def _find_in_lines(page: Page, head: tuple[Line, ...]) -> Iterable[TitleFound]:
    """For each line that ends a title the longest reading that the page bears out."""
    by_end: dict[int, list[tuple[int, TitleReading]]] = {}
    for first in range(len(head)):
        for count in range(1, _MOST_LINES + 1):
            window = head[first : first + count]
            if len(window) < count or (count > 1 and not all(_may_be_broken(line) for line in window)):
                break
            reading = read_title("\n".join(line.text for line in window))
            if reading is not None:
                by_end.setdefault(first + count - 1, []).append((first, reading))
                break
    for end, readings in sorted(by_end.items()):
        first, reading = _choose_window(page, head, end, sorted(readings, key=lambda item: -item[0]))
        rank = ARTICLE if any(line.role == "title" for line in head[first : end + 1]) else HEAD
        yield TitleFound(reading, head[first].locator, rank)


def _may_be_broken(line: Line) -> bool:
    return len(line.folded) <= _LONGEST_LINE and not any(stop in line.folded for stop in "。;!?:,")


def _choose_window(
    page: Page, head: tuple[Line, ...], end: int, readings: list[tuple[int, TitleReading]]
) -> tuple[int, TitleReading]:
    """The shortest reading, lengthened upwards by lines that hold the body's name or its beginning."""
    chosen_first, chosen = readings[0]
    for first, longer in readings[1:]:
        if longer.agency_name is None or longer.year != chosen.year:
            continue
        if chosen.agency_name is None and chosen_first - first == 1:
            is_part = _belongs_together(page, head[first : end + 1]) or _is_signed(page, longer.agency_name)
        else:
            is_part = _is_mentioned(page, head[end].block_no, longer.agency_name)
        if is_part:
            chosen_first, chosen = first, longer
    return chosen_first, chosen


def _belongs_together(page: Page, window: tuple[Line, ...]) -> bool:
    """Whether a name on its own line and the title under it are one: lines of one paragraph, of one role `title`, or
    neighbours in a document that is no web page.
    """
    if not is_agency_like(window[0].folded):
        return False
    if len({line.block_no for line in window}) == 1 or all(line.role == "title" for line in window):
        return True
    return page.carrier not in load_lookups().page_carriers


def _is_signed(page: Page, agency: str) -> bool:
    """Whether the report is signed with the name or with its end: 某区人民政府某街道办事处 signs as 某街道办事处."""
    name = fold_text(agency)
    below = [fold_text(block.text) for block in page.blocks[-_SIGNATURE_BLOCKS:] if isinstance(block, Paragraph)]
    return any(len(line) >= _SHORTEST_SIGNATURE and name.endswith(line) for line in below)


def _is_mentioned(page: Page, block_no: int, agency: str) -> bool:
    """Whether the text under the title names the body too, and not only its website or an office of it."""
    name = fold_text(agency)
    for block in page.blocks[block_no + 1 :]:
        if not isinstance(block, Paragraph):
            continue
        folded = fold_text(block.text)
        place = folded.find(name)
        while place >= 0:
            if not folded[place + len(name) :].startswith(_OTHER_NAME):
                return True
            place = folded.find(name, place + 1)
    return False
