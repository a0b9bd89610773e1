"""Finds titles among printed lines, where a title may be broken over several, its name on a line of its own."""

from collections.abc import Iterable

from parsers.identity.head import ARTICLE, HEAD, Line, TitleFound
from parsers.identity.lookups import load_lookups
from parsers.identity.names import is_agency_like
from parsers.identity.title import TitleReading, read_title
from parsers.page import Page, Paragraph
from parsers.prose.text import fold_text

_MOST_LINES = 4
_LONGEST_LINE = 60
# What follows a name that is only mentioned as part of another name or as the owner of a website.
_OTHER_NAME = ("网", "门户", "官网", "办公", "办", "各", "直属", "所属", "下属", "机关", "关于")
_SHORTEST_SIGNATURE = 4
_SIGNATURE_BLOCKS = 12


def find_in_lines(page: Page, head: tuple[Line, ...]) -> Iterable[TitleFound]:
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
