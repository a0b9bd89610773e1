"""The lines above chapter one, where a report's title stands, and what a title found on a page is."""

from dataclasses import dataclass

from parsers.identity.title import TitleReading
from parsers.page import Page, Paragraph, ParagraphRole
from parsers.prose.chapters import Heading
from parsers.prose.text import fold_text

# Where a title stands, the best evidence first.
ARTICLE, ARTICLE_META, HEAD, LISTED, PAGE = range(5)
_MOST_HEAD_LINES = 400


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


def read_head(page: Page, headings: tuple[Heading, ...]) -> tuple[Line, ...]:
    """The lines above the first chapter heading; of a page without headings its first 400 lines."""
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


def count_stated(reading: TitleReading) -> int:
    """How much a title states: 2 for a name, 1 for a year."""
    return 2 * (reading.agency_name is not None) + (reading.year is not None)
