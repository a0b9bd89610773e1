"""Collects what office documents hold, in reading order: paragraphs, grids, and what the document states about itself.

Tables that only place text on the page are no grids: what stands in their cells is read as if it stood in the open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.carriers.html_tables import is_layout, read_index_table
from parsers.carriers.page_words import holds_report_text, read_head_line
from parsers.carriers.text_lines import is_page_mark
from parsers.page import Cell, Grid, Layout, MetadataItem, Page, Paragraph, ParagraphRole


class Text(NamedTuple):
    """A paragraph before it is told apart."""

    text: str
    role: ParagraphRole = "text"


class CellDraft(NamedTuple):
    """A printed cell: its place in the grid and what stands in it, tables inside it included."""

    cell: Cell
    content: "Content"


class TableDraft(NamedTuple):
    """A table before it is told whether it is a grid, an index table or layout."""

    cells: tuple[CellDraft, ...]
    locator: str


Content = Sequence[Text | TableDraft]


def join_texts(content: Content) -> str:
    """The text of a cell: its paragraphs, a line each, without blank lines around them; tables inside are left out."""
    lines = [part.text for part in content if isinstance(part, Text)]
    return "\n".join(lines).strip("\n ")


@dataclass
class BlockCollector:
    """What has been read so far. Paragraphs that print something are numbered from one."""

    blocks: list[Paragraph | Grid] = field(default_factory=list)
    metadata: list[MetadataItem] = field(default_factory=list)
    paragraph_no: int = 0
    table_no: int = 0
    has_begun: bool = False

    def number_table(self) -> int:
        """The number of a table that is met now, whatever it is for."""
        self.table_no += 1
        return self.table_no

    def add_text(self, text: Text, locator: str | None = None) -> None:
        """Keep a paragraph that prints something; lines such as 来源：… become items, page marks are left aside."""
        printed = text.text.strip()
        if not printed:
            return
        self.paragraph_no += 1
        place = f"paragraph {self.paragraph_no}" if locator is None else locator
        if is_page_mark(printed):
            return
        items = read_head_line(printed, place, is_before_article=not self.has_begun) if text.role == "text" else ()
        self.metadata.extend(items)
        if not items:
            self.has_begun = self.has_begun or (text.role == "text" and holds_report_text(printed))
            self.blocks.append(Paragraph(printed, place, text.role))

    def add_table(self, table: TableDraft, layout: Layout = "placed") -> None:
        """Keep a table as grid or index table, or what a layout table places; tables inside its cells follow it."""
        cells = tuple([draft.cell for draft in table.cells])
        inner = [part for draft in table.cells for part in draft.content if isinstance(part, TableDraft)]
        if is_layout(cells, holds_tables=bool(inner)):
            for part in (part for draft in table.cells for part in draft.content):
                self.add_part(part)
            return
        index = read_index_table(cells)
        self.metadata.extend(index)
        if not index and any(cell.text.strip() for cell in cells):
            self.blocks.append(Grid(cells, layout, table.locator))
        for part in inner:
            self.add_table(part)

    def add_part(self, part: Text | TableDraft) -> None:
        """Keep one paragraph or table."""
        if isinstance(part, TableDraft):
            self.add_table(part)
        else:
            self.add_text(part)

    def note(self, name: str, value: str) -> None:
        """State something about the document as a whole."""
        self.metadata.append(MetadataItem(name, value, "document"))

    def make_page(self, carrier: str, reader: str) -> Page:
        """The page of all that was kept."""
        return Page(carrier, reader, tuple(self.blocks), tuple(self.metadata))
