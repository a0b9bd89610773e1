"""Writes reports as PDF the way most are made: a Word document that an office program prints, fonts embedded."""

from tests.torture.renderers.docx import draw_style, write_docx
from tests.torture.renderers.office import convert_documents
from tests.torture.renderers.record import Renderer


def convert_to_pdf(documents: list[bytes]) -> list[bytes]:
    """DOCX to PDF."""
    return convert_documents(documents, "docx", "pdf", "pdf:writer_pdf_Export")


RENDERER = Renderer("pdf_office", draw_style, write_docx, batch=25, convert=convert_to_pdf)
