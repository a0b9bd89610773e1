"""What becomes of a file before it is read: its format by content, its size, and the reason where it is refused."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.carriers import read_document
from parsers.carriers.detection import detect_format
from parsers.carriers.member import MemberPage
from parsers.carriers.reasons import load_reasons

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DIRECTORY = {stream: OLE + f"{stream}\0".encode("utf-16-le") for stream in ("WordDocument", "Workbook", "Other")}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pack(*members: str) -> bytes:
    """A zip file with these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return buffer.getvalue()


def read_only(data: bytes, max_bytes: int | None = None) -> MemberPage:
    """The one member of a document that is no archive."""
    (member,) = read_document(data, max_bytes=max_bytes)
    return member


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        pytest.param(b"%PDF-1.7\n\xe2\xe3", "application/pdf", id="pdf"),
        pytest.param(b"\r\n junk %PDF-1.4", "application/pdf", id="pdf_behind_junk"),
        pytest.param(pack("[Content_Types].xml", "word/document.xml"), DOCX, id="docx"),
        pytest.param(pack("xl/workbook.xml"), XLSX, id="xlsx"),
        pytest.param(pack("a.docx")[:40], "application/zip", id="zip_cut_off"),
        pytest.param(DIRECTORY["WordDocument"], "application/msword", id="doc_or_wps"),
        pytest.param(DIRECTORY["Workbook"], "application/vnd.ms-excel", id="xls"),
        pytest.param(DIRECTORY["Other"], "application/x-ole-storage", id="ole"),
        pytest.param(b"Rar!\x1a\x07\x01\x00", "application/vnd.rar", id="rar"),
        pytest.param(b"7z\xbc\xaf\x27\x1c\0", "application/x-7z-compressed", id="7z"),
    ],
)
def test_damaged_document_is_known_by_content_and_names_its_damage(data: bytes, media_type: str) -> None:
    member = read_only(data)
    assert member.media_type == media_type
    assert member.page is None
    assert member.status in ("unreadable", "unsupported", "needs_tool")
    assert member.status_reason is not None


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        pytest.param(pack("OFD.xml"), "application/ofd", "ofd_not_read_yet", id="ofd"),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>',
            "application/xml",
            "office_xml_not_read_yet",
            id="word_xml",
        ),
        pytest.param(bytes(range(256)) * 8, "application/octet-stream", "unknown_format", id="binary"),
    ],
)
def test_document_of_unread_format_is_unsupported_by_content(data: bytes, media_type: str, reason: str) -> None:
    member = read_only(data)
    assert (member.media_type, member.status, member.status_reason) == (media_type, "unsupported", reason)
    assert member.page is None


def test_archive_of_a_text_in_a_folder_named_word_is_an_archive() -> None:
    member = read_only(pack("word/report.txt"))
    assert (member.member, member.media_type) == ("word/report.txt", "text/plain")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf \n", "　　\n\xa0".encode(), "\n \n".encode("utf-16")]
)
def test_document_without_text_is_an_empty_file(data: bytes) -> None:
    member = read_only(data)
    assert (member.status, member.status_reason) == ("unreadable", "empty_file")


@pytest.mark.parametrize("data", [b"<html><p>" + b"x" * 20_000_000, b"x" * 20_000_000])
def test_document_over_the_default_limit_is_too_large(data: bytes) -> None:
    member = read_only(data)
    assert (member.status, member.status_reason) == ("unreadable", "too_large")
    assert member.status_detail == f"{len(data)} bytes, limit 16777216 bytes"


def test_document_limit_is_an_argument() -> None:
    data = "一、总体情况".encode()
    assert read_only(data, len(data)).page is not None
    assert read_only(data, len(data) - 1).status_reason == "too_large"


def test_document_nested_beyond_reason_is_refused_quickly() -> None:
    member = read_only(b"<div>" * 300_000 + b"x")
    assert (member.status, member.status_reason) == ("unreadable", "nested_too_deep")


@pytest.mark.parametrize(
    ("text", "format_id"),
    [
        ("<!DOCTYPE html><html><p>x", "html"),
        ("\ufeff\n<!-- saved -->\n<table><tr><td>x", "html"),
        ("<?xml version='1.0' encoding='gb2312'?>\n<html><body>x", "html"),
        ("前言\n<p>一</p><p>二</p><p>三</p>", "html"),
        ("根据《关于印发<政府信息公开工作年度报告格式>的通知》", "text"),
        ("a < b and c > d\n", "text"),
        ("# 标题\n\n| 规章 | 0 |\n|---|---|\n", "text"),
    ],
)
def test_document_is_a_page_or_a_text_by_its_tags(text: str, format_id: str) -> None:
    assert detect_format(text.encode()).id == format_id
    assert detect_format(text.removeprefix("\ufeff").encode("utf-16")).id == format_id


def test_member_has_a_page_or_a_status_and_not_both() -> None:
    with pytest.raises(ValueError, match="a page or a status"):
        MemberPage(None, "text/plain", "text", "lines")


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail)))
def test_document_of_any_bytes_has_a_page_or_a_listed_reason(data: bytes) -> None:
    members = read_document(data)
    assert members
    for member in members:
        if member.page is None:
            assert member.status_reason is not None
            assert load_reasons()[member.status_reason].status == member.status
