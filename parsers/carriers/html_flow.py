"""The article of a page as blocks in reading order: paragraphs with their roles, grids, and what the page states."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from parsers.carriers.html_frame import find_part, is_frame, read_class_words
from parsers.carriers.html_nodes import (
    BLOCKS,
    LEFT_OUT,
    TEXT,
    collapse_space,
    join_pieces,
    walk_nodes,
)
from parsers.carriers.html_tables import Spans, Table, find_spans, is_layout, read_index_table, read_table
from parsers.carriers.page_words import (
    holds_report_text,
    is_controls,
    is_foot,
    is_trail,
    load_page_words,
    read_foot,
    read_head_line,
    squeeze_text,
)
from parsers.page import Grid, MetadataItem, Paragraph, ParagraphRole

_ROLES: dict[str, ParagraphRole] = {
    "h1": "title",
    "ucaptitle": "title",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
}
_LONGEST_TITLE = 120
_SHORTEST_TITLE = 8


@dataclass
class Flow:
    """What has been read so far. `titles` are the page's names for its article, without white space."""

    table_numbers: dict[int, int]
    titles: frozenset[str]
    hidden: frozenset[int]
    spans: Spans
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    metadata: list[MetadataItem] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    # Open elements that give their lines a role, by identity.
    roles: list[tuple[int, ParagraphRole]] = field(default_factory=list)
    # For each open table whether its cells were read as a grid, so that only tables inside it are still to be read.
    in_grid: list[bool] = field(default_factory=list)
    paragraph_no: int = 0
    has_begun: bool = False

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Take in a node; false where what is under it has been read or is not read."""
        muted = bool(self.in_grid) and self.in_grid[-1]
        if tag == TEXT:
            if not muted:
                self.pieces.append(collapse_space(node.text_content or ""))
            return False
        if tag in LEFT_OUT:
            return False
        if self.hidden and node.mem_id in self.hidden:
            return False
        if tag == "table":
            self.end_line()
            return self.enter_table(node)
        return muted or self.enter_element(node, tag)

    def enter_element(self, node: LexborNode, tag: str) -> bool:
        """Begin a line where the element does; false where the element is part of the page's frame."""
        if tag == "br":
            if self.roles:
                self.pieces.append("\n")
            else:
                self.end_line()
            return False
        if tag in BLOCKS:
            self.end_line()
        words = read_class_words(node.attributes)
        part = find_part(tag, words)
        if part is not None and is_frame(node, part):
            self.leave_aside(node.text(separator=" "))
            return False
        role = _ROLES.get(tag) or ("title" if is_title_element(node, words) else None)
        if role is not None:
            self.end_line()
            self.roles.append((node.mem_id, role))
        return True

    def leave(self, node: LexborNode, tag: str) -> None:
        """End what the element began."""
        if tag in BLOCKS:
            self.end_line()
        if tag == "table":
            self.in_grid.pop()
        if self.roles and self.roles[-1][0] == node.mem_id:
            self.end_line()
            self.roles.pop()

    def enter_table(self, node: LexborNode) -> bool:
        """Read a table as grid or index table; a layout table, or tables inside the table, are still to be walked."""
        table = read_table(node, self.table_numbers[node.mem_id], self.hidden, self.spans)
        layout = is_layout(table.cells, holds_tables=table.holds_tables)
        if not layout:
            self.take_table(table)
        if not layout and not table.holds_tables:
            return False
        self.in_grid.append(not layout)
        return True

    def take_table(self, table: Table) -> None:
        """Keep a table that is no layout: its caption as a paragraph, then its grid or what an index table states."""
        if table.caption.strip():
            self.blocks.append(Paragraph(table.caption.strip(), f"{table.locator}, caption"))
        index = read_index_table(table.cells)
        self.metadata.extend(index)
        if not index and any(cell.text.strip() for cell in table.cells):
            self.blocks.append(Grid(table.cells, "placed", table.locator))

    def end_line(self) -> None:
        """Close the paragraph that the pieces since the last end make, if they print anything."""
        if not self.pieces:
            return
        text = join_pieces(self.pieces).strip()
        self.pieces.clear()
        if not text:
            return
        self.paragraph_no += 1
        locator = f"paragraph {self.paragraph_no}"
        role = self.roles[-1][1] if self.roles else self.find_role(text)
        if role == "text" and (is_controls(text) or is_trail(text)):
            return
        items = read_head_line(text, locator, is_before_article=not self.has_begun)
        if is_foot(text):
            items = read_foot(text, locator)
        elif not items:
            self.add_paragraph(Paragraph(text, locator, role))
        self.metadata.extend(items)

    def add_paragraph(self, paragraph: Paragraph) -> None:
        """Keep a paragraph; the first with a sentence or words of the form begins the article."""
        self.has_begun = self.has_begun or (paragraph.role == "text" and holds_report_text(paragraph.text))
        self.blocks.append(paragraph)

    def find_role(self, text: str) -> ParagraphRole:
        """`title` for a line that is just what the page calls its article, `text` for any other."""
        if not self.titles or len(text) > _LONGEST_TITLE:
            return "text"
        return "title" if squeeze_text(text) in self.titles else "text"

    def leave_aside(self, text: str) -> None:
        """Leave a part of the frame aside; what the foot of a page states about the site is kept."""
        if is_foot(text):
            self.metadata.extend(read_foot(text, f"paragraph {self.paragraph_no + 1}"))


def is_title_element(node: LexborNode, class_words: frozenset[str]) -> bool:
    """Whether class or id name an element a title and what it holds reads like the title of a report."""
    words = load_page_words()
    if words.title_classes.isdisjoint(class_words):
        return False
    text = node.text()
    return len(text) <= _LONGEST_TITLE and any(word in text for word in words.title_words)


def find_titles(names: Iterable[str]) -> frozenset[str]:
    """What a page may call its article: its names, and their beginnings before the site's own name."""
    beginnings = [re.split(r"[_|｜—–-]", name)[0] for name in names]
    return frozenset(title for title in map(squeeze_text, (*names, *beginnings)) if len(title) >= _SHORTEST_TITLE)


def read_flow(root: LexborNode, titles: Iterable[str], hidden: frozenset[int]) -> Flow:
    """Read a whole page but its `hidden` elements. Tables are numbered from one as they stand in the document, whatever
    they are for."""
    numbers = {table.mem_id: number for number, table in enumerate(root.css("table"), start=1)}
    flow = Flow(numbers, find_titles(list(titles)), hidden, find_spans(root))
    walk_nodes(root, flow.enter, flow.leave)
    flow.end_line()
    return flow
