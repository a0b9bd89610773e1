"""The bytes of every document, kept by their sha256 and never edited.

Bytes are kept whatever their number: a limit on size is the reader's (`max_bytes`), which names the document and the
remedy; what was not kept could not be read by a later reader.
"""

import hashlib
import os
import stat
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.home import Home

CHUNK_BYTES = 1 << 20
PART_SUFFIX = ".part"
# An unfinished copy of a run that was killed; no copy of one file takes a day.
STALE_SECONDS = 24 * 3600


class SourceReadError(Exception):
    """The file to be kept could not be read; the cause is the `OSError`."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document whose bytes are safe on disk, and the state of the file they were read from."""

    document_id: str
    byte_size: int
    source_state: tuple[int, int, int]


def keep_document(home: Home, path: Path) -> KeptDocument:
    """Keeps the bytes of a file under their sha256; does nothing when they are kept already.

    The copy is written beside its place, flushed to disk and renamed, so that a document is whole or absent. Raises
    `SourceReadError` when the file cannot be read, and `OSError` when the home folder cannot be written.
    """
    state = read_state(path)
    digest = hashlib.sha256()
    size = 0
    for chunk in _read_chunks(path):
        digest.update(chunk)
        size += len(chunk)
    document_id = digest.hexdigest()
    if _is_kept(home.document(document_id), size):
        return KeptDocument(document_id, size, state)
    document_id, size = _copy_document(home, path)
    return KeptDocument(document_id, size, state)


def keep_bytes(home: Home, content: bytes) -> KeptDocument:
    """Keeps bytes that came from elsewhere than a file, under their sha256; does nothing when they are kept already.

    Raises `OSError` when the home folder cannot be written.
    """
    document_id = hashlib.sha256(content).hexdigest()
    target = home.document(document_id)
    kept = KeptDocument(document_id, len(content), (len(content), 0, 0))
    if _is_kept(target, len(content)):
        return kept
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = target.parent / f".{uuid.uuid4().hex}{PART_SUFFIX}"
    try:
        write_synced(copy, iter((content,)))
        copy.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        copy.replace(target)
        sync_folder(target.parent)
    finally:
        copy.unlink(missing_ok=True)
    return kept


def read_state(path: Path) -> tuple[int, int, int]:
    """Size, time of change and number of a file: equal twice means the same file, not written to in between."""
    try:
        found = path.stat()
    except OSError as error:
        raise SourceReadError(error) from error
    return found.st_size, found.st_mtime_ns, found.st_ino


def read_document_bytes(home: Home, document_id: str) -> bytes:
    """The bytes of a kept document; `FileNotFoundError` when the documents folder has lost it."""
    return home.document(document_id).read_bytes()


def remove_stale_copies(home: Home) -> int:
    """Removes unfinished copies that a killed run left more than a day ago; their number."""
    oldest = time.time() - STALE_SECONDS
    stale = [path for path in home.documents.glob(f"*/.*{PART_SUFFIX}") if path.stat().st_mtime < oldest]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def write_synced(path: Path, chunks: Iterator[bytes]) -> None:
    """Writes a new file and flushes it to disk."""
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flushes a folder's entries to disk, so that a rename survives a power cut; Windows does this by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_document(home: Home, path: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0

    def count_chunks() -> Iterator[bytes]:
        nonlocal size
        for chunk in _read_chunks(path):
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    copies = home.documents / "00"
    copies.mkdir(parents=True, exist_ok=True)
    copy = copies / f".{uuid.uuid4().hex}{PART_SUFFIX}"
    try:
        write_synced(copy, count_chunks())
        document_id = digest.hexdigest()
        target = home.document(document_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        copy.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        if not _is_kept(target, size):
            copy.replace(target)
            sync_folder(target.parent)
    finally:
        copy.unlink(missing_ok=True)
    return document_id, size


def _read_chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise SourceReadError(error) from error


def _is_kept(target: Path, size: int) -> bool:
    return target.is_file() and target.stat().st_size == size
