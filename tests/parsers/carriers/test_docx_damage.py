"""Word documents that are damaged, encrypted, blown up or endless: a reason each."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from parsers.carriers.detection import get_format
from parsers.carriers.doc import read_doc_members
from parsers.carriers.docx import read_docx_members
from parsers.carriers.reasons import get_reason
from tests.parsers.carriers.docx_writer import save, wrap_body, write_report
from tests.parsers.carriers.form_tables import lay_out_form
from tests.parsers.carriers.readings import list_silent_errors, number_figures

FIGURES = number_figures()
WHOLE = save(write_report(lay_out_form(FIGURES)))
MAIN = "word/document.xml"
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_reason(data: bytes) -> str | None:
    (member,) = read_docx_members(data, get_format("docx"))
    return member.status_reason


def replace_main(content: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(WHOLE)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == MAIN else old.read(info))
    return buffer.getvalue()


def read_main() -> bytes:
    with zipfile.ZipFile(BytesIO(WHOLE)) as package:
        return package.read(MAIN)


LAUGHS = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12))
DEEP = f'<w:document xmlns:w="{SPACE}"><w:body>' + "<w:sdt><w:sdtContent>" * 50_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(WHOLE[: len(WHOLE) // 2], "damaged_file", id="cut_off"),
        pytest.param(b"PK\x03\x04", "damaged_file", id="signature_alone"),
        pytest.param(replace_main(read_main()[:-200]), "damaged_file", id="text_cut_off"),
        pytest.param(replace_main(b""), "damaged_file", id="text_missing"),
        pytest.param(replace_main(b"<w:document/>"), "damaged_file", id="name_space_missing"),
        pytest.param(replace_main(f'<w:document xmlns:w="{SPACE}"/>'.encode()), "damaged_file", id="body_missing"),
        pytest.param(replace_main(f"<!DOCTYPE x [{LAUGHS}]><x>&a11;</x>".encode()), "damaged_file", id="entities"),
        pytest.param(
            replace_main(b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'), "damaged_file", id="outside_entity"
        ),
        pytest.param(replace_main(DEEP.encode()), "damaged_file", id="nested_without_end"),
        pytest.param(replace_main(read_main() + b" " * 200_000_000), "archive_limit", id="bomb"),
    ],
)
def test_damaged_document_has_its_reason(data: bytes, reason: str) -> None:
    assert read_reason(data) == reason


def test_encrypted_document_is_named() -> None:
    buffer = BytesIO()
    OOXMLFile(BytesIO(WHOLE)).encrypt("x", buffer)
    (member,) = read_doc_members(buffer.getvalue(), get_format("ole"))
    assert (member.status, member.status_reason) == ("unreadable", "encrypted")


def test_document_without_text_has_no_blocks() -> None:
    (member,) = read_docx_members(wrap_body("<w:p/>"), get_format("docx"))
    assert member.page is not None
    assert member.page.blocks == ()


def test_strict_documents_are_read_as_others() -> None:
    strict = read_main().replace(SPACE.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    (usual,), (other,) = (read_docx_members(data, get_format("docx")) for data in (WHOLE, replace_main(strict)))
    assert usual.page == other.page


@settings(max_examples=80, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=3))
def test_changed_text_is_refused_or_right_or_flagged(changes: list[tuple[float, int]]) -> None:
    """Bytes changed inside the tags; a changed digit would be another document and is left alone."""
    text = bytearray(read_main())
    for place, value in changes:
        at = int(place * len(text))
        if not chr(text[at]).isdigit() and not chr(value).isdigit():
            text[at] = value
    for member in read_docx_members(replace_main(bytes(text)), get_format("docx")):
        if member.page is None:
            assert get_reason(member.status_reason or "").status == member.status
        else:
            assert list_silent_errors(member.page, FIGURES) == []
