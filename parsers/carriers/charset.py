"""Bytes to text: byte order mark, strict UTF-8, what the page declares, strict GB 18030, then what statistics say.

Strict decoding is not proof: UTF-8 with a byte missing, or Big5, is often valid GB 18030. So a reading must also
consist of characters that Chinese text is made of. Lost characters are never silent: they are named in `note`.
"""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

LOST = "\ufffd"
# Two U+FFFD in UTF-8, read as GBK by whoever saved the file.
_REREAD_LOSS = "锟斤拷"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Names that pages declare. gb2312 and gbk mean gb18030, as in browsers; other names are no evidence and passed over.
_DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
_GUESSED = ["big5hkscs", "big5", "utf_16_le", "utf_16_be", "utf_32", "hz"]
_ASCII = bytes(range(0x80))
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F))
# Punctuation, and full-width forms of ASCII.
_MARKS = re.compile(r"[\u2010-\u203f\u3000-\u303f\uff00-\uffef]+")
_SAMPLE = 2_000
_FEWEST_JUDGED = 8
# Share of GB 2312 level 1 characters among words. 14 published reports: 0.996 to 1; in traditional characters 0.66;
# the same reports in UTF-8 read as GB 18030: 0.10 to 0.16; in Big5 read so: 0.07 to 0.47.
_FEWEST_COMMON = 0.55
# More than one unreadable sequence in twenty characters says that the charset is wrong, not that bytes were damaged.
_LOST_AT_MOST = 0.05
# Level 1 are rows 16 to 55 of the standard: the 3,755 most used characters.
_COMMON = bytes(code for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for code in (row, cell))
_UNCOMMON_RUN = re.compile(f"[^{_COMMON.decode('gb2312', 'ignore')}]+")
_CONTROL_AT_MOST = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was read in, and what is doubtful about that; null where nothing is."""

    text: str
    charset: str
    note: str | None


def decode_text(data: bytes, declared: str | None = None) -> Decoded | None:
    """Decode a whole file; null where no charset is certain enough. `declared` is what the page says of itself."""
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _describe(data[len(mark) :].decode(charset, "replace"), data[len(mark) :], charset, None)
    wide = find_wide_charset(data)
    if wide is not None:
        return _describe(data.decode(wide), data, wide, None)
    named = declared.strip().strip("\"'").lower() if declared else None
    candidates = dict.fromkeys(("utf-8", *filter(None, [_DECLARED.get(named or "")]), "gb18030"))
    for charset in candidates:
        text = _decode_strictly(data, charset)
        if text is not None and (charset == "utf-8" or has_common_characters(text)):
            return _describe(text, data, charset, named)
    return _decode_damaged(data, tuple(candidates), named) or _guess(data, named)


def decode_head(head: bytes) -> str | None:
    """The beginning of a file as far as its tags need: Latin-1 unless it is UTF-16 or UTF-32; null for binary data."""
    for mark, charset in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(charset, "replace")
    wide = find_wide_charset(head[: len(head) - len(head) % 2])
    if wide is not None:
        return head.decode(wide, "replace")
    return head.decode("latin-1")


def find_wide_charset(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: line ends and figures bring nulls, and the text reads well one way round."""
    if 0 not in data or len(data) % 2:
        return None
    for charset in ("utf-16-le", "utf-16-be"):
        text = _decode_strictly(data, charset)
        if text and has_common_characters(text) and not is_mostly_control(text):
            return charset
    return None


def is_mostly_control(text: str) -> bool:
    """Whether more than one character in a hundred is a control character, which no text has."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data) - len(data.translate(None, _CONTROL)) > len(text) * _CONTROL_AT_MOST


def has_common_characters(text: str) -> bool:
    """Whether what is not ASCII is mostly common Chinese; true where there is too little to judge."""
    sample = _find_words(text[: _SAMPLE * 50])[:_SAMPLE]
    if len(sample) < _FEWEST_JUDGED:
        return True
    return len(_UNCOMMON_RUN.sub("", sample)) >= len(sample) * _FEWEST_COMMON


def _find_words(text: str) -> str:
    """What is not ASCII, nor punctuation, nor a full-width form of ASCII."""
    return _MARKS.sub(
        "", text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    )


def _decode_strictly(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def _decode_damaged(data: bytes, candidates: tuple[str, ...], declared: str | None) -> Decoded | None:
    """A charset that fits but for a few damaged bytes, which become U+FFFD."""
    for charset in candidates:
        text = data.decode(charset, "replace")
        readable = len(_find_words(text)) - text.count(LOST)
        if text.count(LOST) <= readable * _LOST_AT_MOST and has_common_characters(text):
            return _describe(text, data, charset, declared)
    return None


def _guess(data: bytes, declared: str | None) -> Decoded | None:
    best = from_bytes(data, cp_isolation=_GUESSED).best()
    text = _decode_strictly(data, best.encoding) if best is not None else None
    if best is None or text is None or not has_common_characters(text):
        return None
    return _describe(text, data, best.encoding, declared, "guessed from its characters")


def _describe(text: str, data: bytes, charset: str, declared: str | None, *doubts: str) -> Decoded:
    notes = list(doubts)
    if declared is not None and _DECLARED.get(declared) != charset and not data.isascii():
        notes.append(f"declared as {declared}")
    before = data.count(LOST.encode(charset, "ignore")) if charset.startswith("utf") else 0
    lost = text.count(LOST) - before
    if lost > 0:
        notes.append(f"{lost} unreadable byte sequences, shown as U+FFFD; characters beside them may be wrong")
    if before:
        notes.append(f"{before} characters U+FFFD, lost before the file was written")
    if _REREAD_LOSS in text:
        notes.append(f"{text.count(_REREAD_LOSS)} times {_REREAD_LOSS}, characters lost before the file was written")
    if not has_common_characters(text):
        notes.append("few common Chinese characters, so the text may have been damaged before the file was written")
    return Decoded(text, charset, f"read as {charset}: {'; '.join(notes)}" if notes else None)
