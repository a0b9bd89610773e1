"""What came back for an address, and the links that are found in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_to_unicode

Kind = Literal["start", "column", "article", "attachment"]
ContentKind = Literal["html", "data", "pdf", "office", "archive", "rtf", "image", "empty", "other"]

# Kinds of content whose bytes may hold a report.
DOCUMENT_KINDS: frozenset[ContentKind] = frozenset({"pdf", "office", "archive", "rtf", "image"})
MAGIC: tuple[tuple[bytes, ContentKind], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "archive"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
HTML_MARK = re.compile(rb"<(!doctype|html|head|body|div|table|meta|title|p|a|script)[\s>/]", re.IGNORECASE)
DATA_MARK = re.compile(rb"\s*(\{|\[|<\?xml|<datastore)")
HEAD_BYTES = 4096
# A PDF may carry a few bytes of the server's before its head.
PDF_HEAD_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Link:
    """A link worth following: `reason` says why, `year` is the report year that is named beside it.

    `is_next` marks a further page of the same list.
    """

    address: str
    kind: Kind
    reason: str
    year: int | None = None
    is_next: bool = False


@dataclass(frozen=True)
class Page:
    """One answer as the strategies see it: `headers` in lower case."""

    address: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    @cached_property
    def content_kind(self) -> ContentKind:
        """What the bytes are by their own marks; what the server calls them is not asked."""
        return sniff_content(self.content)

    @cached_property
    def text(self) -> str:
        """The content as text: by header, mark or `<meta>`, where gb2312 means gb18030."""
        return html_to_unicode(self.headers.get("content-type"), self.content)[1]

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)

    @cached_property
    def title(self) -> str:
        """The page's title and what its metadata call column and article."""
        head = self.tree.css_first("title")
        named = [node.attributes.get("content") or "" for node in self.tree.css("meta[name]") if _is_title(node)]
        return " ".join([head.text() if head is not None else "", *named]).strip()

    @cached_property
    def visible_text(self) -> str:
        """The text a reader sees, without scripts and styles, in one line."""
        body = self.tree.body
        if body is None:
            return ""
        copy = self.tree.clone()
        copy.strip_tags(["script", "style", "noscript", "template"])
        return " ".join((copy.body.text(separator=" ") if copy.body is not None else "").split())


def sniff_content(content: bytes) -> ContentKind:
    """What bytes are, by their first ones."""
    head = content[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return "empty"
    for mark, kind in MAGIC:
        if head.startswith(mark):
            return kind
    if b"%PDF-" in content[:PDF_HEAD_BYTES]:
        return "pdf"
    if HTML_MARK.search(head):
        return "html"
    return "data" if DATA_MARK.match(head) else "other"


def _is_title(node: object) -> bool:
    attributes = getattr(node, "attributes", {})
    return (attributes.get("name") or "").lower() in ("columnname", "articletitle")
