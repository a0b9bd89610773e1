"""Writes reports as PDF with reportlab: ruled tables that run over pages, and tables kept apart by columns alone.

The font is a CID font every reader knows; `pdf_embedded` writes a font file into the document.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.torture.printing import Chapter, Draft, PrintedCell, PrintedTable, place_cells
from tests.torture.renderers.record import OTHER_TABLE, Renderer

FONT = "STSong-Light"
registerFont(UnicodeCIDFont(FONT))
_MARGIN = 20 * mm
# What reportlab keeps free beside the text of a cell, with a little more; and the smallest type for figures.
_CELL_PADDING = 13
_SMALLEST = 4
# What reportlab keeps free inside its frame, and a little more.
_FRAME_PADDING = 14
_NUMBERS = ("", "— {} —", "-{}-", "第 {} 页")
_LABEL_SHARES = {"t2": (0.34, 0.22, 0.22, 0.22), "t3": (0.07, 0.13, 0.26)}


def draw_ruled_style(random: Random) -> dict[str, str]:
    """Paper, size of type, thickness of lines, page numbers."""
    return {
        "rules": random.choice(("grid", "box")),
        "paper": random.choice(("upright", "upright", "landscape")),
        "size": random.choice(("9", "10", "10.5")),
        "line": random.choice(("0.4", "0.75", "1")),
        "pages": random.choice(_NUMBERS),
    }


def draw_borderless_style(random: Random) -> dict[str, str]:
    """No lines; everything else as in ruled ones."""
    return draw_ruled_style(random) | {"rules": "none"}


def write_pdf(draft: Draft) -> bytes:
    """The whole report, its tables running over pages where they must."""
    style = draft.style
    buffer = BytesIO()
    paper = A4 if style["paper"] == "upright" else landscape(A4)
    template = SimpleDocTemplate(
        buffer, pagesize=paper, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN
    )
    pages = _Pages(width=paper[0] - 2 * _MARGIN, height=paper[1] - 2 * _MARGIN - _FRAME_PADDING, style=style)
    _fill_pages(pages, draft)

    def number_page(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(paper[0] / 2, _MARGIN / 2, style["pages"].format(canvas.getPageNumber()))

    template.build(pages.story, onFirstPage=number_page, onLaterPages=number_page, canvasmaker=_make_canvas)
    return buffer.getvalue()


def _fill_pages(pages: "_Pages", draft: Draft) -> None:
    size = float(pages.style["size"])
    body = ParagraphStyle("body", fontName=FONT, fontSize=size + 2, leading=1.6 * size, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontSize=1.6 * size, leading=2.2 * size, alignment=TA_CENTER)
    for texts, paragraph_style in ((draft.above, body), (draft.title, head), (draft.preface, body)):
        for text in texts:
            pages.add(Paragraph(escape(text), paragraph_style))
    for chapter in draft.chapters:
        if chapter.heading:
            pages.add(Paragraph(escape(chapter.heading), body))
        if "other_tables" in pages.style and chapter in (draft.chapters[0], draft.chapters[-1]):
            pages.add(Table([list(row) for row in OTHER_TABLE], style=[("FONT", (0, 0), (-1, -1), FONT, size)]))
        _fill_chapter(pages, chapter, body)
    for text in draft.closing:
        pages.add(Paragraph(escape(text), body))


def _fill_chapter(pages: "_Pages", chapter: Chapter, body: ParagraphStyle) -> None:
    """A chapter's blocks; two pieces of a table stand on two pages."""
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, str):
            pages.add(Paragraph(escape(block), body))
            continue
        if number and isinstance(chapter.blocks[number - 1], PrintedTable):
            pages.begin()
        pages.add_table(block)


@dataclass(slots=True)
class _Pages:
    """Flowables with the breaks between pages set by hand: reportlab does not cut through merged cells."""

    width: float
    height: float
    style: dict[str, str]
    story: list[Flowable] = field(default_factory=list)
    used: float = 0.0

    def begin(self) -> None:
        self.story.append(PageBreak())
        self.used = 0.0

    def add(self, flowable: Flowable) -> None:
        needed = flowable.wrap(self.width, self.height)[1]
        if self.used + needed > self.height:
            self.begin()
        self.story.append(flowable)
        self.used += needed

    def add_table(self, printed: PrintedTable) -> None:
        """The table, cut before rows as often as it must be."""
        self.add(Spacer(1, 6))
        rest = deepcopy(printed)
        while True:
            table = _make_table(rest, self.width, self.style, printed.width)
            if self.used + table.wrap(self.width, self.height)[1] <= self.height:
                self.add(table)
                self.add(Spacer(1, 6))
                return
            rest = self._add_rows_that_fit(rest, printed.width)
            self.begin()

    def _add_rows_that_fit(self, printed: PrintedTable, columns: int) -> PrintedTable:
        """Rows that fit on the page are added, the rest is returned. A merged cell cut short may need higher rows."""
        for count in range(len(printed.rows) - 1, 0, -1):
            upper = deepcopy(printed)
            lower = upper.split(count, repeats_merged=False)
            table = _make_table(upper, self.width, self.style, columns)
            if self.used + table.wrap(self.width, self.height)[1] <= self.height:
                self.add(table)
                return lower
        if not self.used:
            raise ValueError(f"{printed.table_id}: no row fits on a page")
        return printed


def _make_canvas(*arguments: object, **options: object) -> Canvas:
    """A canvas without the time of day in its file."""
    return Canvas(*arguments, **{**options, "invariant": 1})


def _make_table(table: PrintedTable, width: float, style: dict[str, str], columns: int) -> Table:
    """Merged cells as spans; a label over several rows stands at the top of each piece, as wide as the whole."""
    size = float(style["size"])
    text = ParagraphStyle("cell", fontName=FONT, fontSize=size, leading=1.2 * size, wordWrap="CJK")
    shares = _share_width(table.table_id, columns)
    data: list[list[Paragraph | str]] = [[""] * columns for _ in table.rows]
    commands: list[tuple] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("FONTSIZE", (0, 0), (-1, -1), size)]
    for number, row in enumerate(place_cells(table)):
        for place in row:
            cell = place.cell
            last = min(number + cell.down, len(table.rows)) - 1, place.column + cell.across - 1
            room = width * sum(shares[place.column : place.column + cell.across]) - _CELL_PADDING
            data[number][place.column] = _print_text(
                cell, text if cell.kind in ("label", "group") else _fit(cell, text, size, room)
            )
            if last != (number, place.column):
                commands.append(("SPAN", (place.column, number), (last[1], last[0])))
    line = float(style["line"])
    if style["rules"] == "grid":
        commands.append(("GRID", (0, 0), (-1, -1), line, colors.black))
    if style["rules"] == "box":
        commands += [
            ("INNERGRID", (0, 0), (-1, -1), line, colors.black),
            ("BOX", (0, 0), (-1, -1), 2 * line, colors.black),
        ]
    return Table(data, colWidths=[width * share for share in shares], style=commands)


def _fit(cell: PrintedCell, style: ParagraphStyle, size: float, room: float) -> ParagraphStyle:
    """In the middle of the cell; a figure in type so small that it is not broken."""
    longest = max((stringWidth(line, FONT, size) for line in cell.text.split("\n")), default=0)
    if cell.kind == "figure" and longest > room:
        size = max(_SMALLEST, size * room / longest)
    return ParagraphStyle("figure", parent=style, alignment=TA_CENTER, fontSize=size)


def _print_text(cell: PrintedCell, style: ParagraphStyle) -> Paragraph | str:
    if not cell.text.strip():
        return ""
    return Paragraph(escape(cell.text).replace("\n", "<br/>").replace("\u00a0", "&nbsp;"), style)


def _share_width(table_id: str, columns: int) -> list[float]:
    """The share of each column: labels of the form's tables first, else equal parts."""
    labels = _LABEL_SHARES.get(table_id, ())
    if len(labels) == columns:
        return list(labels)
    if columns <= len(labels) or table_id != "t3":
        labels = ()
    return [*labels, *[(1 - sum(labels)) / (columns - len(labels))] * (columns - len(labels))]


RULED = Renderer("pdf_ruled", draw_ruled_style, write_pdf)
BORDERLESS = Renderer("pdf_borderless", draw_borderless_style, write_pdf)
