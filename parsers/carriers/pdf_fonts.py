"""Gives PDFium one font for all those that a file names without carrying them, so that no machine's fonts matter.

PDFium places characters by the widths that the file states, but passes over text whose signs print nothing, as those
of a font that is not installed do. The stand-in prints a mark for every character, inside the narrowest one's width.
The fonts that every PDF reader has (`Helvetica`, `Times`, `Courier`) stay PDFium's own: files may leave their widths
out.
"""

from collections.abc import Callable
from ctypes import byref, c_char_p, cast, memmove
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c

STAND_IN_FONT = Path(__file__).with_name("stand_in.ttf")
_FONT = STAND_IN_FONT.read_bytes()
_NAME = b"Stand-in\0"
_HANDLE = 1
_WHOLE_FILE = 0
_ANSI = 0
_OWN_FAMILIES = (b"Helvetica", b"Arial", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")
_SECOND_VERSION = 2
_CALLBACKS: dict[str, Any] = {name: kind for name, kind, *_ in pdfium_c.FPDF_SYSFONTINFO._fields_}


def _map_font(_: Any, __: int, ___: int, charset: int, ____: int, face: Any, _____: Any) -> int | None:
    name = cast(face, c_char_p).value or b""
    return None if charset == _ANSI and name.startswith(_OWN_FAMILIES) else _HANDLE


def _get_font_data(_: Any, __: Any, table: int, buffer: Any, size: int) -> int:
    if table != _WHOLE_FILE:
        return 0
    return _copy(_FONT, buffer, size)


def _get_face_name(_: Any, __: Any, buffer: Any, size: int) -> int:
    return _copy(_NAME, buffer, size)


def _copy(data: bytes, buffer: Any, size: int) -> int:
    """Fill a buffer that is large enough; the bytes needed."""
    if buffer and size >= len(data):
        memmove(buffer, data, len(data))
    return len(data)


def _get_charset(_: Any, __: Any) -> int:
    return pdfium_c.FXFONT_DEFAULT_CHARSET


def _do_nothing(*_: Any) -> None:
    return None


def _make_callback(name: str, function: Callable[..., Any]) -> Any:
    return _CALLBACKS[name](function)


# PDFium keeps the address of this record and calls it as long as the process runs.
_INFO = pdfium_c.FPDF_SYSFONTINFO(
    version=_SECOND_VERSION,
    Release=_make_callback("Release", _do_nothing),
    EnumFonts=_make_callback("EnumFonts", _do_nothing),
    MapFont=_make_callback("MapFont", _map_font),
    GetFont=_make_callback("GetFont", _do_nothing),
    GetFontData=_make_callback("GetFontData", _get_font_data),
    GetFaceName=_make_callback("GetFaceName", _get_face_name),
    GetFontCharset=_make_callback("GetFontCharset", _get_charset),
    DeleteFont=_make_callback("DeleteFont", _do_nothing),
)


def use_stand_in_font() -> None:
    """From here on, PDFium asks for fonts here and nowhere else; fonts inside files are not concerned."""
    pdfium_c.FPDF_SetSystemFontInfo(byref(_INFO))
