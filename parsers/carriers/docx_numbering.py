"""Numbers that Word prints before a paragraph without writing them into it: 一、 （三） 1. of automatic lists.

A label of the form is often printed so, and the reader of a page must see what the reader of the paper sees. Bullets
are left out: they number nothing. A number style that is not known prints no label and is named in `unknown`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from parsers.carriers.docx_words import VAL, W, get_number, get_value, is_on, read_whole_number
from parsers.carriers.numerals import write_numeral
from parsers.carriers.office_package import parse_part

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_SEPARATORS = {"tab": "\t", "space": " ", "nothing": ""}
_BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restarts` is false where it counts on under a new item of a higher level."""

    start: int
    style: str
    text: str
    separator: str
    is_legal: bool
    restarts: bool


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list as paragraphs name it: its levels, the abstract list that it counts with, and where it starts anew."""

    abstract_id: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]
    level_of_style: Mapping[str, int]


@dataclass
class Numbering:
    """The lists of a document and how far each has counted; labels must be asked for in reading order. `read_part`
    gives `numbering.xml`, null where the document has none; it is asked once there is a paragraph to number."""

    read_part: Callable[[], bytes | None]
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    @cached_property
    def lists(self) -> Mapping[str, ListDefinition]:
        """The lists by their ids. Raises RefusalError where the part is damaged."""
        part = self.read_part()
        return {} if part is None else _read_lists(parse_part(part))

    def find_level(self, list_id: str, style_id: str) -> int:
        """The level that a list gives to a paragraph style, 0 where it names none."""
        definition = self.lists.get(list_id)
        named = None if definition is None else definition.level_of_style.get(style_id)
        return 0 if named is None else named

    def write_next(self, list_id: str, level_no: int) -> str:
        """Count one item on and give its label with what parts it from the text; `""` for a list that is not there."""
        definition = self.lists.get(list_id)
        level = None if definition is None else definition.levels.get(level_no)
        if definition is None or level is None:
            return ""
        counts = self.counters.setdefault(definition.abstract_id, [None] * _LEVELS)
        if level_no in definition.starts and (list_id, level_no) not in self.started:
            self.started.add((list_id, level_no))
            counts[level_no] = definition.starts[level_no]
        else:
            last = counts[level_no]
            counts[level_no] = level.start if last is None else last + 1
        for lower in range(level_no + 1, _LEVELS):
            lower_level = definition.levels.get(lower)
            if lower_level is None or lower_level.restarts:
                counts[lower] = None
        if level.style == _BULLET:
            return ""
        label = _PLACE.sub(lambda place: self._write_place(definition, counts, level, int(place[1]) - 1), level.text)
        return label + level.separator if label else ""

    def _write_place(self, definition: ListDefinition, counts: list[int | None], level: Level, place: int) -> str:
        named = definition.levels.get(place)
        if named is None:
            return ""
        count = counts[place]
        style = "decimal" if level.is_legal else named.style
        written = write_numeral(named.start if count is None else count, style)
        if written is None:
            self.unknown.add(style)
            return ""
        return written


def _read_lists(root: etree._Element) -> dict[str, ListDefinition]:
    abstract = {node.get(f"{W}abstractNumId", ""): node for node in root.iterchildren(f"{W}abstractNum")}
    linked = {link: node for node in abstract.values() if (link := get_value(node, f"{W}styleLink"))}
    lists: dict[str, ListDefinition] = {}
    for node in root.iterchildren(f"{W}num"):
        abstract_id = get_value(node, f"{W}abstractNumId") or ""
        base = abstract.get(abstract_id)
        if base is None:
            continue
        base = linked.get(get_value(base, f"{W}numStyleLink") or "", base)
        lists[node.get(f"{W}numId", "")] = _read_list(base, node)
    return lists


def _read_list(base: etree._Element, node: etree._Element) -> ListDefinition:
    nodes = {
        level_no: level for level in base.iterchildren(f"{W}lvl") if (level_no := _read_level_no(level)) is not None
    }
    starts: dict[int, int] = {}
    for override in node.iterchildren(f"{W}lvlOverride"):
        level_no = _read_level_no(override)
        if level_no is None:
            continue
        start = get_number(override, f"{W}startOverride")
        if start is not None:
            starts[level_no] = start
        own = override.find(f"{W}lvl")
        if own is not None:
            nodes[level_no] = own
    styles = {style: level_no for level_no, level in nodes.items() if (style := get_value(level, f"{W}pStyle"))}
    read = {level_no: _read_level(level) for level_no, level in nodes.items()}
    return ListDefinition(base.get(f"{W}abstractNumId", ""), read, starts, styles)


def _read_level_no(node: etree._Element) -> int | None:
    number = read_whole_number(node.get(f"{W}ilvl"))
    return number if number is not None and number < _LEVELS else None


def _read_level(node: etree._Element) -> Level:
    start = get_number(node, f"{W}start")
    style = node.find(f"{W}numFmt")
    if style is None:
        style = node.find(".//" + f"{W}numFmt")
    separator = get_value(node, f"{W}suff") or "tab"
    return Level(
        start=0 if start is None else start,
        style="decimal" if style is None else style.get(VAL, "decimal"),
        text=get_value(node, f"{W}lvlText") or "",
        separator=_SEPARATORS.get(separator, "\t"),
        is_legal=is_on(node, f"{W}isLgl"),
        restarts=get_number(node, f"{W}lvlRestart") != 0,
    )
