"""Reads Word documents (DOCX): paragraphs and tables as they are printed, tracked changes accepted.

Left aside: headers, footers, notes, comments, and the properties of the file, which name its writer and no agency.
What was left out or kept of changes, and what could not be read, is named in the page's metadata.
"""

from parsers.carriers.detection import Format
from parsers.carriers.docx_flow import BodyReader
from parsers.carriers.docx_numbering import Numbering
from parsers.carriers.docx_styles import StyleSheet
from parsers.carriers.docx_tables import find_marks
from parsers.carriers.docx_text import MARKS, TextReader, find_marked, has_whole_fields
from parsers.carriers.docx_words import BODY, DEL, INS, MOVE_FROM, MOVE_TO, NUMBERS, P_STYLE, R_STYLE, VANISH
from parsers.carriers.member import Carrier, MemberPage, accept_page
from parsers.carriers.office_blocks import BlockCollector
from parsers.carriers.office_package import Package, open_package, parse_part
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.page import Page

_READER = "lxml"
_MAX_BYTES = 64 * 1024 * 1024
_MAIN_PART = "word/document"
_STYLE_MARKS = frozenset({P_STYLE, R_STYLE})
_CHANGES = frozenset({DEL, INS, MOVE_FROM, MOVE_TO})


def read_docx_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one document. `unreadable` where the package or its text is damaged, encrypted or blown up."""
    try:
        page = read_docx_page(data, detected.id)
    except RefusalError as refusal:
        return refuse_member(detected, _READER, refusal)
    return (accept_page(detected, page),)


def read_docx_page(data: bytes, carrier: str) -> Page:
    """The page of a document's bytes. Raises RefusalError."""
    package = open_package(data)
    name = find_main_part(package)
    text = None if name is None else package.read(name)
    if name is None or text is None:
        raise RefusalError("damaged_file", "the package has no main part")
    root = parse_part(text)
    body = root.find(BODY)
    if body is None:
        raise RefusalError("damaged_file", "the main part has no body")
    marks = list(root.iter(*MARKS))
    held = {mark.tag for mark in marks}
    styles = StyleSheet((package.read_related(name, "styles") if held & _STYLE_MARKS else None) or b"")
    texts = TextReader(
        numbering=Numbering(lambda: package.read_related(name, "numbering")),
        styles=styles,
        has_numbers=NUMBERS in held,
        may_hide=VANISH in held or (R_STYLE in held and styles.may_hide),
        has_changes=bool(held & _CHANGES),
        has_whole_fields=has_whole_fields(root),
        marked=find_marked(body, marks),
    )
    collector = BlockCollector()
    reader = BodyReader(texts, collector, find_marks(body))
    reader.read_body(body)
    _note_doubts(reader)
    return collector.make_page(carrier, _READER)


def find_main_part(package: Package) -> str | None:
    """The part with the document's text: where the package points to, else the first that is named like it."""
    for relation in package.list_relations("").values():
        if relation.kind == "officeDocument" and relation.target in package.members:
            return relation.target
    names = (name for name in package.members if name.startswith(_MAIN_PART) and name.endswith(".xml"))
    return next(names, None)


def _note_doubts(reader: BodyReader) -> None:
    texts, collector = reader.texts, reader.collector
    if texts.insertions or texts.deletions:
        kept, left = texts.insertions, texts.deletions
        collector.note("tracked_changes", f"read as accepted: {kept} insertions kept, {left} deletions left out")
    if texts.hidden:
        collector.note("hidden_text", f"{texts.hidden} hidden pieces left out")
    if reader.covered:
        collector.note("covered_text", f"{reader.covered} cells with text that a merge covers left out")
    if reader.embedded:
        collector.note("embedded_documents", f"{reader.embedded} documents embedded as a whole not read")
    if texts.numbering.unknown:
        collector.note("numbering", f"number styles not known: {', '.join(sorted(texts.numbering.unknown))}")


CARRIER = Carrier(_READER, frozenset({"docx"}), _MAX_BYTES, read_docx_members)
