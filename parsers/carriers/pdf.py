"""Reads PDF files: paragraphs and ruled tables in reading order, tables joined over page breaks.

Left out, by name: page numbers, lines that every page repeats, invisible or slanted text. Frames around a page are no
tables. Tables without rules are read by alignment. Pages that hold only a picture are read as scans where the extra
`ocr` is installed; without it a document of such pages `needs_tool`, in a document with others they are named.
"""

from collections.abc import Iterator

from parsers.carriers.detection import Format, get_format
from parsers.carriers.member import Carrier, MemberPage, accept_page, refuse_document
from parsers.carriers.pdf_assembly import PageContent, assemble_pages
from parsers.carriers.pdf_document import read_printed_pages
from parsers.carriers.pdf_lines import read_flow_lines
from parsers.carriers.pdf_print import PrintedPage
from parsers.carriers.pdf_streams import Refusal
from parsers.carriers.pdf_tables import read_ruled_tables
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.carriers.scan import READER, can_read_scans, read_scanned_pages
from parsers.page import MetadataItem, Page

_READER = "pypdfium2"
_MAX_BYTES = 64 * 1024 * 1024
# A page with a picture and fewer characters than this is a scan that bears a page number or a stamp.
_FEWEST_CHARACTERS = 20


def read_pdf(data: bytes) -> MemberPage:
    """Read one PDF: `unreadable` with a password, damaged or too large, `needs_tool` for a scan without the extra."""
    (member,) = read_pdf_members(data, get_format("pdf"))
    return member


def read_pdf_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one PDF as the registry asks for it."""
    pages = read_printed_pages(data)
    if isinstance(pages, Refusal):
        return (refuse_document(detected.media_type, detected.id, _READER, pages.reason, pages.detail),)
    is_scan = not any(map(_has_text, pages))
    scanned = [page.number for page in pages if is_scan or (page.has_picture and not _has_text(page))]
    if is_scan and not can_read_scans():
        detail = f"{len(pages)} pages, none with text"
        return (refuse_document(detected.media_type, detected.id, _READER, "scan_needs_ocr", detail),)
    try:
        return (accept_page(detected, read_page(data, pages, scanned, detected.id)),)
    except RefusalError as refusal:
        return refuse_member(detected, _READER, refusal)


def has_text_layer(data: bytes) -> bool:
    """Whether a PDF can be read and any of its pages has text that is to be seen."""
    pages = read_printed_pages(data)
    return not isinstance(pages, Refusal) and any(map(_has_text, pages))


def _has_text(page: PrintedPage) -> bool:
    count = sum(character.text != " " for character in page.characters)
    return count >= (_FEWEST_CHARACTERS if page.has_picture else 1)


def read_page(data: bytes, pages: tuple[PrintedPage, ...], scanned: list[int], carrier: str) -> Page:
    """Put printed pages together to one page of blocks; those of the numbers in `scanned` are read as pictures, or
    named where that cannot be. Raises RefusalError."""
    printed = [page for page in pages if page.number not in scanned]
    contents = []
    for page in printed:
        tables, outside = read_ruled_tables(page)
        lines = read_flow_lines(page.number, outside)
        contents.append(PageContent(page.number, page.height, tuple(tables), tuple(lines)))
    doubts = list(_list_doubts(printed))
    reader = _READER
    if scanned:
        doubts.insert(0, MetadataItem("scanned_pages", ", ".join(map(str, scanned)), "document"))
    if scanned and can_read_scans():
        recognised, unsure = read_scanned_pages(data, scanned)
        contents += recognised
        doubts += unsure
        reader = f"{_READER}, {READER}" if printed else READER
    blocks, heads = assemble_pages(sorted(contents, key=lambda content: content.number))
    return Page(carrier, reader, blocks, (*doubts, *heads))


def _list_doubts(pages: list[PrintedPage]) -> Iterator[MetadataItem]:
    for page in pages:
        for doubt in page.doubts:
            name, _, value = doubt.partition(": ")
            yield MetadataItem(name, value, f"page {page.number}")


CARRIER = Carrier(_READER, frozenset({"pdf"}), _MAX_BYTES, read_pdf_members)
