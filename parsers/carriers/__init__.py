"""Bytes to pages: what a file is, told by its content, and the carrier that reads it to paragraphs and grids."""

from parsers.carriers.detection import detect_format
from parsers.carriers.member import DETECTION, MemberPage, refuse_document
from parsers.carriers.registry import CARRIERS

__all__ = ["MemberPage", "read_document"]

_WHITE_SPACE = b" \t\r\n\f\v\0"
_BOM = b"\xef\xbb\xbf"


def read_document(data: bytes, *, max_bytes: int | None = None) -> tuple[MemberPage, ...]:
    """Read a file to its members, one where it is no archive. Each has a page, or a status with its reason.

    `max_bytes` is the largest file to read; without it each carrier has its own limit. Nothing is raised for a file
    that cannot be read: that is `unreadable` or `unsupported`.
    """
    if not data.removeprefix(_BOM).strip(_WHITE_SPACE):
        return (refuse_document("application/x-empty", "empty", DETECTION, "empty_file", f"{len(data)} bytes"),)
    detected = detect_format(data)
    if detected.reason is not None:
        return (refuse_document(detected.media_type, detected.id, DETECTION, detected.reason),)
    carrier = next(carrier for carrier in CARRIERS if detected.id in carrier.formats)
    limit = carrier.max_bytes if max_bytes is None else max_bytes
    if len(data) > limit:
        detail = f"{len(data)} bytes, limit {limit} bytes"
        return (refuse_document(detected.media_type, detected.id, DETECTION, "too_large", detail),)
    return carrier.read_members(data, detected)
