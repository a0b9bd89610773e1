"""The body of a Word document as paragraphs and tables in reading order, text boxes behind their paragraph."""

from dataclasses import dataclass

from lxml import etree

from parsers.carriers.docx_tables import Marks, PlacedTable
from parsers.carriers.docx_text import TextReader, choose_branch
from parsers.carriers.docx_words import ALTERNATE, DEL, MOVE_FROM, TBL, P, W
from parsers.carriers.office_blocks import BlockCollector, TableDraft, Text

_LEFT_OUT = frozenset(f"{W}{name}" for name in ("tcPr", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid"))
_EMBEDDED = f"{W}altChunk"


@dataclass
class BodyReader:
    """Reads the parts of a body; `marks` are what its cells say of their reach. `embedded` are documents that the body
    takes in as a whole, by relation."""

    texts: TextReader
    collector: BlockCollector
    marks: Marks
    covered: int = 0
    embedded: int = 0

    def read_body(self, body: etree._Element) -> None:
        """Read everything under the body to blocks."""
        for part in self.read_parts(body):
            self.collector.add_part(part)
        if self.texts.carried:
            self.collector.add_text(Text(self.texts.carried))

    def read_parts(self, parent: etree._Element) -> list[Text | TableDraft]:
        """The paragraphs and tables under an element; what is not known is read through, so that no text is lost."""
        parts: list[Text | TableDraft] = []
        for child in parent[:]:
            tag = child.tag
            if tag == P:
                parts.append(self.texts.read_paragraph(child))
                for box in self.texts.boxes:
                    parts += self.read_parts(box)
            elif tag == TBL:
                parts.append(self._read_table(child))
            elif tag in (DEL, MOVE_FROM):
                self.texts.deletions += 1
            elif tag == _EMBEDDED:
                self.embedded += 1
            elif tag not in _LEFT_OUT:
                for branch in choose_branch(child) if tag == ALTERNATE else (child,):
                    parts += self.read_parts(branch)
        return parts

    def _read_table(self, node: etree._Element) -> TableDraft:
        placed = PlacedTable(f"table {self.collector.number_table()}", self.marks, self.read_parts)
        placed.place_rows(node)
        self.texts.deletions += placed.deleted
        self.texts.hidden += placed.hidden
        self.covered += sum(_prints_text(covered) for covered in placed.covered)
        return TableDraft(tuple(placed.drafts), placed.locator)


def _prints_text(node: etree._Element) -> bool:
    return any((text.text or "").strip() for text in node.iter(f"{W}t"))
