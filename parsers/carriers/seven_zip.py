"""How 7z archives list and unpack their files: in memory, to a limit, and in one pass, as their files share streams."""

import lzma
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from py7zr import FileInfo, Py7zIO, SevenZipFile, WriterFactory
from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError

from parsers.carriers.archive_members import LIMITS, ArchiveMember, clean_name
from parsers.carriers.refusals import RefusalError

# After a damaged file the others are unpacked one by one, each from the beginning of its stream.
_MOST_SINGLE_FILES = 100
_DAMAGES = (
    ArchiveError,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
)


def list_7z(data: bytes) -> Iterator[ArchiveMember]:
    """The files of a 7z archive."""
    with _open(data) as archive:
        files = [info for info in _list_files(archive) if info.is_file]
        is_encrypted = archive.needs_password()
    contents = _Contents(data, tuple(info.filename for info in files if is_inside(info.filename)))
    if not is_encrypted:
        contents.unpack_all()
    for info in files:
        yield _make_member(info, contents, is_encrypted=is_encrypted)


def is_inside(name: str) -> bool:
    """Whether a path is one that the library unpacks: it stays inside the archive, and is written in one way only."""
    path = PurePosixPath(name)
    return path.as_posix() == name and not path.is_absolute() and ".." not in path.parts and ":" not in name


class _Writer(Py7zIO):
    """Takes in one file, to a limit."""

    def __init__(self, limit: int) -> None:
        self.pieces: list[bytes] = []
        self.limit = limit
        self.length = 0

    def write(self, s: bytes | bytearray) -> int:
        self.length += len(s)
        if self.length > self.limit:
            raise RefusalError("archive_limit", f"more than {self.limit} bytes")
        self.pieces.append(bytes(s))
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b"".join(self.pieces)

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        return None

    def size(self) -> int:
        return self.length


class _Writers(WriterFactory):
    def __init__(self) -> None:
        self.by_name: dict[str, _Writer] = {}

    def create(self, filename: str) -> Py7zIO:
        self.by_name[filename] = _Writer(LIMITS.most_member_bytes)
        return self.by_name[filename]


@dataclass
class _Contents:
    """What has been unpacked of an archive: bytes by name, or why there are none."""

    data: bytes
    names: tuple[str, ...]
    found: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, RefusalError] = field(default_factory=dict)

    def unpack_all(self) -> None:
        """Unpack every file in one pass; where that fails, one by one, so that a bad one does not lose the others."""
        try:
            self._unpack(self.names)
        except RefusalError as refusal:
            if refusal.reason_id == "archive_limit" or len(self.names) > _MOST_SINGLE_FILES:
                self.refused = dict.fromkeys(self.names, refusal)
                return
            for name in self.names:
                self._unpack_one(name)

    def _unpack_one(self, name: str) -> None:
        try:
            self._unpack((name,))
        except RefusalError as refusal:
            self.refused[name] = refusal

    def _unpack(self, names: tuple[str, ...]) -> None:
        writers = _Writers()
        with _open(self.data) as archive:
            try:
                archive.extract(targets=list(names), factory=writers)
            except UnsupportedCompressionMethodError as error:
                raise RefusalError("unsupported_compression", str(error)) from error
            except MemoryError as error:
                raise RefusalError("archive_limit", "more memory than there is") from error
            except _DAMAGES as error:
                raise RefusalError("damaged_file", f"7z: {error}") from error
        self.found.update((name, writer.read()) for name, writer in writers.by_name.items())


def _open(data: bytes) -> SevenZipFile:
    try:
        return SevenZipFile(BytesIO(data), max_extract_size=LIMITS.most_total_bytes)
    except PasswordRequired as error:
        raise RefusalError("encrypted", "the list of files, too") from error
    except UnsupportedCompressionMethodError as error:
        raise RefusalError("unsupported_compression", str(error)) from error
    except MemoryError as error:
        raise RefusalError("damaged_file", "7z: a list of files larger than memory") from error
    except _DAMAGES as error:
        raise RefusalError("damaged_file", f"7z: {error}") from error


def _list_files(archive: SevenZipFile) -> list[FileInfo]:
    try:
        return archive.list()
    except _DAMAGES as error:
        raise RefusalError("damaged_file", f"7z: {error}") from error


def _make_member(info: FileInfo, contents: _Contents, *, is_encrypted: bool) -> ArchiveMember:
    def unpack(limit: int) -> bytes:
        if is_encrypted:
            raise RefusalError("encrypted", info.filename)
        if info.filename in contents.refused:
            raise contents.refused[info.filename]
        content = contents.found.get(info.filename)
        if content is None:
            raise RefusalError("damaged_file", "a path that leads out of the archive, or a file without content")
        if len(content) > limit:
            raise RefusalError("archive_limit", f"more than {limit} bytes")
        return content

    return ArchiveMember(clean_name(info.filename), info.compressed or len(contents.data), unpack)
