"""How fast PDF is read to a page, beside the bare read of its grid and beside pdfplumber on the same bytes.

The bare read loads every page and asks pdfium for each character with its box and for each drawn path with its bounds
and how it is drawn: what any reader of grids needs, and nothing made of it.
"""

import sys
from collections.abc import Sequence
from ctypes import POINTER, byref, c_float, c_int, c_ushort, cast, create_string_buffer
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfDocument

from benchmarks.bench_parse import ROUNDS, format_table, measure_rounds
from parsers.carriers.pdf import read_pdf


def read_bare_grid(data: bytes) -> int:
    """Text, character boxes and object bounds of all pages; gives how many there are."""
    count = 0
    for page in PdfDocument(data):
        textpage = page.get_textpage()
        count += _read_boxes(textpage.raw) + _read_bounds(page.raw)
        textpage.close()
        page.close()
    return count


def _read_boxes(textpage: object) -> int:
    count = pdfium_c.FPDFText_CountChars(textpage)
    buffer = create_string_buffer(2 * (count + 1))
    pdfium_c.FPDFText_GetText(textpage, 0, count, cast(buffer, POINTER(c_ushort)))
    texts = buffer.raw.decode("utf-16-le", "replace")
    rect = pdfium_c.FS_RECTF()
    boxes = []
    for index in range(count):
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, byref(rect))
        boxes.append((texts[index], rect.left, rect.bottom, rect.right, rect.top))
    return len(boxes)


def _read_bounds(page: object) -> int:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    fill, stroke = c_int(), c_int()
    bounds = []
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        pointer = pdfium_c.FPDFPage_GetObject(page, index)
        if pdfium_c.FPDFPageObj_GetType(pointer) == pdfium_c.FPDF_PAGEOBJ_PATH:
            pdfium_c.FPDFPageObj_GetBounds(pointer, byref(left), byref(bottom), byref(right), byref(top))
            pdfium_c.FPDFPath_GetDrawMode(pointer, byref(fill), byref(stroke))
            bounds.append((left.value, bottom.value, right.value, top.value, fill.value, stroke.value))
    return len(bounds)


def read_with_pdfplumber(data: bytes) -> int:
    """The tables and the text that pdfplumber finds."""
    with pdfplumber.open(BytesIO(data)) as document:
        return sum(len(page.extract_tables()) + len(page.extract_text()) for page in document.pages)


def main(paths: Sequence[str]) -> None:
    """Measures the PDF files and folders named, and prints one table."""
    files = [file for path in map(Path, paths) for file in (sorted(path.glob("*.pdf")) if path.is_dir() else [path])]
    if not files:
        sys.exit("error: no PDF files to measure\nhint: name files, or a folder that holds them")
    documents = [file.read_bytes() for file in files]
    seconds = measure_rounds(
        {
            "bytes to page": lambda: [read_pdf(data) for data in documents],
            "pdfium, bare grid": lambda: [read_bare_grid(data) for data in documents],
            "pdfplumber": lambda: [read_with_pdfplumber(data) for data in documents],
        },
        ROUNDS,
    )
    sys.stdout.write(f"{format_table('PDF with text', len(documents), seconds)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
