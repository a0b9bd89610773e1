"""`published/checksums.json`: every published file, its hash and rows, and what it was built from."""

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from gongkai.home import Home
from gongkai.store.documents import CHUNK_BYTES, sync_folder


class PublishedFile(BaseModel):
    """One published file; `rows` of a table's file, `tables` (rows by table) of the database, neither of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sha256: str
    byte_size: int
    rows: int | None = None
    tables: dict[str, int] | None = None


class Checksums(BaseModel):
    """What stands in the published folder. Equal fingerprints mean equal tables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    load_fingerprint: str
    project_fingerprint: str
    catalogue_fingerprint: str | None = None
    carrier_version: str
    form_version: str
    is_sample: bool
    files: tuple[PublishedFile, ...]


def read_checksums(home: Home) -> Checksums | None:
    """What was published last; null when nothing was."""
    if not home.checksums.is_file():
        return None
    return Checksums.model_validate_json(home.checksums.read_bytes())


def write_checksums(home: Home, checksums: Checksums) -> None:
    """Replaces the file by rename; it is the last one written, so it never promises what is not there."""
    part = home.checksums.with_name(f".{home.checksums.name}.part")
    text = json.dumps(checksums.model_dump(mode="json"), ensure_ascii=False, indent=1)
    part.write_text(f"{text}\n", encoding="utf8")
    part.replace(home.checksums)
    sync_folder(home.published)


def has_files(home: Home, checksums: Checksums) -> bool:
    """Whether every published file is there, in its size."""
    places = [(home.published / file.file, file.byte_size) for file in checksums.files]
    return all(place.is_file() and place.stat().st_size == size for place, size in places)


def describe_file(home: Home, path: Path, rows: int | None = None) -> PublishedFile:
    """A published file with its hash."""
    name = path.relative_to(home.published).as_posix()
    return PublishedFile(file=name, sha256=hash_file(path), byte_size=path.stat().st_size, rows=rows)


def hash_file(path: Path) -> str:
    """The sha256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
