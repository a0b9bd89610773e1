"""Reads web pages: the article's paragraphs and tables, and what the page states about itself.

Left aside: scripts, comments, hidden elements, the frame of the page. Hidden elements are read after all where only
they hold a report, as on portals that show 全真版 first and keep 文字版 behind a tab. Pages in frames hold no article.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.carriers.charset import decode_text
from parsers.carriers.detection import Format
from parsers.carriers.html_flow import Flow, read_flow
from parsers.carriers.html_nodes import find_hidden
from parsers.carriers.member import Carrier, MemberPage, accept_page, refuse_document
from parsers.carriers.page_words import holds_form_marks
from parsers.page import Grid, MetadataItem, Page

_READER = "selectolax"
_MAX_BYTES = 16 * 1024 * 1024
_DECLARATION_BYTES = 8_192
_DECLARED = re.compile(rb"""<(?:meta\s[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Reading time grows with the square of the depth: 20,000 open elements take half a second. Real pages stay under 100.
_DEEPEST = 10_000
_NESTING = re.compile(r"<(/?)(?!(?:p|li|td|tr|th|br|img|meta|link|input|hr|option|a)\b)[a-z]", re.IGNORECASE)


def read_html_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one page. `unreadable` where its charset cannot be told or it nests deeper than any real page."""
    declared = _DECLARED.search(data[:_DECLARATION_BYTES])
    decoded = decode_text(data, declared[1].decode("ascii", "ignore") if declared else None)
    if decoded is None:
        return (refuse_document(detected.media_type, detected.id, _READER, "unknown_charset"),)
    if measure_depth(decoded.text) > _DEEPEST:
        detail = f"more than {_DEEPEST} open elements"
        return (refuse_document(detected.media_type, detected.id, _READER, "nested_too_deep", detail),)
    if not decoded.text.strip():
        return (refuse_document(detected.media_type, detected.id, _READER, "empty_file"),)
    doubts = [MetadataItem("decoding", decoded.note, "document")] if decoded.note else []
    return (accept_page(detected, read_page(decoded.text, detected.id, doubts)),)


def measure_depth(text: str) -> int:
    """The most elements open at one place, as their tags count; 0 for a page with too few tags to be deep."""
    if text.count("<") <= _DEEPEST:
        return 0
    depth = deepest = 0
    for match in _NESTING.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def read_page(text: str, carrier: str, doubts: list[MetadataItem]) -> Page:
    """Read decoded HTML to a page; `doubts` are what is to be said about the decoding."""
    root = LexborHTMLParser(text).root
    if root is None:
        return Page(carrier, _READER, (), tuple(doubts))
    stated = read_tags(root)
    titles = [item.value for item in stated if item.name in ("title", "ArticleTitle", "ucaptitle")]
    hidden = find_hidden(root)
    flow = read_flow(root, titles, hidden)
    if hidden and not _holds_form(flow) and holds_form_marks(root.text()):
        revealed = read_flow(root, titles, frozenset())
        if _holds_form(revealed):
            flow = revealed
            doubts = [*doubts, MetadataItem("hidden_content", "only hidden elements hold the report", "document")]
    return Page(carrier, _READER, tuple(flow.blocks), (*doubts, *stated, *flow.metadata))


def read_tags(root: LexborNode) -> list[MetadataItem]:
    """What the page states in tags: `<meta name content>` and portal tags wherever they stand, and its `<title>`."""
    items = [
        MetadataItem(name.strip(), content.strip(), f'meta "{name.strip()}"')
        for attributes in (node.attributes for node in root.css("meta"))
        if (name := attributes.get("name")) and (content := attributes.get("content"))
    ]
    for tag in ("title", "ucaptitle", "publishtime"):
        texts = (node.text().strip() for node in root.css(tag))
        items.extend(MetadataItem(tag, text, f"<{tag}>") for text in texts if text)
    return items


def _holds_form(flow: Flow) -> bool:
    texts = (
        "\n".join(cell.text for cell in block.cells) if isinstance(block, Grid) else block.text for block in flow.blocks
    )
    return holds_form_marks("\n".join(texts))


CARRIER = Carrier(_READER, frozenset({"html"}), _MAX_BYTES, read_html_members)
