"""What a file is, told from its bytes alone; a name or an extension is never evidence."""

import re
import zipfile
from functools import cache
from importlib.resources import files
from io import BytesIO

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from parsers.carriers.charset import decode_head, is_mostly_control

_HEAD_BYTES = 65_536
_ZIP_SIGNATURE = b"PK\x03\x04"
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE_START = re.compile(
    r"\s*(<\?xml[^>]*\?>\s*|<!--(?:(?!-->).)*-->\s*)*"
    r"<(!doctype\s+html|html|head|body|meta|title|link|script|style|table|tbody|div|p|span|section|article|h[1-6]|center|font|ul)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_MARK = re.compile(r"<(html|body)[\s>]", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</(p|div|td|tr|table|span|a|li|font|strong)\s*>", re.IGNORECASE)
_FEWEST_CLOSING_TAGS = 3


class Format(BaseModel):
    """A format, how it is known, and the reason why it is not read, null where a carrier reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    media_type: str = Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$")
    signature: str | None = None
    zip_members: tuple[str, ...] = ()
    ole_streams: tuple[str, ...] = ()
    reason: str | None = None


@cache
def load_formats() -> tuple[Format, ...]:
    """The formats in the order they are tried. Raises ValueError for an inconsistent file."""
    text = files("parsers.carriers").joinpath("formats.yml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Format, ...]).validate_python(yaml.safe_load(text))


@cache
def _compile_signature(signature: str) -> re.Pattern[str]:
    return re.compile(signature, re.DOTALL)


def get_format(format_id: str) -> Format:
    """The format with this id. Raises KeyError for an id that formats.yml does not list."""
    for known in load_formats():
        if known.id == format_id:
            return known
    raise KeyError(f"formats.yml: unknown format `{format_id}`")


def detect_format(data: bytes) -> Format:
    """The format of a file that is not empty. What has no signature is a page, a text, or else `binary`."""
    head = data[:_HEAD_BYTES]
    printed_head = head.decode("latin-1")
    members = list_zip_members(data) if data.startswith(_ZIP_SIGNATURE) else ()
    is_ole = data.startswith(_OLE_SIGNATURE)
    for known in load_formats():
        if known.signature is not None and _compile_signature(known.signature).match(printed_head):
            return known
        if any(member.startswith(known.zip_members) for member in members):
            return known
        if is_ole and any(_holds_stream(data, stream) for stream in known.ole_streams):
            return known
    text = decode_head(head)
    if text is None or is_mostly_control(text):
        return get_format("binary")
    return get_format("html" if _is_page(text) else "text")


def list_zip_members(data: bytes) -> tuple[str, ...]:
    """The member names of a zip file; none where its directory is cut off or damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return ()


def _holds_stream(data: bytes, stream: str) -> bool:
    """Whether a compound file's directory names the stream: UTF-16, ended by a null."""
    return f"{stream}\0".encode("utf-16-le") in data


def _is_page(text: str) -> bool:
    if _PAGE_START.match(text) or _PAGE_MARK.search(text):
        return True
    closing = _CLOSING_TAG.finditer(text)
    return sum(1 for _, _ in zip(closing, range(_FEWEST_CLOSING_TAGS), strict=False)) == _FEWEST_CLOSING_TAGS
