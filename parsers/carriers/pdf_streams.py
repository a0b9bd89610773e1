"""Tells whether a PDF file is whole before anything is read from it.

A library reads on in what is left of a damaged stream, and a figure there could be another. So the file must have its
end, and deflated streams must inflate to what their checksum says, to no more than any report holds.
"""

import re
import zlib
from base64 import a85decode
from dataclasses import dataclass

MOST_INFLATED = 256 * 1024 * 1024
_END = b"%%EOF"
_OBJECT = re.compile(rb"\d\s+obj\b")
_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_DICTIONARY_BYTES = 600
# Pictures, fonts and descriptions hold no text that is read.
_NOT_READ = re.compile(rb"/(Image\b|Length1\b|Type1C|CIDFontType0C|OpenType|XML\b)")
_DEFLATED = re.compile(rb"/Filter\s*\[?\s*(?P<text>/ASCII85Decode\s*|/A85\s*)?/(FlateDecode|Fl)\b")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not read: an id of status_reasons.yml, and the figures behind it."""

    reason: str
    detail: str | None = None


def find_damage(data: bytes) -> Refusal | None:
    """Whether a file is cut off, holds a damaged stream, or streams that swell beyond any report; null where it is
    whole. Streams of encrypted files cannot be told."""
    end = data.rfind(_END)
    if end < 0 or _OBJECT.search(data, end):
        return Refusal("damaged_file", "the end of the file is missing")
    if b"/Encrypt" in data:
        return None
    inflated = 0
    for match in _STREAM.finditer(data):
        dictionary = _find_dictionary(data, match.start())
        deflated = _DEFLATED.search(dictionary)
        if deflated is None or _NOT_READ.search(dictionary):
            continue
        stop = data.find(b"endstream", match.end())
        size = _measure_stream(data[match.end() : stop], deflated["text"] is not None) if stop >= 0 else None
        if size is None:
            return Refusal("damaged_file", f"stream at byte {match.end()}")
        inflated += size
        if inflated > MOST_INFLATED:
            return Refusal("too_much_content", f"more than {MOST_INFLATED} bytes in streams")
    return None


def _find_dictionary(data: bytes, end: int) -> bytes:
    """What stands between the beginning of an object and its stream."""
    before = data[max(0, end - _DICTIONARY_BYTES) : end]
    return before[before.rfind(b" obj") + 1 :]


def _measure_stream(stream: bytes, is_text: bool) -> int | None:
    """The size of a stream once inflated, as far as it is bounded; null where it is damaged."""
    if not stream.strip():
        return 0
    inflater = zlib.decompressobj()
    size = 0
    try:
        rest = a85decode(stream.strip().removesuffix(b"~>")) if is_text else stream
        while rest and not inflater.eof and size <= MOST_INFLATED:
            size += len(inflater.decompress(rest, _PIECE))
            rest = inflater.unconsumed_tail
    except (zlib.error, ValueError):
        return None
    return size if inflater.eof or size > MOST_INFLATED else None
