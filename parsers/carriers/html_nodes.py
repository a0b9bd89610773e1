"""Elements of a page as a reader sees them: which are hidden, which begin a line, how white space prints."""

import re
from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str | None]

TEXT = "-text"
# Nothing in these is printed on the page. Form controls print, but not text of the article.
_LEFT_OUT = (
    "head title script style template noscript svg math iframe object audio video canvas map button select datalist "
    "input img link meta col colgroup -comment -doctype"
)
LEFT_OUT = frozenset(_LEFT_OUT.split())
# Elements that begin and end a line, custom tags of portals included.
_BLOCKS = (
    "html body div p section article main aside nav header footer ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre "
    "center form fieldset legend address figure figcaption hr table thead tbody tfoot tr td th caption details summary "
    "ucapcontent ucaptitle textarea"
)
BLOCKS = frozenset(_BLOCKS.split())
_MAY_BE_HIDDEN = '[hidden], [style*="none" i], [style*="hid" i]'
_HIDING_STYLE = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_SPACES = " \t\r\n\f"
_WHITE_SPACE = re.compile(f"[{_SPACES}]+")
_BLANKS = re.compile(r" {2,}")
# Stands between the texts of an element, and in no text.
_BETWEEN = "\0"
_BREAKS = re.compile(r" *\n[ \n]*")


def walk_nodes(
    root: LexborNode, enter: Callable[[LexborNode, str], bool], leave: Callable[[LexborNode, str], None]
) -> None:
    """Visit the nodes under `root`, and `root`, in document order, without recursion: pages nest without limit.

    `enter` says whether to go on into the node; `leave` is called for every node that was gone into.
    """
    open_nodes: list[tuple[LexborNode, str]] = []
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        if enter(node, tag):
            open_nodes.append((node, tag))
            following = node.first_child
        else:
            following = node.next if open_nodes else None
        while following is None and open_nodes:
            closed, closed_tag = open_nodes.pop()
            leave(closed, closed_tag)
            following = closed.next if open_nodes else None
        node = following


def find_hidden(root: LexborNode) -> frozenset[int]:
    """The elements kept from print by the `hidden` attribute or their own style, by identity."""
    return frozenset(node.mem_id for node in root.css(_MAY_BE_HIDDEN) if _is_hidden(node.attributes))


def _is_hidden(attributes: Attributes) -> bool:
    return "hidden" in attributes or _HIDING_STYLE.search(attributes.get("style") or "") is not None


def collapse_space(text: str) -> str:
    """White space of the source as it prints: one blank. Non-breaking and ideographic spaces are printed characters."""
    return text if text.isprintable() and "  " not in text else _WHITE_SPACE.sub(" ", text)


def join_pieces(pieces: list[str]) -> str:
    """Pieces of a line or a cell joined as printed; empty lines and blanks at its ends are dropped."""
    text = "".join(pieces)
    if "  " in text or "\n" in text:
        text = _BREAKS.sub("\n", _BLANKS.sub(" ", text))
    return text.strip(" \n")


def prints_all(root: LexborNode, hidden: frozenset[int]) -> bool:
    """Whether all text of an element is printed."""
    if hidden and any(node.mem_id in hidden for node in root.traverse()):
        return False
    return LEFT_OUT.isdisjoint({node.tag for node in root.traverse()})


def read_single_text(root: LexborNode) -> str | None:
    """The text of an element that prints all of its text, where that is one, as in most cells; null for any other."""
    text = root.text(separator=_BETWEEN)
    if text.isdigit():
        return text
    if _BETWEEN in text:
        texts = [part for part in text.split(_BETWEEN) if part.strip(_SPACES)]
        if len(texts) > 1:
            return None
        text = texts[0] if texts else ""
    return collapse_space(text).strip(" ")


def read_text(root: LexborNode, hidden: frozenset[int]) -> str:
    """The printed text of a cell or caption; `<br>` and blocks break lines, tables inside it are left to themselves."""
    pieces: list[str] = []

    def enter(node: LexborNode, tag: str) -> bool:
        if tag == TEXT:
            pieces.append(collapse_space(node.text_content or ""))
            return False
        if tag == "br":
            pieces.append("\n")
            return False
        if tag in LEFT_OUT or tag == "table":
            return False
        if hidden and node.mem_id in hidden:
            return False
        if tag in BLOCKS:
            pieces.append("\n")
        return True

    def leave(_: LexborNode, tag: str) -> None:
        if tag in BLOCKS:
            pieces.append("\n")

    walk_nodes(root, enter, leave)
    return join_pieces(pieces)
