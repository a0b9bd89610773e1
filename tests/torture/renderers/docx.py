"""Writes reports as Word documents with python-docx, as people make them: merged cells, runs, breaks."""

from io import BytesIO
from random import Random

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt
from docx.table import _Cell

from tests.torture.printing import Chapter, Draft, PrintedCell, PrintedTable, place_cells
from tests.torture.renderers.record import OTHER_TABLE, Renderer, settle_times

# Numbers of four digits must not break in the fifteen columns of table 4.
_SMALL = Pt(8)


def draw_style(random: Random) -> dict[str, str]:
    """Whole texts or many runs; headings as headings or as plain paragraphs."""
    return {"runs": random.choice(("whole", "signs", "halves")), "headings": random.choice(("plain", "styled"))}


def write_docx(draft: Draft) -> bytes:
    """The whole document, title first."""
    document = Document()
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(1.8)
    for text in draft.above:
        document.add_paragraph(text)
    for text in draft.title:
        document.add_paragraph(text, style="Title" if draft.style["headings"] == "styled" else None)
    for text in draft.preface:
        document.add_paragraph(text)
    for chapter in draft.chapters:
        _add_chapter(document, chapter, draft)
    for text in draft.closing:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return settle_times(buffer.getvalue())


def _add_chapter(document: DocumentType, chapter: Chapter, draft: Draft) -> None:
    if chapter.heading:
        document.add_paragraph(chapter.heading, style="Heading 1" if draft.style["headings"] == "styled" else None)
    if "other_tables" in draft.style and chapter in (draft.chapters[0], draft.chapters[-1]):
        _add_plain_table(document)
    for number, block in enumerate(chapter.blocks):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        if number and isinstance(chapter.blocks[number - 1], PrintedTable):
            # Word runs two tables together that no paragraph parts; a page break stands between these.
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _add_table(document, block, draft)


def _add_plain_table(document: DocumentType) -> None:
    table = document.add_table(len(OTHER_TABLE), len(OTHER_TABLE[0]))
    for row, texts in zip(table.rows, OTHER_TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _add_table(document: DocumentType, printed: PrintedTable, draft: Draft) -> None:
    width, height = printed.width, len(printed.rows)
    table = document.add_table(height, width, style="Table Grid")
    grid = [list(row.cells) for row in table.rows]
    for number, row in enumerate(place_cells(printed)):
        for place in row:
            last_row = min(number + place.cell.down, height) - 1
            last_column = place.column + place.cell.across - 1
            cell = grid[number][place.column]
            if (last_row, last_column) != (number, place.column):
                cell = cell.merge(grid[last_row][last_column])
            _write_cell(cell, place.cell, draft.style["runs"])


def _write_cell(cell: _Cell, printed: PrintedCell, runs: str) -> None:
    lines = printed.text.split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        for part in _split_runs(line, runs):
            paragraph.add_run(part).font.size = _SMALL


def _split_runs(text: str, runs: str) -> list[str]:
    if runs == "signs":
        return list(text)
    if runs == "halves" and len(text) > 1:
        return [text[: len(text) // 2], text[len(text) // 2 :]]
    return [text] if text else []


RENDERER = Renderer("docx", draw_style, write_docx)
