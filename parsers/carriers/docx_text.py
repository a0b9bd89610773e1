"""The printed text of a Word paragraph: what a reader of the paper sees, and nothing that the file keeps beside it.

Kept: inserted and moved-in text, results of fields, symbols, automatic numbers, text boxes (counted once).
Left out, and named in the page's metadata: deleted and moved-away text, hidden text. Left out by name: codes of
fields, notes and their marks, comments, guides above characters.
"""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from lxml import etree

from parsers.carriers.docx_numbering import Numbering
from parsers.carriers.docx_styles import PLAIN, Style, StyleSheet
from parsers.carriers.docx_words import (
    ALTERNATE,
    CHOICE,
    DEL,
    FALLBACK,
    INS,
    MATH_TEXT,
    MOVE_FROM,
    MOVE_TO,
    NUMBERS,
    P_PR,
    P_STYLE,
    R_PR,
    R_STYLE,
    VANISH,
    P,
    R,
    T,
    W,
    find_child,
    get_value,
    is_on,
    read_whole_number,
)
from parsers.carriers.office_blocks import Text
from parsers.carriers.records import new_record

TEXT_BOX = f"{W}txbxContent"
_SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}ptab": "\t"}
_SYMBOL = f"{W}sym"
_PRINTED = frozenset({T, MATH_TEXT, _SYMBOL, *_SIGNS})
_FIELD_MARK = f"{W}fldChar"
_FIELD_KIND = f"{W}fldCharType"
# Elements with text that is not printed where they stand.
_LEFT_OUT = frozenset(
    {R_PR}
    | {
        f"{W}{name}"
        for name in (
            "instrText",
            "delInstrText",
            "delText",
            "softHyphen",
            "rt",
            "sdtPr",
            "sdtEndPr",
            "commentReference",
            "footnoteReference",
            "endnoteReference",
            "annotationRef",
            "footnoteRef",
            "endnoteRef",
        )
    }
)
# What makes a paragraph more than its texts one after another, in a document where no text stands in unusual places.
MARKS = frozenset(
    {P_STYLE, R_STYLE, NUMBERS, VANISH, INS, DEL, MOVE_FROM, MOVE_TO, TEXT_BOX, _FIELD_MARK, _SYMBOL, *_SIGNS}
)
_TEXT_OF_RUN = "w:p/w:r/w:t/text()[not(preceding-sibling::*)]"
_ARE_TEXTS_OF_RUNS = etree.XPath(
    f"count(//text()) = count({_TEXT_OF_RUN}) + count(w:tbl/w:tr/w:tc/{_TEXT_OF_RUN})", namespaces={"w": W[1:-1]}
)
_PRIVATE_USE = 0xF000
_SYMBOL_FONTS = frozenset({"symbol", "symbolps"})
# In Symbol these places hold the figures and signs of ASCII.
_SAME_AS_ASCII = frozenset("0123456789%()+,./:;<=>[]_{|}")
_BLANK = Text("")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,6}")


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs in the document's order. The counts are of what was kept or left out on the way."""

    numbering: Numbering
    styles: StyleSheet
    # Whether paragraphs name their lists, and runs may be hidden or changes tracked at all, so that most documents are
    # read without looking.
    has_numbers: bool
    may_hide: bool
    has_changes: bool
    has_whole_fields: bool
    # The paragraphs that are more than their texts; null where any may be.
    marked: Set[etree._Element] | None
    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    # For each open field whether its code, rather than its result, is being read; and whether that is so for any.
    fields: list[bool] = field(default_factory=list)
    is_in_code: bool = False
    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    carried: str = ""

    def read_paragraph(self, paragraph: etree._Element) -> Text:
        """The text and role of one paragraph; the text boxes anchored in it are then in `boxes`."""
        self.boxes = []
        if not len(paragraph) and not self.carried:
            return _BLANK
        if self.marked is not None and paragraph not in self.marked and not self.carried and not self.is_in_code:
            return new_record(Text, (etree.tostring(paragraph, method="text", encoding="unicode"), PLAIN.role))
        self.pieces = []
        properties: etree._Element | None = None
        style = PLAIN
        label = ""
        for child in paragraph[:]:
            tag = child.tag
            if tag == R:
                self._read_run(child, hides_all=style.is_hidden)
            elif tag != P_PR:
                self._walk(child, hides_all=style.is_hidden)
            elif properties is None:
                properties = child
                style = self._find_style(properties)
                if self.has_numbers or style.list_id is not None:
                    label = self._number(properties, style)
        text = self.carried + label + "".join(self.pieces)
        self.carried = ""
        if self.has_changes and properties is not None and self._is_joined(properties):
            self.carried = text
            text = ""
        return new_record(Text, (text, style.role))

    def _find_style(self, properties: etree._Element) -> Style:
        if not self.styles.data:
            return PLAIN
        style_id = get_value(properties, P_STYLE)
        return PLAIN if style_id is None else self.styles.find(style_id)

    def _number(self, properties: etree._Element, style: Style) -> str:
        numbers = find_child(properties, NUMBERS)
        list_id, level = style.list_id, style.level
        if numbers is not None:
            list_id = get_value(numbers, f"{W}numId") or list_id
            level = read_whole_number(get_value(numbers, f"{W}ilvl")) or (0 if list_id != style.list_id else level)
        if list_id is None or list_id == "0":
            return ""
        if level is None:
            level = self.numbering.find_level(list_id, get_value(properties, P_STYLE) or "")
        return self.numbering.write_next(list_id, level)

    def _is_joined(self, properties: etree._Element) -> bool:
        """Whether the end of the paragraph was deleted, so that its text runs on in the next one."""
        mark = find_child(properties, R_PR)
        return mark is not None and (find_child(mark, DEL) is not None or find_child(mark, MOVE_FROM) is not None)

    def _read_run(self, run: etree._Element, *, hides_all: bool) -> None:
        if (self.may_hide or hides_all) and self._is_hidden(run, hides_all=hides_all):
            self.hidden += 1
            return
        for child in run[:]:
            tag = child.tag
            if tag == T:
                self._add(child.text)
            elif tag != R_PR:
                self._walk(child, hides_all=hides_all)

    def _is_hidden(self, run: etree._Element, *, hides_all: bool) -> bool:
        properties = find_child(run, R_PR)
        if properties is None:
            return hides_all
        if find_child(properties, VANISH) is not None:
            return is_on(properties, VANISH)
        style_id = get_value(properties, R_STYLE)
        return hides_all or (style_id is not None and self.styles.find(style_id).is_hidden)

    def _walk(self, node: etree._Element, *, hides_all: bool) -> None:
        """Read anything inside a paragraph; an element that is not known is read through, so that no text is lost."""
        tag = node.tag
        if tag == R:
            self._read_run(node, hides_all=hides_all)
        elif tag in _PRINTED:
            self._add(read_sign(node))
        elif tag == TEXT_BOX:
            self.boxes.append(node)
        elif tag in (DEL, MOVE_FROM):
            self.deletions += 1
        elif tag == _FIELD_MARK:
            self._mark_field(node.get(_FIELD_KIND))
        elif tag not in _LEFT_OUT:
            self.insertions += tag in (INS, MOVE_TO)
            for child in choose_branch(node) if tag == ALTERNATE else node:
                self._walk(child, hides_all=hides_all)

    def _add(self, text: str | None) -> None:
        if text and not self.is_in_code:
            self.pieces.append(text)

    def _mark_field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()
        self.is_in_code = self.has_whole_fields and any(self.fields)


def choose_branch(alternate: etree._Element) -> tuple[etree._Element, ...]:
    """The one branch of alternate contents that is printed: a choice that has paragraphs, else the fallback."""
    branches = [*alternate.iterchildren(CHOICE), *alternate.iterchildren(FALLBACK)]
    filled = [branch for branch in branches if next(branch.iter(P, T), None) is not None]
    return tuple((filled or branches)[0]) if branches else ()


def read_sign(node: etree._Element) -> str | None:
    """What an element prints that holds nothing but its text or stands for one sign."""
    for tag, sign in _SIGNS.items():
        if node.tag == tag:
            return sign
    return read_symbol(node) if node.tag == _SYMBOL else node.text


def read_symbol(node: etree._Element) -> str:
    """A `w:sym`: the character it names; in a symbol font a private-use character, but for what Symbol shares with
    ASCII."""
    printed = node.get(f"{W}char", "")
    if _HEXADECIMAL.fullmatch(printed) is None:
        return ""
    code = int(printed, 16)
    plain = chr(code - _PRIVATE_USE) if _PRIVATE_USE + 0x20 <= code < _PRIVATE_USE + 0x7F else ""
    if plain in _SAME_AS_ASCII and node.get(f"{W}font", "").lower() in _SYMBOL_FONTS:
        return plain
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def find_marked(body: etree._Element, marks: Iterable[etree._Element]) -> Set[etree._Element] | None:
    """The paragraphs with a mark in them; null where the file holds any text that is not a run's, in a paragraph of the
    body or of a table in it: then only a walk tells what is printed."""
    if not _ARE_TEXTS_OF_RUNS(body):
        return None
    return {paragraph for mark in marks for paragraph in mark.iterancestors(P)}


def has_whole_fields(root: etree._Element) -> bool:
    """Whether every field that begins also ends; else where a code ends is not known and only `w:instrText` is
    left out."""
    depth = 0
    for mark in root.iter(_FIELD_MARK):
        kind = mark.get(_FIELD_KIND)
        depth += (kind == "begin") - (kind == "end")
        if depth < 0:
            return False
    return depth == 0
