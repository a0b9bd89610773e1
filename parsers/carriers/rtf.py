"""Reads RTF documents: paragraphs, and tables row by row.

Cells that a merge covers are not printed and are left out. Places in the grid are only to be guessed from widths, so
neighbouring rows are one grid of layout `sequence`. What is left out of the text stands in rtf_tokens.
"""

from dataclasses import dataclass, field

from parsers.carriers.detection import Format
from parsers.carriers.member import Carrier, MemberPage, accept_page
from parsers.carriers.office_blocks import BlockCollector, CellDraft, TableDraft, Text, join_texts
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.carriers.rtf_tokens import RtfTokens, Word
from parsers.page import Cell, Page

_READER = "rtf"
_MAX_BYTES = 32 * 1024 * 1024
_PARAGRAPH_ENDS = frozenset({b"par", b"sect", b"page"})
_COVERED = frozenset({b"clvmrg", b"clmrg"})


def read_rtf_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one document. `unreadable` where it holds no text."""
    try:
        page = read_rtf_page(data, detected.id)
    except RefusalError as refusal:
        return refuse_member(detected, _READER, refusal)
    return (accept_page(detected, page),)


def read_rtf_page(data: bytes, carrier: str) -> Page:
    """The page of a document's bytes. Raises RefusalError `damaged_file` where it has no text or ends in the middle."""
    tokens = RtfTokens(data)
    flow = _Flow()
    for token in tokens:
        if isinstance(token, Word):
            flow.take_word(token)
        else:
            flow.pieces.append(token)
    flow.end_document()
    collector = flow.collector
    if not tokens.is_whole:
        raise RefusalError("damaged_file", "groups are left open, or closed too often")
    if not collector.blocks:
        raise RefusalError("damaged_file", "no text found")
    if tokens.left_out:
        collector.note("hidden_text", f"{tokens.left_out} hidden or deleted pieces left out")
    if tokens.lost:
        collector.note("decoding", f"{tokens.lost} unreadable byte sequences, shown as U+FFFD")
    return collector.make_page(carrier, _READER)


@dataclass
class _Flow:
    """What has been read: the open paragraph, the open cell, the open row, and the rows of the open table."""

    collector: BlockCollector = field(default_factory=BlockCollector)
    pieces: list[str] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)
    cells: list[tuple[Text, ...]] = field(default_factory=list)
    rows: list[list[tuple[Text, ...]]] = field(default_factory=list)
    # For each cell that the row declares whether a merge covers it.
    covered: list[bool] = field(default_factory=list)
    is_covered: bool = False
    is_in_table: bool = False

    def take_word(self, word: Word) -> None:
        """Take in a control word; those that say nothing about paragraphs and tables are passed over."""
        name = word.name
        if name in _PARAGRAPH_ENDS:
            self.end_paragraph()
        elif name == b"pard":
            self.is_in_table = False
        elif name == b"intbl":
            self.is_in_table = True
        elif name in (b"cell", b"nestcell"):
            self.end_cell()
        elif name in (b"row", b"nestrow"):
            self.end_row()
        elif name == b"trowd":
            self.covered, self.is_covered = [], False
        elif name in _COVERED:
            self.is_covered = True
        elif name == b"cellx":
            self.covered.append(self.is_covered)
            self.is_covered = False

    def take_text(self) -> Text:
        """The open paragraph's text; characters written as two surrogates are joined."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return Text(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))

    def end_paragraph(self) -> None:
        """End a paragraph: of a cell, or in the open, where it ends the table before it."""
        text = self.take_text()
        if self.is_in_table or self.cells:
            self.lines.append(text)
            return
        self.end_table()
        self.collector.add_text(text)

    def end_cell(self) -> None:
        """End a cell with what stands in it."""
        self.cells.append((*self.lines, self.take_text()))
        self.lines.clear()

    def end_row(self) -> None:
        """End a row; cells that a merge covers are left out."""
        covered = self.covered if len(self.covered) == len(self.cells) else [False] * len(self.cells)
        self.rows.append([cell for cell, is_covered in zip(self.cells, covered, strict=True) if not is_covered])
        self.cells = []

    def end_table(self) -> None:
        """Keep the rows read since the last text in the open."""
        if not self.rows:
            return
        locator = f"table {self.collector.number_table()}"
        drafts = tuple(
            CellDraft(Cell(join_texts(lines), row_no, no, f"{locator}, row {row_no + 1}, cell {no + 1}"), lines)
            for row_no, row in enumerate(self.rows)
            for no, lines in enumerate(row)
        )
        self.collector.add_table(TableDraft(drafts, locator), layout="sequence")
        self.rows = []

    def end_document(self) -> None:
        """Keep what is still open: a cut-off row has its cells, too."""
        if self.cells:
            self.end_cell()
            self.end_row()
        self.end_table()
        self.collector.add_text(self.take_text())


CARRIER = Carrier(_READER, frozenset({"rtf"}), _MAX_BYTES, read_rtf_members)
