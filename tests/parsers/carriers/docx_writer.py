"""Writes Word documents with the form's tables for tests, with python-docx."""

from collections.abc import Callable, Iterable
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.table import Table as DocxTable
from docx.table import _Cell

from tests.parsers.carriers.form_tables import CHAPTERS, TITLE, FormTable

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
WriteCell = Callable[[_Cell, str], None]


def write_plainly(cell: _Cell, text: str) -> None:
    """One run."""
    cell.paragraphs[0].text = text


def write_in_runs(cell: _Cell, text: str) -> None:
    """A run for every character, as editing leaves them."""
    for character in text:
        cell.paragraphs[0].add_run(character)


def add_table(parent: Document | _Cell, table: FormTable, write: WriteCell = write_plainly) -> DocxTable:
    """Add a table of the form with its merges."""
    added = parent.add_table(table.height, table.width)
    grid = [list(row.cells) for row in added.rows]
    for cell in table.cells:
        target = grid[cell.row][cell.column]
        if cell.row_span > 1 or cell.column_span > 1:
            target = target.merge(grid[cell.row + cell.row_span - 1][cell.column + cell.column_span - 1])
        write(target, cell.text)
    return added


def write_report(tables: Iterable[FormTable], write: WriteCell = write_plainly) -> Document:
    """A report with a title and the chapters that hold tables."""
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("一、总体情况")
    document.add_paragraph("2023年，我局认真贯彻落实条例要求，扎实推进政府信息公开工作。")
    for table in tables:
        document.add_paragraph(CHAPTERS[table.table_id])
        add_table(document, table, write)
    document.add_paragraph("五、存在的主要问题及改进情况")
    document.add_paragraph("六、其他需要报告的事项")
    return document


def save(document: Document) -> bytes:
    """The document's bytes."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def wrap_body(xml: str) -> bytes:
    """A document whose body is this WordprocessingML."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for child in parse_xml(f"<w:body {_SPACES}>{xml}</w:body>"):
        body.append(child)
    return save(document)


def wrap_numbered(body: str, numbering: str) -> bytes:
    """The same with these list definitions."""
    document = docx.Document(BytesIO(wrap_body(body)))
    part = document.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    for child in parse_xml(f"<w:numbering {_SPACES}>{numbering}</w:numbering>"):
        part.append(child)
    return save(document)
