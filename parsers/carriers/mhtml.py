"""Reads saved web pages (MHTML): the page itself as the HTML carrier reads it; pictures and styles are left aside.

Where the page only holds frames, as an office program writes workbooks, every other page inside is a member.
"""

from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from parsers.carriers.charset import decode_text
from parsers.carriers.detection import Format
from parsers.carriers.html import read_html_members, read_page
from parsers.carriers.member import Carrier, MemberPage
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.page import MetadataItem

_READER = "email, selectolax"
_MAX_BYTES = 64 * 1024 * 1024
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MOST_PARTS = 2_000


def read_mhtml_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one saved page. `unreadable` where it is cut off before its page or nests without end."""
    try:
        pages = _list_pages(data)
    except RefusalError as refusal:
        return refuse_member(detected, _READER, refusal)
    root, *others = pages
    member = _read_part(root, detected)
    if others and member.page is not None and not member.page.blocks:
        return tuple(replace(_read_part(part, detected), member=_name_part(part)) for part in others)
    return (member,)


def _list_pages(data: bytes) -> list[EmailMessage]:
    """The web pages inside, the one that the file opens with first. Raises RefusalError `damaged_file`."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
        start = message.get_param("start")
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise RefusalError("damaged_file", f"parts of the message: {error}") from error
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    if not pages:
        raise RefusalError("damaged_file", "no web page among the parts of the message")
    return sorted(pages, key=lambda part: start is None or part["Content-ID"] != start)


def _read_part(part: EmailMessage, detected: Format) -> MemberPage:
    """A page as the HTML carrier reads it; the charset that the part's head names goes before the page's own."""
    content = part.get_payload(decode=True)
    body = content if isinstance(content, bytes) else b""
    (member,) = read_html_members(body, detected)
    charset = part.get_content_charset()
    decoded = decode_text(body, charset) if charset is not None else None
    if decoded is not None and member.status_reason in (None, "unknown_charset"):
        doubts = [MetadataItem("decoding", decoded.note, "document")] if decoded.note else []
        page = read_page(decoded.text, detected.id, doubts)
        member = replace(member, page=page, status=None, status_reason=None, status_detail=None)
    page = None if member.page is None else replace(member.page, reader=_READER)
    return replace(member, reader=_READER, page=page)


def _name_part(part: EmailMessage) -> str:
    location = str(part["Content-Location"] or part["Content-ID"] or "page")
    return location.rpartition("/")[2] or location


CARRIER = Carrier(_READER, frozenset({"mhtml"}), _MAX_BYTES, read_mhtml_members)
