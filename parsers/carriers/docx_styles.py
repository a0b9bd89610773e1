"""What a Word document's styles decide about reading: automatic numbers, hidden text, headings and the title.

Files bring hundreds of styles and use a few: only those that are asked for are parsed, with those they are based on.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from parsers.carriers.docx_words import NUMBERS, P_PR, R_PR, VANISH, W, find_child, get_number, get_value, is_on
from parsers.carriers.office_package import parse_part
from parsers.page import ParagraphRole

_DEEPEST_INHERITANCE = 20
_TITLES = frozenset({"title", "标题"})
_HIGHEST_OUTLINE_LEVEL = 9
_STYLE_START, _STYLE_END = b"<w:style ", b"</w:style>"
_ROOT_START = re.compile(rb"<w:styles[\s>][^>]*>?")
_ROOT_END = b"</w:styles>"


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. `list_id` is null without automatic numbers; `level` null where it names none."""

    list_id: str | None = None
    level: int | None = None
    role: ParagraphRole = "text"
    is_hidden: bool = False


PLAIN = Style()


@dataclass
class StyleSheet:
    """The styles of `styles.xml`."""

    data: bytes = b""
    found: dict[str, Style] = field(default_factory=dict)
    nodes: dict[str, etree._Element] | None = None

    @property
    def may_hide(self) -> bool:
        """Whether any style hides text."""
        return b"vanish" in self.data

    def find(self, style_id: str) -> Style:
        """The style with this id; the plain one where there is none. Raises RefusalError for a damaged style."""
        if style_id not in self.found:
            self.found[style_id] = _read_style(self, style_id) if self.data else PLAIN
        return self.found[style_id]

    def get_node(self, style_id: str) -> etree._Element | None:
        """The style's element: cut out of the file where it is written as programs write it, else of the whole tree."""
        place = self.data.find(b'w:styleId="%s"' % style_id.encode())
        start = self.data.rfind(_STYLE_START, 0, max(0, place))
        root_start = _ROOT_START.search(self.data)
        if start < 0 or root_start is None or b">" in self.data[start:place]:
            return self._get_node_of_tree(style_id)
        end = self.data.find(_STYLE_END, place)
        return parse_part(root_start[0] + self.data[start:end] + _STYLE_END + _ROOT_END)[0]

    def _get_node_of_tree(self, style_id: str) -> etree._Element | None:
        if self.nodes is None:
            styles = parse_part(self.data).iterchildren(f"{W}style")
            self.nodes = {node.get(f"{W}styleId", ""): node for node in styles}
        return self.nodes.get(style_id)


def _read_style(sheet: StyleSheet, style_id: str) -> Style:
    list_id: str | None = None
    level: int | None = None
    role: ParagraphRole | None = None
    is_hidden: bool | None = None
    for _ in range(_DEEPEST_INHERITANCE):
        node = sheet.get_node(style_id)
        if node is None:
            break
        paragraph, run = find_child(node, P_PR), find_child(node, R_PR)
        if paragraph is not None:
            list_id, level = _inherit_list(paragraph, list_id, level)
            role = role or _find_outline(paragraph)
        if is_hidden is None and run is not None and find_child(run, VANISH) is not None:
            is_hidden = is_on(run, VANISH)
        if (get_value(node, f"{W}name") or "").lower() in _TITLES:
            role = role or "title"
        base_id = get_value(node, f"{W}basedOn")
        if base_id is None:
            break
        style_id = base_id
    return Style(list_id, level, role or "text", bool(is_hidden))


def _inherit_list(paragraph: etree._Element, list_id: str | None, level: int | None) -> tuple[str | None, int | None]:
    numbers = find_child(paragraph, NUMBERS)
    if numbers is None:
        return list_id, level
    own_list, own_level = get_value(numbers, f"{W}numId"), get_number(numbers, f"{W}ilvl")
    return (own_list if list_id is None else list_id), (own_level if level is None else level)


def _find_outline(paragraph: etree._Element) -> ParagraphRole | None:
    level = get_number(paragraph, f"{W}outlineLvl")
    if level is None:
        return None
    return "heading" if level < _HIGHEST_OUTLINE_LEVEL else "text"
