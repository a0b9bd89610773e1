"""Reads the two dates of a report: the date it is signed with and the date its page says it was published.

A signature is never the published date. A date that no calendar has, or of before the regulations of 2008, is not
taken.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal

from parsers.identity.head import Line
from parsers.identity.lookups import load_lookups
from parsers.identity.names import is_agency_like
from parsers.page import MetadataItem, Page, Paragraph
from parsers.prose.chapters import Heading
from parsers.prose.text import fold_text

PublishedSource = Literal["page_meta", "page_text", "url"]
# The regulations came into force on 2008-05-01; no report is older.
_EARLIEST = dt.date(2008, 5, 1)
_DATE = r"(?P<year>20\d{2})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)日?"
_COMPACT_DATE = r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"
_SIGNED = re.compile(r"\(?(?P<year>20\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日\)?")
_SIGNED_IN_WORDS = re.compile(
    r"\(?(?P<year>二[〇○零O0][〇○零O0一二三四五六七八九]{2})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日\)?"
)
_URL_DATES = (
    re.compile(r"/t(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})[_.]"),
    re.compile(r"/(?P<year>20\d{2})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})/"),
    re.compile(r"/(?P<year>20\d{2})(?P<month>\d{2})/(?P<day>\d{2})/"),
)
_WORDS = "〇一二三四五六七八九"
_LONGEST_SIGNATURE = 60
_NEIGHBOURS = 2
_LAST_PARAGRAPHS = 25


def read_signed_date(
    page: Page, head: tuple[Line, ...], headings: tuple[Heading, ...], agency_name: str | None
) -> dt.date | None:
    """The date line at the end, beside the body's name (or alone, in a document that is no web page); else the one
    under the title.
    """
    start = headings[-1].block_no + 1 if headings else 0
    below = [block for block in page.blocks[start:] if isinstance(block, Paragraph)][-_LAST_PARAGRAPHS:]
    tail = [fold_text(line) for block in below for line in block.text.split("\n") if fold_text(line)]
    found = _find_signature(tail, agency_name, page.carrier not in load_lookups().page_carriers)
    return found or _find_signature([line.folded for line in head], agency_name, False)


def read_published_date(page: Page, head: tuple[Line, ...]) -> tuple[dt.date | None, PublishedSource | None]:
    """The published date and where it stands: the page's metadata, a line of its text, its address; else null twice."""
    lookups = load_lookups()
    published = lookups.published
    tags = [item for item in page.metadata if not _is_line(item)]
    lines = [item for item in page.metadata if _is_line(item)]
    meta_date = _read_first(tags, published.metadata, parse_date)
    if meta_date is not None:
        return meta_date, "page_meta"
    text_date = _read_first(lines, published.metadata + published.lines, parse_date) or _read_text_date(page, head)
    if text_date is not None:
        return text_date, "page_text"
    url_date = _read_first(page.metadata, lookups.addresses, read_url_date)
    return (None, None) if url_date is None else (url_date, "url")


def read_url_date(url: str) -> dt.date | None:
    """The day in an address (`/202401/t20240117_1.html`, `/art/2024/1/17/`); null for a month alone or `t19700101`."""
    if "/" not in url:
        return None
    for pattern in _URL_DATES:
        match = pattern.search(url)
        if match is not None:
            return _make_date(match)
    return None


def parse_date(text: str) -> dt.date | None:
    """The date a value begins with: 2024-01-17 15:46, 2024年1月17日, 2024/1/17, 20240117; null if there is none."""
    # A blank parts the day from the time of day; folding would join them, so only blanks inside the date go.
    spaced = re.sub(r"(?<=[-/.年月])\s+|\s+(?=[-/.年月日])", "", unicodedata.normalize("NFKC", text).strip())
    match = re.match(_DATE, spaced) or re.match(_COMPACT_DATE, spaced)
    return _make_date(match) if match is not None else None


def _read_text_date(page: Page, head: tuple[Line, ...]) -> dt.date | None:
    published = load_lookups().published
    below = [block.text for block in page.blocks[-_LAST_PARAGRAPHS:] if isinstance(block, Paragraph)]
    for label, texts in ((published.text, [line.text for line in head]), (published.text_below, below)):
        pattern = re.compile(rf"{label}\s*:?\s*(?P<rest>20\d{{2}}.*)")
        dates = (parse_date(m["rest"]) for text in texts for m in pattern.finditer(unicodedata.normalize("NFKC", text)))
        found = next((date for date in dates if date is not None), None)
        if found is not None:
            return found
    return None


def _is_line(item: MetadataItem) -> bool:
    """Whether a carrier took the item out of a line of the text, and not out of a tag or an index table."""
    return item.locator.startswith(("line", "paragraph"))


def _read_first(
    items: Sequence[MetadataItem], names: tuple[str, ...], read_date: Callable[[str], dt.date | None]
) -> dt.date | None:
    """The first date among the items, the names in order."""
    for name in names:
        wanted = fold_text(name).lower()
        for item in items:
            date = read_date(item.value) if fold_text(item.name).lower() == wanted else None
            if date is not None:
                return date
    return None


def _find_signature(lines: list[str], agency_name: str | None, may_stand_alone: bool) -> dt.date | None:
    """The last date line that has the body's name beside it."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if len(line) > _LONGEST_SIGNATURE:
            continue
        date, rest = _split_signature(line)
        if date is None:
            continue
        beside = [rest] if rest else [*lines[max(0, place - _NEIGHBOURS) : place], *lines[place + 1 : place + 2]]
        if any(_names_signer(text, agency_name) for text in beside) or (may_stand_alone and not rest):
            return date
    return None


def _split_signature(line: str) -> tuple[dt.date | None, str]:
    """The date at the end of a line and what stands before it."""
    for pattern in (_SIGNED, _SIGNED_IN_WORDS):
        match = re.search(rf"(?:{pattern.pattern})$", line)
        if match is not None:
            return _make_date(match), line[: match.start()]
    return None, ""


def _names_signer(text: str, agency_name: str | None) -> bool:
    name = fold_text(agency_name or "")
    return is_agency_like(text) or (bool(text) and text in name) or (bool(name) and text == name)


def _make_date(match: re.Match[str]) -> dt.date | None:
    try:
        date = dt.date(*(_read_number(match[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None
    return date if date >= _EARLIEST else None


def _read_number(text: str) -> int:
    """A number in figures, or in words as dates have them: 二〇二四, 十二, 二十一."""
    if text.isascii():
        return int(text)
    words = re.sub("[○零O0]", "〇", text)
    if "十" not in words:
        return int("".join(str(_WORDS.index(sign)) for sign in words))
    tens, ones = words.split("十")
    return (_WORDS.index(tens) if tens else 1) * 10 + (_WORDS.index(ones) if ones else 0)
