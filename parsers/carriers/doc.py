"""Reads old Word and WPS documents (DOC, WPS): paragraphs, and tables row by row.

Such files mark where cells and rows end, but merges are only to be guessed from widths; so rows are read and places
are not: neighbouring tables are one grid of layout `sequence`. Deleted and hidden text and codes of fields are left
out. Left aside: headers, footers, notes, pictures. Automatic numbers are not in the text and are missing.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from office_oxide import Document, OfficeOxideError

from parsers.carriers.detection import Format
from parsers.carriers.member import Carrier, MemberPage, accept_page
from parsers.carriers.office_blocks import BlockCollector, CellDraft, TableDraft, Text, join_texts
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.page import Cell, Page

_READER = "office-oxide"
_MAX_BYTES = 64 * 1024 * 1024
_ENCRYPTED_STREAM = "EncryptedPackage\0".encode("utf-16-le")
_TEXTS = frozenset({"paragraph", "heading", "code_block"})
_BREAKS = {"line_break": "\n", "tab": "\t"}
_LEFT_OUT = frozenset({"image", "thematic_break", "page_break", "column_break", "footnote", "endnote", "shape"})
_FORMAT = "doc"
# The format of compound files in which no known stream was found.
_NO_DOCUMENT = "ole"

# An element as the library gives it: a mapping with a `type` and what that type holds.
Element = dict[str, Any]


def read_doc_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one document. `needs_tool` where this reader fails and another may not, `unreadable` where encrypted."""
    try:
        page = read_doc_page(data, detected.id)
    except RefusalError as refusal:
        return refuse_member(detected, _READER, refusal)
    return (accept_page(detected, page),)


def read_doc_page(data: bytes, carrier: str) -> Page:
    """The page of a document's bytes. Raises RefusalError `encrypted`, `needs_office` or `unknown_format`."""
    if _ENCRYPTED_STREAM in data:
        raise RefusalError("encrypted", "an encrypted package")
    if carrier == _NO_DOCUMENT:
        raise RefusalError("unknown_format", "a compound file without a Word document")
    try:
        content = Document.from_bytes(data, _FORMAT).to_ir()
    except OfficeOxideError as error:
        reason = "encrypted" if "ncrypt" in str(error) or "password" in str(error) else "needs_office"
        raise RefusalError(reason, str(error)) from error
    collector = BlockCollector()
    elements = [element for section in content["sections"] for element in section["elements"]]
    unknown: set[str] = set()
    for is_table, run in groupby(elements, key=lambda element: element["type"] == "table"):
        if is_table:
            add_rows(collector, [row for table in run for row in table["rows"]])
            continue
        for text in _read_texts(run, unknown):
            collector.add_text(text)
    if any(element["type"] == "list" for element in elements):
        collector.note("numbering", "automatic numbers are not in the text")
    if unknown:
        collector.note("unknown_elements", f"read for their text only: {', '.join(sorted(unknown))}")
    if not collector.blocks:
        raise RefusalError("needs_office", "no text found")
    return collector.make_page(carrier, _READER)


def add_rows(collector: BlockCollector, rows: list[Element]) -> None:
    """Keep the rows of neighbouring tables as one grid; a table of one cell only places what stands in it."""
    locator = f"table {collector.number_table()}"
    drafts = []
    for row_no, row in enumerate(rows):
        for column, cell in enumerate(row["cells"]):
            content = tuple(_read_texts(cell["content"], set()))
            place = f"{locator}, row {row_no + 1}, cell {column + 1}"
            drafts.append(CellDraft(Cell(join_texts(content), row_no, column, place), content))
    collector.add_table(TableDraft(tuple(drafts), locator), layout="sequence")


def _read_texts(elements: Iterable[Element], unknown: set[str]) -> Iterator[Text]:
    """The paragraphs of elements and of what they hold; a type that is not known is read through and named."""
    for element in elements:
        kind = element["type"]
        if kind in _TEXTS:
            yield Text("".join(_read_inline(element.get("content", ()))))
        elif kind == "list":
            for item in element["items"]:
                yield from _read_texts(item["content"], unknown)
        elif kind == "table":
            for row in element["rows"]:
                for cell in row["cells"]:
                    yield from _read_texts(cell["content"], unknown)
        elif kind not in _LEFT_OUT:
            if kind != "text_box":
                unknown.add(kind)
            yield from _read_texts(element.get("content", ()), unknown)


def _read_inline(content: str | Iterable[Element]) -> Iterator[str]:
    if isinstance(content, str):
        yield content
        return
    for piece in content:
        yield _BREAKS.get(piece["type"], "") or piece.get("text", "")


CARRIER = Carrier(_READER, frozenset({"doc", "ole"}), _MAX_BYTES, read_doc_members)
