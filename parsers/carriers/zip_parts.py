"""Reads the parts of a zip file within limits: what a file says of its own size is never trusted."""

import lzma
import zipfile
import zlib
from io import BytesIO

from parsers.carriers.refusals import RefusalError

_ENCRYPTED = 0x1
_BLOCK = 1 << 20
_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, UnicodeDecodeError)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The zip file's directory. Raises RefusalError `damaged_file` where it is cut off or contradicts itself."""
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (*_DAMAGES, NotImplementedError) as error:
        raise RefusalError("damaged_file", f"zip directory: {error}") from error


def read_part(package: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """One part, decompressed to `limit` bytes at most.

    Raises RefusalError: `encrypted`, `archive_limit` over the limit, `unsupported_compression`, or `damaged_file`.
    """
    if info.flag_bits & _ENCRYPTED:
        raise RefusalError("encrypted", info.filename)
    pieces: list[bytes] = []
    size = 0
    try:
        with package.open(info) as part:
            while piece := part.read(_BLOCK):
                size += len(piece)
                if size > limit:
                    raise RefusalError("archive_limit", f"more than {limit} bytes from {info.compress_size}")
                pieces.append(piece)
    except NotImplementedError as error:
        raise RefusalError("unsupported_compression", f"method {info.compress_type}") from error
    except _DAMAGES as error:
        raise RefusalError("damaged_file", f"{info.filename}: {error}") from error
    return b"".join(pieces)
