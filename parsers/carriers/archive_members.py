"""Members of an archive as their formats list them: names decoded, junk left out by name, sizes as unpacked."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from parsers.carriers.refusals import RefusalError

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How far archives are unpacked. A ratio counts only above `least_ratio_bytes`, as blank forms pack well."""

    most_members: int = 2_000
    most_member_bytes: int = 64 * _MEGABYTE
    most_total_bytes: int = 256 * _MEGABYTE
    most_depth: int = 3
    most_ratio: int = 200
    least_ratio_bytes: int = 8 * _MEGABYTE


LIMITS = Limits()


@dataclass
class Budget:
    """What is left to unpack of one document, archives inside it included."""

    limits: Limits = LIMITS
    members: int = 0
    total_bytes: int = 0

    def allow_member(self, packed: int) -> int:
        """The most bytes that the next member may unpack to. Raises RefusalError where none are left."""
        if self.total_bytes >= self.limits.most_total_bytes:
            raise RefusalError("archive_limit", f"more than {self.limits.most_total_bytes} bytes in all")
        by_ratio = max(self.limits.least_ratio_bytes, packed * self.limits.most_ratio)
        return min(self.limits.most_member_bytes, self.limits.most_total_bytes - self.total_bytes, by_ratio)


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One file in an archive: its path inside, and how to unpack it to at most so many bytes (raises RefusalError).

    `packed` is its size in the archive, as far as the archive says it.
    """

    name: str
    packed: int
    unpack: Callable[[int], bytes]


class JunkNames(BaseModel):
    """The lists of archive_names.yml; what each is for stands there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: frozenset[str]
    starts: tuple[str, ...]
    folders: frozenset[str]


@cache
def load_junk_names() -> JunkNames:
    """The lists, in lower case. Raises ValueError where the file lacks one or has one too many."""
    text = files("parsers.carriers").joinpath("archive_names.yml").read_text(encoding="utf-8")
    return JunkNames.model_validate(yaml.safe_load(text.lower()))


def is_junk(name: str) -> bool:
    """Whether a member is what a program left behind."""
    *folders, file = name.lower().split("/")
    junk = load_junk_names()
    return file in junk.names or file.startswith(junk.starts) or not junk.folders.isdisjoint(folders)


def clean_name(name: str) -> str:
    """A path inside an archive as text: slashes one way, no control characters, nothing that is no character."""
    printable = "".join(character if character.isprintable() else "\ufffd" for character in name.replace("\\", "/"))
    return printable.encode("utf-8", "replace").decode("utf-8")


def decode_name(raw: bytes) -> str:
    """A name written without its charset: UTF-8 where it is valid, else GB 18030."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def decode_zip_name(name: str, extra: bytes, *, is_unicode: bool) -> str:
    """A zip member's name: as flagged, as its Unicode field has it, else by what its bytes can be."""
    if is_unicode:
        return clean_name(name)
    raw = name.encode("cp437", "replace")
    return clean_name(_find_unicode_name(extra, raw) or decode_name(raw))


def _find_unicode_name(extra: bytes, raw: bytes) -> str | None:
    """The name in the Unicode Path field (0x7075), if it was written for these raw bytes."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + size]
        if kind == 0x7075 and len(field) > 5 and int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
        place += 4 + size
    return None
