"""The body of a Word document as paragraphs and tables in reading order, text boxes behind their paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.carriers.docx_tables import PlacedCell, make_cell, place_table
from parsers.carriers.docx_text import TextReader, choose_branch
from parsers.carriers.docx_words import ALTERNATE, DEL, MOVE_FROM, TBL, P, W
from parsers.carriers.office_blocks import BlockCollector, CellDraft, TableDraft, Text, join_texts

_LEFT_OUT = frozenset(f"{W}{name}" for name in ("tcPr", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid"))
_EMBEDDED = f"{W}altChunk"


@dataclass
class BodyReader:
    """Reads the parts of a body. `embedded` are documents that the body takes in as a whole, by relation."""

    texts: TextReader
    collector: BlockCollector
    covered: int = 0
    embedded: int = 0

    def read_body(self, body: etree._Element) -> None:
        """Read everything under the body to blocks."""
        for part in self.read_parts(body):
            self.collector.add_part(part)
        if self.texts.carried:
            self.collector.add_text(Text(self.texts.carried))

    def read_parts(self, parent: etree._Element) -> Iterator[Text | TableDraft]:
        """The paragraphs and tables under an element; what is not known is read through, so that no text is lost."""
        for child in parent:
            tag = child.tag
            if tag == P:
                yield self.texts.read_paragraph(child)
                for box in self.texts.boxes:
                    yield from self.read_parts(box)
            elif tag == TBL:
                yield self._read_table(child)
            elif tag in (DEL, MOVE_FROM):
                self.texts.deletions += 1
            elif tag == _EMBEDDED:
                self.embedded += 1
            elif tag == ALTERNATE:
                for branch in choose_branch(child):
                    yield from self.read_parts(branch)
            elif tag not in _LEFT_OUT and len(child):
                yield from self.read_parts(child)

    def _read_table(self, node: etree._Element) -> TableDraft:
        locator = f"table {self.collector.number_table()}"
        placed = place_table(node)
        self.texts.deletions += placed.deleted
        self.texts.hidden += placed.hidden
        self.covered += sum(_prints_text(covered) for covered in placed.covered)
        drafts: list[CellDraft] = []
        row, cell_no = -1, 0
        for cell in placed.cells:
            cell_no = cell_no + 1 if cell.row == row else 1
            row = cell.row
            drafts.append(self._read_cell(cell, f"{locator}, row {row + 1}, cell {cell_no}"))
        return TableDraft(tuple(drafts), locator)

    def _read_cell(self, placed: PlacedCell, locator: str) -> CellDraft:
        content = tuple(self.read_parts(placed.node))
        return CellDraft(make_cell(placed, join_texts(content), locator), content)


def _prints_text(node: etree._Element) -> bool:
    return any((text.text or "").strip() for text in node.iter(f"{W}t"))
