"""How fast office documents are read to pages, beside the bare read of the same bytes and beside the usual libraries.

The bare read of DOCX unpacks the text, parses it and looks at every element; that of a workbook lays out its values.
Without arguments the documents are reports of the form, written for the purpose with fonts and borders in every cell,
as word processors write them; else the files named are read.
"""

import sys
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell
from lxml import etree
from python_calamine import CalamineWorkbook

from benchmarks.bench_parse import ROUNDS, format_table, measure_rounds
from parsers.carriers.detection import detect_format
from parsers.carriers.doc import read_doc_page
from parsers.carriers.docx import read_docx_page
from parsers.carriers.rtf import read_rtf_page
from parsers.carriers.spreadsheet import read_spreadsheet_page
from tests.parsers.carriers.docx_writer import save, write_report
from tests.parsers.carriers.form_tables import lay_out_form
from tests.parsers.carriers.readings import number_figures
from tests.parsers.carriers.sheet_writers import save_xlsx, write_xlsx

Read = Callable[[bytes], object]


def read_bare_xml(data: bytes) -> int:
    """Unpack and parse the document, and look at every element's name and text; gives the length of the texts."""
    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    return sum(len(node.text or "") for node in root.iter() if node.tag)


def read_with_python_docx(data: bytes) -> list[str]:
    """The texts of all paragraphs and cells, with python-docx."""
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def read_bare_values(data: bytes) -> int:
    """Lay out the values of all sheets, with calamine; gives how many rows there are."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def read_with_openpyxl(data: bytes) -> list[tuple[object, ...]]:
    """The values of all sheets, with openpyxl."""
    workbook = openpyxl.load_workbook(BytesIO(data))
    return [row for sheet in workbook.worksheets for row in sheet.iter_rows(values_only=True)]


_FONT = '<w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>'
_RUN = f"<w:rPr {nsdecls('w')}>{_FONT}<w:b/><w:color w:val='000000'/><w:kern w:val='0'/><w:sz w:val='24'/></w:rPr>"
_PARAGRAPH = (
    f"<w:pPr {nsdecls('w')}><w:keepNext w:val='0'/><w:widowControl/><w:suppressLineNumbers w:val='0'/>"
    "<w:spacing w:before='0' w:after='0'/><w:ind w:left='0'/><w:jc w:val='center'/>"
    f"<w:rPr>{_FONT}<w:sz w:val='24'/></w:rPr></w:pPr>"
)
_SIDES = "".join(f"<w:{side} w:val='single' w:color='000000' w:sz='8'/>" for side in ("top", "left", "bottom", "right"))
_CELL = (
    f"<w:tcBorders {nsdecls('w')}>{_SIDES}</w:tcBorders>",
    f"<w:shd {nsdecls('w')} w:val='clear'/>",
    f"<w:vAlign {nsdecls('w')} w:val='center'/>",
)


def write_formatted(cell: _Cell, text: str) -> None:
    """A run with its fonts, a paragraph with its spacing, a cell with its borders."""
    paragraph = cell.paragraphs[0]
    paragraph._p.insert(0, parse_xml(_PARAGRAPH))
    if text:
        paragraph.add_run(text)._r.insert(0, parse_xml(_RUN))
    for part in _CELL:
        cell._tc.get_or_add_tcPr().append(parse_xml(part))


CONTENDERS: dict[str, dict[str, Read]] = {
    "docx": {
        "bare XML read": read_bare_xml,
        "bytes to page": lambda data: read_docx_page(data, "docx"),
        "python-docx, bare texts": read_with_python_docx,
    },
    "xlsx": {
        "calamine, bare values": read_bare_values,
        "bytes to page": lambda data: read_spreadsheet_page(data, "xlsx"),
        "openpyxl, bare values": read_with_openpyxl,
    },
    "doc": {"bytes to page": lambda data: read_doc_page(data, "doc")},
    "rtf": {"bytes to page": lambda data: read_rtf_page(data, "rtf")},
}


def write_documents() -> list[bytes]:
    """A Word document with formats and a workbook of each edition of the form."""
    tables = [lay_out_form(number_figures(edition), edition) for edition in ("format_2021", "format_2019")]
    documents = [save(write_report(form, write_formatted)) for form in tables]
    return documents + [save_xlsx(write_xlsx(form)) for form in tables]


def read_all(read: Read, documents: Sequence[bytes]) -> Callable[[], object]:
    """A call that reads all documents once."""
    return lambda: [read(data) for data in documents]


def main(names: Sequence[str]) -> None:
    """Measures the files named, or documents written for the purpose, and prints a table for each format."""
    documents = [Path(name).read_bytes() for name in names] or write_documents()
    for format_id, contenders in CONTENDERS.items():
        chosen = [data for data in documents if detect_format(data).id == format_id]
        if chosen:
            calls = {name: read_all(read, chosen) for name, read in contenders.items()}
            seconds = measure_rounds(calls, ROUNDS)
            sys.stdout.write(f"{format_table(format_id.upper(), len(chosen), seconds)}\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
