"""Tokens of an RTF file: groups, control words, and text in the file's charset with the characters it names by number.

Left out: what only a program needs (fonts, styles, pictures, data of objects), headers, footers, notes, codes of
fields; hidden and deleted text. Kept: automatic numbers, which RTF writes out, results of fields, text boxes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.carriers.refusals import RefusalError

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)"
)
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_CHINESE_FONT = re.compile(rb"\\fcharset134\b")
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict nonshppict header headerl headerr headerf footer footerl footerr footerf "
    b"footnote annotation atnid atnauthor fldinst objdata objclass bkmkstart bkmkend xe tc filetbl revtbl "
    b"listtable listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore "
    b"nesttableprops shprslt pgdsctbl wgrffmtfilter sp mmathPr xmlnstbl userprops docvar template".split()
)
# Starred destinations are for programs, but for those that hold printed text.
_READ_STARRED = frozenset({b"shpinst", b"shptxt", b"ud", b"fldrslt", b"do", b"dptxbxtext", b"pntext"})
_SIGNS = {b"~": "\xa0", b"_": "-", b"\n": "\n", b"\r": "\n"}
_CHARACTERS = {
    b"tab": "\t",
    b"line": "\n",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
}
_DEEPEST = 500


@dataclass(frozen=True, slots=True)
class Word:
    """A control word that is not about characters, with its number, null where it has none."""

    name: bytes
    number: int | None


@dataclass(frozen=True, slots=True)
class _Group:
    skips: bool = False
    hidden: bool = False
    deleted: bool = False
    units: int = 1
    starred: bool = False
    is_new: bool = True


@dataclass
class RtfTokens:
    """Reads tokens of one file; raises RefusalError where groups nest deeper than any document's.

    `left_out` counts deleted and hidden pieces; `lost` characters that no charset has; `is_whole` is false where
    groups are left open at the end, or closed too often.
    """

    data: bytes
    left_out: int = 0
    lost: int = 0
    is_whole: bool = True
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    pending: bytearray = field(default_factory=bytearray)
    # Characters still to be passed over: what stands for a numbered character in programs that do not know it.
    replaced: int = 0

    def __iter__(self) -> Iterator[str | Word]:
        charset = find_charset(self.data)
        place, size = 0, len(self.data)
        while place < size:
            match = _TOKEN.match(self.data, place)
            if match is None:
                place += 1
                continue
            place = match.end()
            kind = match.lastgroup
            if kind in ("byte", "text"):
                self._add_bytes(bytes.fromhex(match["byte"].decode()) if kind == "byte" else match["text"])
                continue
            if self.pending:
                yield self._decode(charset)
            if kind == "brace":
                self._change_group(is_open=match["brace"] == b"{")
            elif kind == "sign":
                yield from self._read_sign(match["sign"])
            else:
                number = int(match["number"]) if match["number"] else None
                if match["word"] == b"bin":
                    place += max(0, number or 0)
                    continue
                yield from self._read_word(match["word"], number)
        if self.pending:
            yield self._decode(charset)
        self.is_whole = self.is_whole and len(self.groups) == 1

    def _add_bytes(self, text: bytes) -> None:
        group = self._touch()
        passed = min(self.replaced, len(text))
        self.replaced -= passed
        if group.skips:
            return
        if group.hidden or group.deleted:
            self.left_out += 1
            return
        self.pending += text[passed:]

    def _touch(self) -> _Group:
        group = self.groups[-1]
        if group.is_new:
            self.groups[-1] = group = replace(group, is_new=False)
        return group

    def _decode(self, charset: str) -> str:
        text = self.pending.decode(charset, "replace")
        self.lost += text.count("\ufffd")
        self.pending.clear()
        return text

    def _change_group(self, *, is_open: bool) -> None:
        self.replaced = 0
        if is_open:
            if len(self.groups) > _DEEPEST:
                raise RefusalError("damaged_file", f"more than {_DEEPEST} groups inside one another")
            self.groups.append(replace(self._touch(), starred=False, is_new=True))
        elif len(self.groups) > 1:
            self.groups.pop()
        else:
            self.is_whole = False

    def _read_sign(self, sign: bytes) -> Iterator[str]:
        if sign == b"*":
            self.groups[-1] = replace(self.groups[-1], starred=True)
            return
        group = self._touch()
        if sign in (b"\\", b"{", b"}"):
            self._add_bytes(sign)
        elif sign in _SIGNS and not (group.skips or group.hidden or group.deleted):
            yield _SIGNS[sign]

    def _read_word(self, name: bytes, number: int | None) -> Iterator[str | Word]:
        group = self.groups[-1]
        if group.is_new and (name in _SKIPPED or (group.starred and name not in _READ_STARRED)):
            self.groups[-1] = replace(group, skips=True, is_new=False)
            return
        group = self._touch()
        if name in (b"v", b"deleted", b"uc", b"plain"):
            self._change_state(name, number)
        elif group.skips:
            return
        elif name == b"u" and number is not None:
            self.replaced = group.units
            if not (group.hidden or group.deleted):
                yield _read_character(number)
        elif name in _CHARACTERS:
            if not (group.hidden or group.deleted):
                yield _CHARACTERS[name]
        else:
            yield Word(name, number)

    def _change_state(self, name: bytes, number: int | None) -> None:
        group = self.groups[-1]
        if name == b"v":
            group = replace(group, hidden=number != 0)
        elif name == b"deleted":
            group = replace(group, deleted=number != 0)
        elif name == b"uc":
            group = replace(group, units=max(0, number or 0))
        else:
            group = replace(group, hidden=False, deleted=False)
        self.groups[-1] = group


def find_charset(data: bytes) -> str:
    """The charset of bytes that are not ASCII: Chinese where a font or the code page says so."""
    page = _CODE_PAGE.search(data)
    if page is None or page[1] in (b"936", b"54936") or _CHINESE_FONT.search(data):
        return "gb18030"
    return {b"950": "big5hkscs", b"65001": "utf-8"}.get(page[1], "cp1252")


def _read_character(number: int) -> str:
    """A character by its number, written as a signed 16-bit unit; surrogates are kept to be joined."""
    return chr(number % 0x10000)
