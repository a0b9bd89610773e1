"""A picture to put on a page, as a scanner would."""

import struct
import zlib


def make_picture(width: int = 60, height: int = 84) -> bytes:
    """A grey PNG with a dark stripe, not to be seen through."""
    rows = b"".join(b"\0" + bytes([40 if row % 10 == 0 else 200] * width) for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_pack(kind, content) for kind, content in chunks)


def _pack(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
