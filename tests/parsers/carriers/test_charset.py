"""Decoding: no charset is taken on trust, and no character is lost in silence."""

import pytest

from parsers.carriers import read_document
from parsers.carriers.charset import decode_text
from parsers.page import MetadataItem, Page

TEXT = "一、总体情况\n本机关全年主动公开政府信息十二条，收到政府信息公开申请三件，均已按期答复，没有引起行政诉讼。\n"
TRADITIONAL = "一、總體情況\n本機關全年主動公開政府信息十二條，收到政府信息公開申請三件，均已答復，沒有引起行政訴訟。\n"


def read_page(data: bytes) -> Page:
    """The page of a document that can be read."""
    (member,) = read_document(data)
    assert member.page is not None
    return member.page


def list_doubts(page: Page) -> list[str]:
    """What the page says about its decoding."""
    return [item.value for item in page.metadata if item.name == "decoding"]


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_read_in_any_usual_charset_without_doubt(charset: str) -> None:
    page = read_page(TEXT.encode(charset))
    assert [block.text for block in page.blocks if not hasattr(block, "cells")] == TEXT.splitlines()
    assert list_doubts(page) == []


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_declared_gb2312_means_gb18030(declared: str) -> None:
    page = read_page(f'<meta charset="{declared}"><p>朱镕基、㐀、€：{TEXT}'.encode("gb18030"))
    assert "朱镕基、㐀、€" in str(page.blocks)
    assert list_doubts(page) == []


@pytest.mark.parametrize(
    ("declared", "charset"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("iso-8859-1", "gb18030")]
)
def test_wrong_declaration_is_overruled_and_said(declared: str, charset: str) -> None:
    content = f"text/html; charset={declared}"
    page = read_page(f'<meta http-equiv="Content-Type" content="{content}"><p>{TEXT}'.encode(charset))
    assert TEXT.splitlines()[1] in str(page.blocks)
    assert list_doubts(page) == [f"read as {charset}: declared as {declared}"]


@pytest.mark.parametrize("cut", [1, 2])
def test_character_cut_in_two_is_named_and_not_read_as_gb18030(cut: int) -> None:
    decoded = decode_text(TEXT.rstrip().encode()[:-cut])
    assert decoded is not None
    assert decoded.charset == "utf-8"
    assert decoded.text.endswith("讼\ufffd")
    assert decoded.note is not None
    assert "1 unreadable" in decoded.note


def test_damaged_bytes_in_gb18030_are_counted() -> None:
    data = bytearray(TEXT.encode("gb18030"))
    data[20] = 0xFF
    decoded = decode_text(bytes(data))
    assert decoded is not None
    assert decoded.charset == "gb18030"
    assert decoded.text.count("\ufffd") > 0
    assert f"{decoded.text.count(chr(0xFFFD))} unreadable byte sequences" in (decoded.note or "")


def test_utf8_once_read_as_gbk_and_saved_is_said_to_be_damaged() -> None:
    page = read_page(TEXT.encode().decode("gb18030", "replace").encode())
    assert "few common Chinese characters" in list_doubts(page)[0]
    assert "lost before the file was written" in list_doubts(page)[0]


def test_traces_of_an_earlier_loss_are_said() -> None:
    assert "1 times 锟斤拷" in list_doubts(read_page(f"{TEXT}锟斤拷".encode()))[0]


def test_big5_is_never_read_as_gb18030() -> None:
    page = read_page(TRADITIONAL.encode("big5"))
    assert "總體情況" in str(page.blocks)
    assert list_doubts(page) == ["read as big5: guessed from its characters"]
    declared = read_page(f"<meta charset=big5><p>{TRADITIONAL}".encode("big5"))
    assert "總體情況" in str(declared.blocks)
    assert list_doubts(declared) == []


def test_traditional_characters_in_gb18030_are_read() -> None:
    assert "總體情況" in str(read_page(TRADITIONAL.encode("gb18030")).blocks)


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 4, "Übergröße, façade, naïveté. ".encode("latin-1") * 9])
def test_text_in_no_known_charset_is_unreadable(data: bytes) -> None:
    (member,) = read_document(b"<p>" + data)
    assert (member.status, member.status_reason) == ("unreadable", "unknown_charset")


def test_doubts_stand_before_what_the_page_states() -> None:
    page = read_page(
        '<meta name="PubDate" content="2024-01-02"><meta charset="gbk"><p>政府信息公开工作年度报告'.encode()
    )
    assert page.metadata[0] == MetadataItem("decoding", "read as utf-8: declared as gbk", "document")
    assert page.metadata[1] == MetadataItem("PubDate", "2024-01-02", 'meta "PubDate"')
