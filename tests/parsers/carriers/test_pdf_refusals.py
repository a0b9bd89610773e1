"""PDF files that cannot be read, or not safely: named, bounded, and never read in part without a word."""

import re
import zlib

import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from parsers.carriers import pdf_document, pdf_objects, pdf_streams, scan
from parsers.carriers.member import MemberPage
from parsers.carriers.pdf import has_text_layer, read_pdf
from parsers.page import Grid, Paragraph
from tests.parsers.carriers.pdf_prints import Style, write_pdf
from tests.parsers.carriers.pdf_reports import make_pdf, print_report
from tests.parsers.carriers.readings import list_silent_errors, number_figures

FIGURES = number_figures()
REPORT = make_pdf(Style(), FIGURES)


def describe(member: MemberPage) -> tuple[str | None, str | None]:
    return member.status, member.status_reason


def make_other_pdf(password: str | None = None) -> bytes:
    """A small ruled table from another writer."""
    document = FPDF()
    document.set_font("helvetica", size=10)
    document.add_page()
    with document.table() as table:
        for cells in (("a", "b", "c"), ("17", "", "1,136"), ("0", "/", "8.25")):
            row = table.row()
            for text in cells:
                row.cell(text)
    if password is not None:
        document.set_encryption("owner", password, encryption_method=EncryptionMethod.AES_256)
    return bytes(document.output())


def test_table_of_another_writer_is_read() -> None:
    member = read_pdf(make_other_pdf())
    assert member.page is not None
    (grid,) = [block for block in member.page.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.cells] == ["a", "b", "c", "17", "", "1,136", "0", "/", "8.25"]


def test_file_with_a_password_is_encrypted() -> None:
    printer = print_report(Style(), FIGURES)
    for data in (write_pdf(printer, encrypt=StandardEncryption("secret", "owner")), make_other_pdf("secret")):
        assert describe(read_pdf(data)) == ("unreadable", "encrypted")
        assert not has_text_layer(data)


def test_file_that_only_forbids_printing_is_read() -> None:
    printer = print_report(Style(), FIGURES)
    member = read_pdf(write_pdf(printer, encrypt=StandardEncryption("", "owner", canPrint=0)))
    assert member.page is not None
    assert list_silent_errors(member.page, FIGURES) == []


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_file_cut_off_is_damaged(share: float) -> None:
    assert describe(read_pdf(REPORT[: int(len(REPORT) * share)])) == ("unreadable", "damaged_file")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\n" + b"\0" * 4096 + b"%%EOF\n"])
def test_file_without_pages_is_damaged(data: bytes) -> None:
    assert describe(read_pdf(data)) == ("unreadable", "damaged_file")


def test_document_without_pages_is_damaged() -> None:
    empty = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    assert describe(read_pdf(empty)) == ("unreadable", "damaged_file")


def test_stream_that_does_not_meet_its_checksum_is_damage() -> None:
    stream = re.search(rb">>\s*stream\r?\n(?P<content>.{500,}?)endstream", REPORT, re.DOTALL)
    assert stream is not None
    place = stream.start("content") + 250
    other = b"5" if REPORT[place : place + 1] != b"5" else b"6"
    damaged = REPORT[:place] + other + REPORT[place + 1 :]
    member = read_pdf(damaged)
    assert describe(member) == ("unreadable", "damaged_file")
    assert member.status_detail is not None
    assert member.status_detail.startswith("stream at byte")


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_damaged_file_is_refused_or_read_without_silent_errors(data: st.DataObject) -> None:
    # Behind the fonts: with damaged widths the page itself shows figures printed on one another.
    place = data.draw(st.integers(1_500, len(REPORT) - 1))
    damage = data.draw(st.sampled_from(["flip", "cut", "blank", "insert", "delete"]))
    damaged = {
        "flip": REPORT[:place] + bytes([REPORT[place] ^ 1]) + REPORT[place + 1 :],
        "cut": REPORT[:place],
        "blank": REPORT[:place] + bytes(20) + REPORT[place + 20 :],
        "insert": REPORT[:place] + b"7" + REPORT[place:],
        "delete": REPORT[:place] + REPORT[place + 7 :],
    }[damage]
    member = read_pdf(damaged)
    if member.page is None:
        assert member.status in ("unreadable", "needs_tool")
    else:
        assert list_silent_errors(member.page, FIGURES) == []


def make_bare_pdf(content: bytes, *, is_deflated: bool = False, pages: int = 1, side: int = 842) -> bytes:
    """A document whose pages all show one content stream."""
    stream = zlib.compress(content, 9) if is_deflated else content
    filters = b"/Filter/FlateDecode" if is_deflated else b""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d%s>>\nstream\n" % (len(stream), filters) + stream + b"\nendstream",
    ]
    box = b"/MediaBox[0 0 %d %d]" % (side, side)
    page = b"<</Type/Page/Parent 2 0 R" + box + b"/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"
    body = b"%PDF-1.4\n"
    for number, text in enumerate([*objects, *[page] * pages], start=1):
        body += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    return body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(objects) + pages + 1)


TEXT = b"BT /F 10 Tf 100 700 Td (17) Tj ET "


@pytest.mark.slow
def test_stream_that_swells_is_too_much() -> None:
    bomb = make_bare_pdf(b" " * (pdf_streams.MOST_INFLATED + 1_000), is_deflated=True)
    assert len(bomb) < 2_000_000
    assert describe(read_pdf(bomb)) == ("unreadable", "too_much_content")


def test_too_many_pages_are_too_much() -> None:
    assert describe(read_pdf(make_bare_pdf(TEXT, pages=pdf_document.MOST_PAGES + 1))) == (
        "unreadable",
        "too_much_content",
    )
    assert read_pdf(make_bare_pdf(TEXT, pages=3)).page is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        TEXT * 160_000,
        b"0 0 m 9 9 l S " * (pdf_objects.MOST_OBJECTS + 10),
        b"0 0 m " + b"9 9 l 0 9 l " * (pdf_objects.MOST_POINTS // 2 + 10) + b"S",
    ],
    ids=["characters", "objects", "points"],
)
def test_too_much_on_a_page_is_too_much(content: bytes) -> None:
    assert describe(read_pdf(make_bare_pdf(content, is_deflated=True))) == ("unreadable", "too_much_content")


def draw_lines(count: int, side: int) -> bytes:
    """So many lines each way over the whole page."""
    step = side / count
    levels = b"".join(b"0 %.2f m %d %.2f l S " % (n * step, side, n * step) for n in range(count))
    return levels + b"".join(b"%.2f 0 m %.2f %d l S " % (n * step, n * step, side) for n in range(count))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "side", "doubts"), [(150, 842, []), (1_100, 6_000, [("too_many_lines", "2200 lines", "page 1")])]
)
def test_countless_lines_are_no_table(count: int, side: int, doubts: list[tuple[str, str, str]]) -> None:
    page = read_pdf(make_bare_pdf(draw_lines(count, side) + TEXT, is_deflated=True, side=side)).page
    assert page is not None
    assert [type(block) for block in page.blocks] == [Paragraph]
    assert [(item.name, item.value, item.locator) for item in page.metadata] == doubts


def test_page_without_anything_has_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_LIBRARIES", ("no_such_library",))
    member = read_pdf(make_bare_pdf(b" "))
    assert describe(member) == ("needs_tool", "scan_needs_ocr")
    assert member.status_detail == "1 pages, none with text"
