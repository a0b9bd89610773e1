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
_OF_TABLES = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "p", "html", "body"))
_NOT_PLAIN = (LEFT_OUT | BLOCKS | {"br"}) - _OF_TABLES - {"-comment"}
_HIDING_WORD = re.compile(r"\bhid(?:den|e)\b|display\s*:\s*none")
_HIDING_STYLE = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r" {2,}")
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


def may_hide(source: str) -> bool:
    """Whether the source of a page names anything that hides an element; most pages do not."""
    lowered = source.lower()
    return any(word in lowered for word in ("hide", "hidden", "none")) and _HIDING_WORD.search(lowered) is not None


def is_hidden(attributes: Attributes) -> bool:
    """Whether an element is kept from print by the `hidden` attribute or its own style."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDING_STYLE.search(style) is not None


def collapse_space(text: str) -> str:
    """White space of the source as it prints: one blank. Non-breaking and ideographic spaces are printed characters."""
    return text if text.isprintable() and "  " not in text else _WHITE_SPACE.sub(" ", text)


def join_pieces(pieces: list[str]) -> str:
    """Pieces of a line or a cell joined as printed; empty lines and blanks at its ends are dropped."""
    text = "".join(pieces)
    if "  " in text or "\n" in text:
        text = _BREAKS.sub("\n", _BLANKS.sub(" ", text))
    return text.strip(" \n")


def is_plain(table: LexborNode) -> bool:
    """Whether all text in a table without tables inside is printed, and only the paragraphs of a cell break lines."""
    return _NOT_PLAIN.isdisjoint({node.tag for node in table.traverse()})


def read_plain_text(root: LexborNode) -> str | None:
    """The text of a cell of a plain table where it is one text or one paragraph, as in most; null for any other."""
    first = root.first_child
    if first is None:
        return ""
    if first.next is not None or first.tag not in (TEXT, "p"):
        return None
    return join_pieces([collapse_space(root.text())])


def read_text(root: LexborNode, *, with_hidden: bool) -> str:
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
        if not with_hidden and is_hidden(node.attributes):
            return False
        if tag in BLOCKS:
            pieces.append("\n")
        return True

    def leave(_: LexborNode, tag: str) -> None:
        if tag in BLOCKS:
            pieces.append("\n")

    walk_nodes(root, enter, leave)
    return join_pieces(pieces)
