"""How ZIP, gzip, TAR and RAR archives list and unpack their files: always in memory and to a limit."""

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO

import rars

from parsers.carriers.archive_members import LIMITS, ArchiveMember, clean_name, decode_name, decode_zip_name
from parsers.carriers.refusals import RefusalError
from parsers.carriers.zip_parts import open_zip, read_part

_UTF_8_NAME = 0x800
_GZIP_HEAD = 10
_GZIP_NAME, _GZIP_EXTRA = 0x08, 0x04
_BLOCK = 1 << 20
_RAR_HEADER_BYTES = 16 * 1024 * 1024
_RAR_WORKSPACE = 512 * 1024 * 1024


def list_zip(data: bytes) -> Iterator[ArchiveMember]:
    """The files of a ZIP archive."""
    archive = open_zip(data)
    for info in archive.infolist():
        if not info.filename.endswith("/"):
            yield _make_zip_member(archive, info)


def _make_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> ArchiveMember:
    name = decode_zip_name(info.orig_filename, info.extra, is_unicode=bool(info.flag_bits & _UTF_8_NAME))
    return ArchiveMember(name, info.compress_size, lambda limit: read_part(archive, info, limit))


def list_gzip(data: bytes) -> Iterator[ArchiveMember]:
    """The one file of a gzip stream, named as its head names it; without a name where it does not."""
    name = ""
    if len(data) > _GZIP_HEAD and data[3] & _GZIP_NAME and not data[3] & _GZIP_EXTRA:
        name = clean_name(decode_name(data[_GZIP_HEAD : data.find(b"\0", _GZIP_HEAD)]))
    yield ArchiveMember(name, len(data), lambda limit: _read_stream(gzip.GzipFile(fileobj=BytesIO(data)), limit))


def list_tar(data: bytes) -> Iterator[ArchiveMember]:
    """The files of a TAR archive; links and devices are left out."""
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
            for info in archive:
                part = archive.extractfile(info) if info.isfile() else None
                if part is not None:
                    raw = info.name.encode("utf-8", "surrogateescape")
                    yield _make_tar_member(clean_name(decode_name(raw)), info.size, part)
    except (tarfile.TarError, ValueError, OSError) as error:
        raise RefusalError("damaged_file", f"tar: {error}") from error


def _make_tar_member(name: str, size: int, part: IO[bytes]) -> ArchiveMember:
    return ArchiveMember(name, size, lambda limit: _read_stream(part, limit))


def _read_stream(stream: IO[bytes] | gzip.GzipFile, limit: int) -> bytes:
    """A stream's bytes, to the limit. Raises RefusalError."""
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := stream.read(_BLOCK):
            size += len(piece)
            if size > limit:
                raise RefusalError("archive_limit", f"more than {limit} bytes")
            pieces.append(piece)
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise RefusalError("damaged_file", str(error)) from error
    return b"".join(pieces)


def list_rar(data: bytes) -> Iterator[ArchiveMember]:
    """The files of a RAR archive. Names of old archives are UTF-8 or GB 18030."""
    archive = _open_rar(data)
    files = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.is_split_before or info.is_split_after for info in files):
        raise RefusalError("archive_volume", "a file goes on in another volume")
    for info in files:
        yield _make_rar_member(archive, info)


def _open_rar(data: bytes) -> rars.RarFile:
    options = rars.ReadOptions(max_header_count=LIMITS.most_members * 2, max_header_bytes=_RAR_HEADER_BYTES)
    try:
        return rars.RarFile.from_bytes(data, options=options)
    except rars.PasswordRequired as error:
        raise RefusalError("encrypted", "the list of files, too") from error
    except MemoryError as error:
        raise RefusalError("archive_limit", str(error)) from error
    except rars.Error as error:
        raise RefusalError("damaged_file", f"rar: {error}") from error


def _make_rar_member(archive: rars.RarFile, info: rars.RarInfo) -> ArchiveMember:
    raw = info.orig_filename_bytes
    name = clean_name(decode_name(raw) if isinstance(raw, bytes) and raw else info.filename)
    return ArchiveMember(name, info.compress_size, lambda limit: _read_rar(archive, info, limit))


def _read_rar(archive: rars.RarFile, info: rars.RarInfo, limit: int) -> bytes:
    options = rars.ReadOptions(
        max_member_output_bytes=limit,
        max_total_output_bytes=LIMITS.most_total_bytes,
        max_reader_workspace_bytes=_RAR_WORKSPACE,
        rar50_dictionary_size_limit=_RAR_WORKSPACE,
    )
    try:
        return archive.read(info, options=options)
    except (rars.PasswordRequired, rars.BadPassword) as error:
        raise RefusalError("encrypted", info.filename) from error
    except rars.UnsupportedRarFeature as error:
        raise RefusalError("unsupported_compression", str(error)) from error
    except MemoryError as error:
        raise RefusalError("archive_limit", str(error)) from error
    except rars.Error as error:
        raise RefusalError("damaged_file", str(error)) from error
