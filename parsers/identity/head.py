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
# A line that names a notice or the blank form cites another document.
_KINDS_OF_PAGES = ("report", "interpretation", "explanation", "part_of_year")
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
    """A title, where it stands, and how good that place is as evidence (0 is best).

    `year_evidence` is the quote and locator of the year, which another title may have lent; null without a year.
    `block_no` is null for metadata. `may_lend` is false for a line of a web page whose name the text under it does not
    mention: it may be a link.
    """

    reading: TitleReading
    locator: str
    rank: int
    block_no: int | None = None
    lent_year_evidence: str | None = None
    may_lend: bool = True

    @property
    def quote(self) -> str:
        return f"{self.reading.title_text} ({self.locator})"

    @property
    def year_evidence(self) -> str | None:
        if self.reading.year is None:
            return None
        return self.lent_year_evidence or self.quote


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
    kept = [
        title
        for title in found
        if title.rank != HEAD or (title.reading.kind in _KINDS_OF_PAGES and (has_body or not is_page))
    ]
    return tuple(sorted(kept, key=lambda title: title.rank))


def choose_title(titles: tuple[TitleFound, ...], period_years: frozenset[int]) -> TitleFound | None:
    """The title of the page: the fullest of the best place, completed by the others where it lacks name or year.

    Where one place holds titles of several bodies or years, the one that another place or the stated period confirms;
    if none or several are confirmed, there is no title.
    """
    stating = [title for title in titles if title.reading.agency_name or title.reading.year]
    if not stating:
        return None
    best = [title for title in stating if title.rank == stating[0].rank]
    fullest = max(_count_stated(title.reading) for title in best)
    chosen = _choose_one([title for title in best if _count_stated(title.reading) == fullest], titles, period_years)
    return None if chosen is None else _lend_year(_lend_name(chosen, titles), titles)


def _count_stated(reading: TitleReading) -> int:
    """A name is worth more than a year: 2 and 1."""
    return 2 * (reading.agency_name is not None) + (reading.year is not None)


def _choose_one(
    wanted: list[TitleFound], titles: tuple[TitleFound, ...], period_years: frozenset[int]
) -> TitleFound | None:
    if len({_key(title) for title in wanted}) == 1:
        return wanted[0]
    elsewhere = {_key(title) for title in titles if title.rank != wanted[0].rank}
    in_period = [title for title in wanted if title.reading.year in period_years]
    for confirmed in ([title for title in wanted if _key(title) in elsewhere], in_period):
        if len({_key(title) for title in confirmed}) == 1:
            return confirmed[0]
    return None


def _lend_name(chosen: TitleFound, titles: tuple[TitleFound, ...]) -> TitleFound:
    """A title that is only a year takes name and words of the next place that names one body for that year."""
    if chosen.reading.agency_name is not None:
        return chosen
    lenders = [
        t for t in titles if t.reading.agency_name and t.may_lend and t.reading.year in (None, chosen.reading.year)
    ]
    nearest = [title for title in lenders if title.rank == lenders[0].rank]
    if len({_key(title)[0] for title in nearest}) != 1:
        return chosen
    lender = nearest[0]
    if lender.reading.year is not None:
        return lender
    return replace(lender, reading=replace(lender.reading, year=chosen.reading.year), lent_year_evidence=chosen.quote)


def _lend_year(chosen: TitleFound, titles: tuple[TitleFound, ...]) -> TitleFound:
    """A title without a year takes it from the other titles of the same body, where they all state the same."""
    if chosen.reading.year is not None:
        return chosen
    lenders = [t for t in titles if t.reading.year is not None and _key(t)[0] == _key(chosen)[0]]
    if len({title.reading.year for title in lenders}) != 1:
        return chosen
    return replace(
        chosen, reading=replace(chosen.reading, year=lenders[0].reading.year), lent_year_evidence=lenders[0].quote
    )


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
    """A page title such as site_column_title: of the whole and its parts the first that states most."""
    parts = [value]
    for separator in ("_", "|", "｜", ">", "»", "—", "–", "-", "·"):
        parts = [piece for part in parts for piece in part.split(separator)]
    readings = [reading for text in (value, *parts) if (reading := read_title(text)) is not None]
    return max(readings, key=_count_stated, default=None)


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
        name = reading.agency_name or ""
        is_mentioned = rank == ARTICLE or _is_mentioned(page, head[end], name)
        if rank == HEAD and name and not is_agency_like(fold_text(name)) and not is_mentioned:
            continue
        may_lend = is_mentioned or page.carrier not in load_lookups().page_carriers
        yield TitleFound(reading, head[first].locator, rank, head[first].block_no, may_lend=may_lend)


def _may_be_broken(line: Line) -> bool:
    return len(line.folded) <= _LONGEST_LINE and not any(stop in line.folded for stop in "。;!?:,")


def _choose_window(
    page: Page, head: tuple[Line, ...], end: int, readings: list[tuple[int, TitleReading]]
) -> tuple[int, TitleReading]:
    """The shortest reading, lengthened upwards by lines that hold the body's name or its beginning."""
    chosen_first, chosen = readings[0]
    for first, longer in readings[1:]:
        if chosen.year not in (None, longer.year) or (longer.agency_name is None and longer.year == chosen.year):
            continue
        window = head[first : end + 1]
        if longer.agency_name is None:
            is_part = chosen.agency_name is None
        elif chosen.agency_name is None and chosen_first - first == 1:
            is_part = _belongs_together(page, window, longer.agency_name) or _is_signed(
                page, window[-1], longer.agency_name
            )
        else:
            is_part = _is_mentioned(page, window[-1], longer.agency_name)
        if is_part:
            chosen_first, chosen = first, longer
    return chosen_first, chosen


def _belongs_together(page: Page, window: tuple[Line, ...], agency: str) -> bool:
    """Whether a line and the nameless title under it are one: together they give a name that ends as names do, and
    they are lines of one paragraph, of one role `title`, or neighbours in a document that is no web page.
    """
    if not is_agency_like(fold_text(agency)):
        return False
    if len({line.block_no for line in window}) == 1 or all(line.role == "title" for line in window):
        return True
    return page.carrier not in load_lookups().page_carriers


def _is_signed(page: Page, title: Line, agency: str) -> bool:
    """Whether the report is signed with the name or with its end: 某区人民政府某街道办事处 signs as 某街道办事处."""
    name = fold_text(agency)
    last = page.blocks[title.block_no + 1 :][-_SIGNATURE_BLOCKS:]
    below = [fold_text(block.text) for block in last if isinstance(block, Paragraph)]
    return any(len(line) >= _SHORTEST_SIGNATURE and name.endswith(line) for line in below)


def _is_mentioned(page: Page, title: Line, agency: str) -> bool:
    """Whether the text under the title names the body too, and not only its website or an office of it."""
    name = fold_text(agency)
    if not name:
        return False
    for block in page.blocks[title.block_no + 1 :]:
        if not isinstance(block, Paragraph):
            continue
        folded = fold_text(block.text)
        place = folded.find(name)
        while place >= 0:
            if not folded[place + len(name) :].startswith(_OTHER_NAME):
                return True
            place = folded.find(name, place + 1)
    return False
