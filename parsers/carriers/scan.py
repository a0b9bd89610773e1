"""Reads pictures of pages (PNG, JPEG, TIFF, BMP, WEBP, GIF) and scanned pages of PDF files by recognising their text.

Tables are found by their ruled lines and read cell by cell, every figure twice. It needs the extra `ocr`; without it
such a document `needs_tool`. A table without lines is not read: its text stands among the paragraphs.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from parsers.carriers.detection import Format
from parsers.carriers.member import Carrier, MemberPage, accept_page
from parsers.carriers.pdf_assembly import PageContent, assemble_pages
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.page import MetadataItem, Page

READER = "rapidocr"
_FORMATS = frozenset({"png", "jpeg", "tiff", "bmp", "webp", "gif"})
_MAX_BYTES = 64 * 1024 * 1024
_LIBRARIES = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr")


def can_read_scans() -> bool:
    """Whether the libraries of the extra `ocr` are installed."""
    return all(find_spec(name) is not None for name in _LIBRARIES)


def read_scan(data: bytes, detected: Format) -> MemberPage:
    """Read a picture file: `needs_tool` without the extra, `unreadable` where damaged or too large."""
    (member,) = read_scan_members(data, detected)
    return member


def read_scan_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read a picture file as the registry asks for it."""
    try:
        page = read_scan_page(data, detected)
    except RefusalError as refusal:
        return refuse_member(detected, READER, refusal)
    return (accept_page(detected, page),)


def read_scan_page(data: bytes, detected: Format) -> Page:
    """The page of a picture file. Raises RefusalError."""
    require_extra()
    from parsers.carriers.scan_images import decode_pages
    from parsers.carriers.scan_pages import complete_pages, read_page

    drafts = [read_page(number, dots) for number, dots in enumerate(decode_pages(data, detected), start=1)]
    blocks, heads = assemble_pages(complete_pages(drafts))
    return Page(detected.id, READER, blocks, (*_list_doubts((draft.number, draft.doubts) for draft in drafts), *heads))


def read_scanned_pages(data: bytes, numbers: Iterable[int]) -> tuple[tuple[PageContent, ...], tuple[MetadataItem, ...]]:
    """Pages of a PDF by number from one, read from what they look like, and what is to be said about them. Their tables
    and lines are measured in points, as those of pages with text are. Raises RefusalError."""
    require_extra()
    from parsers.carriers.scan_images import render_pages
    from parsers.carriers.scan_pages import complete_pages, read_page

    drafts = [read_page(number, dots, min(size)) for number, size, dots in render_pages(data, numbers)]
    return tuple(complete_pages(drafts)), tuple(_list_doubts((draft.number, draft.doubts) for draft in drafts))


def require_extra() -> None:
    """Raise RefusalError `scan_needs_ocr` where the extra is not installed."""
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise RefusalError("scan_needs_ocr", f"not installed: {', '.join(missing)}")


def _list_doubts(pages: Iterable[tuple[int, tuple[str, ...]]]) -> Iterator[MetadataItem]:
    for number, doubts in pages:
        for doubt in doubts:
            name, _, value = doubt.partition(": ")
            yield MetadataItem(name, value, f"page {number}")


CARRIER = Carrier(READER, _FORMATS, _MAX_BYTES, read_scan_members)
