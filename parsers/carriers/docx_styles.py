"""What a Word document's styles decide about reading: automatic numbers, hidden text, headings and the title."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from parsers.carriers.docx_words import P_PR, R_PR, W, get_number, get_value, is_on
from parsers.page import ParagraphRole

_DEEPEST_INHERITANCE = 20
_TITLES = frozenset({"title", "标题"})
_HIGHEST_OUTLINE_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. `list_id` is null without automatic numbers; `level` null where it names none."""

    list_id: str | None = None
    level: int | None = None
    role: ParagraphRole = "text"
    is_hidden: bool = False


PLAIN = Style()


def read_styles(root: etree._Element | None) -> Mapping[str, Style]:
    """The styles of `styles.xml` by id that differ from plain text."""
    if root is None:
        return {}
    nodes = {node.get(f"{W}styleId", ""): node for node in root.iterchildren(f"{W}style")}
    styles = {style_id: _read_style(node, nodes) for style_id, node in nodes.items()}
    return {style_id: style for style_id, style in styles.items() if style != PLAIN}


def _read_style(node: etree._Element, nodes: Mapping[str, etree._Element]) -> Style:
    list_id: str | None = None
    level: int | None = None
    role: ParagraphRole | None = None
    is_hidden: bool | None = None
    current: etree._Element | None = node
    for _ in range(_DEEPEST_INHERITANCE):
        if current is None:
            break
        paragraph, run = current.find(P_PR), current.find(R_PR)
        if paragraph is not None:
            list_id, level = _inherit_list(paragraph, list_id, level)
            role = role or _find_outline(paragraph)
        if is_hidden is None and run is not None and run.find(f"{W}vanish") is not None:
            is_hidden = is_on(run, f"{W}vanish")
        if (get_value(current, f"{W}name") or "").lower() in _TITLES:
            role = role or "title"
        current = nodes.get(get_value(current, f"{W}basedOn") or "")
    return Style(list_id, level, role or "text", bool(is_hidden))


def _inherit_list(paragraph: etree._Element, list_id: str | None, level: int | None) -> tuple[str | None, int | None]:
    numbers = paragraph.find(f"{W}numPr")
    if numbers is None:
        return list_id, level
    own_list, own_level = get_value(numbers, f"{W}numId"), get_number(numbers, f"{W}ilvl")
    return (own_list if list_id is None else list_id), (own_level if level is None else level)


def _find_outline(paragraph: etree._Element) -> ParagraphRole | None:
    level = get_number(paragraph, f"{W}outlineLvl")
    if level is None:
        return None
    return "heading" if level < _HIGHEST_OUTLINE_LEVEL else "text"
