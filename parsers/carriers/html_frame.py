"""The frame of a page told from its article: bars, trails, feet and share links, judged by what they hold.

Class names only nominate an element. Whatever holds a table, a headline, a sentence or words of the form is kept.
"""

import re
from typing import Literal

from selectolax.lexbor import LexborNode

from parsers.carriers.html_nodes import Attributes
from parsers.carriers.page_words import (
    holds_form_marks,
    holds_report_text,
    is_controls,
    is_foot,
    is_trail,
    load_page_words,
)

Part = Literal["navigation", "head", "foot", "share", "list"]

_TAG_PARTS: dict[str, Part] = {"nav": "navigation", "header": "head", "footer": "foot", "ul": "list", "ol": "list"}
_NO_WORDS: frozenset[str] = frozenset()
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_DOCUMENT_LINK = re.compile(r"\.(pdf|docx?|wps|ofd|xlsx?|et|zip|rar|7z|jpe?g|png)\b", re.IGNORECASE)
_LONGEST_FRAME = 20_000
_LONGEST_HEAD = 200
_LONGEST_SHARE = 100
_LONGEST_LINK = 12
_FEWEST_LINKS = 3
_NAVIGATION_LINKED = 0.6
_HEAD_LINKED = 0.3
_LIST_LINKED = 0.9
_SHARE_LINKED = 0.6


def read_class_words(attributes: Attributes) -> frozenset[str]:
    """The words of class, id and role in small letters: `mainNav` is `main` and `nav`."""
    named = " ".join(filter(None, map(attributes.get, ("class", "id", "role"))))
    if not named:
        return _NO_WORDS
    return frozenset(word.lower() for word in _WORD.findall(named)) | frozenset(named.lower().split())


def find_part(tag: str, words: frozenset[str]) -> Part | None:
    """The part of the frame that tag and class words nominate an element for; null for none."""
    if not words:
        return _TAG_PARTS.get(tag)
    classes = load_page_words().frame_classes
    if words & classes.foot:
        return "foot"
    if words & classes.navigation:
        return "navigation"
    if words & classes.share:
        return "share"
    if words & classes.head:
        return "head"
    return _TAG_PARTS.get(tag)


def is_frame(node: LexborNode, part: Part) -> bool:
    """Whether a nominated element is left aside, by its content."""
    text = node.text()
    if (
        not text.strip()
        or len(text) > _LONGEST_FRAME
        or node.css_first("table, h1, ucaptitle, ucapcontent") is not None
    ):
        return False
    if is_controls(node.text(separator=" ")):
        return True
    if part == "foot" and is_foot(text):
        return True
    if part == "navigation" and is_trail(text):
        return True
    return _is_linked(node, text, part)


def _is_linked(node: LexborNode, text: str, part: Part) -> bool:
    """Whether an element is made of links to elsewhere, as much as its part of the frame is."""
    anchors = node.css("a")
    if any(_DOCUMENT_LINK.search(anchor.attributes.get("href") or "") for anchor in anchors):
        return False
    links = [link for link in (anchor.text().strip() for anchor in anchors) if link]
    unlinked = text
    for link in links:
        unlinked = unlinked.replace(link, "", 1)
    if holds_report_text(unlinked) or holds_form_marks(text):
        return False
    size = len("".join(text.split()))
    share = 1 - len("".join(unlinked.split())) / size
    if part == "navigation":
        return share >= _NAVIGATION_LINKED
    if part == "head":
        return share >= _HEAD_LINKED and size - round(share * size) <= _LONGEST_HEAD
    if part == "share":
        return share >= _SHARE_LINKED and size <= _LONGEST_SHARE
    if part == "list":
        return share >= _LIST_LINKED and len(links) >= _FEWEST_LINKS and size <= len(links) * _LONGEST_LINK
    return False
