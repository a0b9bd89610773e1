"""Writes reports as old Word documents: Word documents of today, saved by LibreOffice in the old format."""

from tests.torture.renderers.docx import draw_style, write_docx
from tests.torture.renderers.office import convert_documents
from tests.torture.renderers.record import Renderer


def convert_to_doc(documents: list[bytes]) -> list[bytes]:
    """DOCX to DOC."""
    return convert_documents(documents, "docx", "doc", "doc:MS Word 97")


RENDERER = Renderer("doc", draw_style, write_docx, batch=25, convert=convert_to_doc)
