"""Opens a PDF and reads its pages to characters and ruled lines, or says why it cannot be read.

Refused are files with a password, damaged or cut-off ones, and those larger than any report.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from parsers.carriers.pdf_calls import Box
from parsers.carriers.pdf_characters import find_turn, read_characters, set_upright, turn_upright
from parsers.carriers.pdf_fonts import use_stand_in_font
from parsers.carriers.pdf_lattice import MOST_CROSSINGS
from parsers.carriers.pdf_objects import read_objects
from parsers.carriers.pdf_print import PrintedPage
from parsers.carriers.pdf_rules import join_strokes, part_strokes
from parsers.carriers.pdf_streams import Refusal, find_damage

MOST_PAGES = 300
MOST_CHARACTERS = 300_000
TOO_MANY_LINES = "too_many_lines"
_ENCRYPTION_ERRORS = frozenset({pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY})
use_stand_in_font()
_FILLED_ANNOTATIONS = frozenset({pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT})


def read_printed_pages(data: bytes) -> tuple[PrintedPage, ...] | Refusal:
    """All pages of a document, upright."""
    damage = find_damage(data)
    if damage is not None:
        return damage
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        is_encrypted = error.err_code in _ENCRYPTION_ERRORS
        return Refusal("encrypted") if is_encrypted else Refusal("damaged_file", str(error))
    with closing(document):
        return _read_pages(document)


def _read_pages(document: PdfDocument) -> tuple[PrintedPage, ...] | Refusal:
    count = len(document)
    if count == 0:
        return Refusal("damaged_file", "0 pages")
    if count > MOST_PAGES:
        return Refusal("too_much_content", f"{count} pages, limit {MOST_PAGES}")
    pages: list[PrintedPage] = []
    size = 0
    for number in range(1, count + 1):
        try:
            page = _read_page(document, number)
        except PdfiumError as error:
            return Refusal("damaged_file", f"page {number}: {error}")
        if isinstance(page, Refusal):
            return page
        size += len(page.characters)
        if size > MOST_CHARACTERS:
            return Refusal("too_much_content", f"more than {MOST_CHARACTERS} characters")
        pages.append(page)
    return tuple(pages)


def _read_page(document: PdfDocument, number: int) -> PrintedPage | Refusal:
    """A page with what is filled into its fields or written on it as a note."""
    with closing(document[number - 1]) as page:
        is_filled = any(kind in _FILLED_ANNOTATIONS for kind in _list_annotations(page.raw))
        if not is_filled or pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_PRINT) != pdfium_c.FLATTEN_SUCCESS:
            return _read_open_page(page, number)
    with closing(document[number - 1]) as page:
        return _read_open_page(page, number)


def _read_open_page(page: PdfPage, number: int) -> PrintedPage | Refusal:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(page.raw, rect)
    with closing(page.get_textpage()) as textpage:
        if textpage.count_chars() > MOST_CHARACTERS:
            return Refusal("too_much_content", f"page {number}: more than {MOST_CHARACTERS} characters")
        return _read_print(page.raw, textpage.raw, number, (rect.left, rect.bottom, rect.right, rect.top))


def _read_print(page: Any, textpage: Any, number: int, box: Box) -> PrintedPage | Refusal:
    area = (box[2] - box[0]) * (box[3] - box[1])
    if area <= 0:
        return Refusal("damaged_file", f"page {number}: no page size")
    drawn = read_objects(page, area)
    if drawn.is_too_much:
        return Refusal("too_much_content", f"page {number}: {drawn.object_count} objects, {drawn.point_count} points")
    characters, left_out = read_characters(textpage, drawn.hidden, box)
    turn = find_turn(characters)
    place = turn_upright(box, turn)
    levels, uprights = map(join_strokes, part_strokes(drawn.strokes, place))
    doubts = [f"{name}: {count} characters" for name, count in sorted(left_out.items())]
    if len(levels) * len(uprights) > MOST_CROSSINGS:
        doubts.append(f"{TOO_MANY_LINES}: {len(levels) + len(uprights)} lines")
        levels = uprights = ()
    size = (box[2] - box[0], box[3] - box[1])
    return PrintedPage(
        number=number,
        width=size[turn % 2],
        height=size[1 - turn % 2],
        characters=set_upright(characters, box, turn),
        horizontals=levels,
        verticals=uprights,
        has_picture=drawn.has_picture,
        doubts=tuple(doubts),
    )


def _list_annotations(page: Any) -> Iterator[int]:
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        yield pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
