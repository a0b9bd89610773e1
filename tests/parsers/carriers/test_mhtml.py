"""Saved web pages: the page itself in its charset, frames as members, damaged ones with a reason."""

from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.carriers.detection import detect_format, get_format
from parsers.carriers.member import MemberPage
from parsers.carriers.mhtml import read_mhtml_members
from parsers.carriers.reasons import get_reason
from parsers.page import Paragraph
from tests.parsers.carriers.form_tables import TITLE, FormTable, lay_out_form
from tests.parsers.carriers.readings import number_figures, read_printed, take_page


def write_table(table: FormTable) -> str:
    rows = (
        "".join(f"<td rowspan={cell.row_span} colspan={cell.column_span}>{cell.text}</td>" for cell in row)
        for row in table.list_rows()
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def write_page(tables: list[FormTable], charset: str = "") -> str:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{head}</head><body><h1>{TITLE}</h1>{''.join(map(write_table, tables))}</body></html>"


def save_page(html: str, charset: str, transfer: str, *others: tuple[str, bytes]) -> bytes:
    """A page saved with other parts, named by location."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "<Saved by a browser>"
    message["Subject"] = "页"
    message.set_content("<p></p>", subtype="html")
    message.make_related()
    part = message.get_payload(0)
    assert isinstance(part, EmailMessage)
    part.set_content(html.encode(charset), "text", "html", cte=transfer)
    part.set_param("charset", charset)
    part["Content-Location"] = "http://www.example.gov.cn/a.html"
    for location, content in others:
        maintype, subtype = ("text", "html") if location.endswith("html") else ("image", "png")
        message.add_related(content, maintype, subtype, headers=[f"Content-Location: {location}"])
    return message.as_bytes()


def read(data: bytes) -> tuple[MemberPage, ...]:
    assert detect_format(data).id == "mhtml"
    return read_mhtml_members(data, detect_format(data))


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_saved_page_is_read_without_findings(charset: str, transfer: str) -> None:
    figures = number_figures()
    page = take_page(read(save_page(write_page(lay_out_form(figures)), charset, transfer, ("b.png", b"\x89PNG"))))
    printed, reading = read_printed(page)
    assert (printed, reading.findings) == (figures, ())
    assert (page.carrier, page.reader) == ("mhtml", "email, selectolax")


def test_charset_of_the_page_counts_where_the_part_names_none() -> None:
    data = save_page(write_page(lay_out_form(number_figures()), "gb2312"), "gb18030", "base64")
    page = take_page(read(data.replace(b'; charset="gb18030"', b"")))
    assert page.blocks[0] == Paragraph(TITLE, "paragraph 1", "title")


def test_pages_in_frames_are_members() -> None:
    frames = "<html><frameset cols=20%,*><frame src=1.html><frame src=2.html></frameset></html>"
    figures = number_figures()
    inner = write_page(lay_out_form(figures)).encode()
    others = (("http://x/1.html", "<p>目录</p>".encode()), ("http://x/2.html", inner))
    members = read(save_page(frames, "utf-8", "base64", *others))
    assert [member.member for member in members] == ["1.html", "2.html"]
    assert members[1].page is not None
    assert read_printed(members[1].page)[0] == figures


def test_message_without_a_page_is_damaged() -> None:
    data = save_page("<p>x</p>", "utf-8", "base64")
    (member,) = read(data[: data.index(b"text/html")])
    assert (member.status, member.status_reason) == ("unreadable", "damaged_file")


def test_parts_nested_without_end_are_refused() -> None:
    head = b"".join(b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000))
    for member in read_mhtml_members(head + b"Content-Type: text/html\r\n\r\n<p>x", get_format("mhtml")):
        assert member.page is not None or member.status_reason == "damaged_file"


@settings(max_examples=60, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5))
def test_any_damage_has_a_listed_reason(changes: list[tuple[float, int]]) -> None:
    data = bytearray(save_page("<p>一、总体情况</p>", "utf-8", "quoted-printable", ("b.png", b"x")))
    for place, value in changes:
        data[int(place * len(data))] = value
    for member in read_mhtml_members(bytes(data), get_format("mhtml")):
        assert member.page is not None or get_reason(member.status_reason or "").status == member.status
