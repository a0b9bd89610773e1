"""The one type every carrier is read to: a page of paragraphs and cell grids, each with a locator."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Layout = Literal["placed", "sequence", "stream"]
ParagraphRole = Literal["title", "heading", "text"]


class Cell(NamedTuple):
    """One printed cell. A blank cell is a cell with the text `""`; a cell that is not printed is not here.

    `row` and `column` count from zero and name the first grid place the cell covers. In a grid of layout
    `sequence` the column is only the cell's number in its row; in `stream` the row is always 0 and the
    column is the cell's number in the stream.
    """

    text: str
    row: int
    column: int
    locator: str
    row_span: int = 1
    column_span: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in reading order, with what the carrier knows of their place.

    `placed`: rows and columns are certain (spans are given). `sequence`: rows are certain, but spans were
    lost, so blank cells may stand before or behind the figures. `stream`: only the order of cells is
    certain, rows are not marked.
    """

    cells: tuple[Cell, ...]
    layout: Layout
    locator: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text as printed, white space inside kept."""

    text: str
    locator: str
    role: ParagraphRole = "text"


@dataclass(frozen=True, slots=True)
class MetadataItem:
    """One name and value the page states about itself: a `<meta>` tag, a row of the index table (索引号 …)."""

    name: str
    value: str
    locator: str


@dataclass(frozen=True, slots=True)
class Page:
    """A document, or one member of it, as paragraphs and grids in reading order; decoration is left aside."""

    carrier: str
    reader: str
    blocks: tuple[Paragraph | Grid, ...]
    metadata: tuple[MetadataItem, ...] = field(default=())
