"""Reads archives (ZIP, RAR, 7z, TAR, gzip): every file inside by the carrier of its own content.

A file that cannot be unpacked or read has its status and does not lose the others. Left out by name is what programs
leave behind (archive_names.yml). Names are only names: nothing is written to disk.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from parsers import carriers
from parsers.carriers.archive_formats import list_gzip, list_rar, list_tar, list_zip
from parsers.carriers.archive_members import ArchiveMember, Budget, is_junk
from parsers.carriers.detection import Format, detect_format, get_format
from parsers.carriers.member import Carrier, MemberPage, refuse_document
from parsers.carriers.refusals import RefusalError, refuse_member
from parsers.carriers.seven_zip import list_7z

_READER = "archive"
_MAX_BYTES = 256 * 1024 * 1024
_LISTS: dict[str, Callable[[bytes], Iterator[ArchiveMember]]] = {
    "zip": list_zip,
    "rar": list_rar,
    "7z": list_7z,
    "gzip": list_gzip,
    "tar": list_tar,
}
_UNKNOWN = "binary"


def read_archive_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read every file of an archive, archives inside it included. `unreadable` where it is damaged, encrypted, empty,
    or where unpacking would exceed a limit: what was read until then is kept."""
    return tuple(_read_archive(data, detected, Budget(), depth=1))


def _read_archive(data: bytes, detected: Format, budget: Budget, depth: int) -> Iterator[MemberPage]:
    count = 0
    try:
        for member in _LISTS[detected.id](data):
            if is_junk(member.name):
                continue
            count += 1
            budget.members += 1
            if budget.members > budget.limits.most_members:
                raise RefusalError("archive_limit", f"more than {budget.limits.most_members} files")
            yield from _read_member(member, budget, depth)
    except RefusalError as refusal:
        yield from refuse_member(detected, _READER, refusal)
        return
    if count == 0:
        yield from refuse_member(detected, _READER, RefusalError("empty_archive"))


def _read_member(member: ArchiveMember, budget: Budget, depth: int) -> Iterator[MemberPage]:
    """The pages of one file, each named by its path; the file of a gzip stream may have no name of its own."""
    try:
        content = member.unpack(budget.allow_member(member.packed))
    except RefusalError as refusal:
        unknown = get_format(_UNKNOWN)
        refused = refuse_document(unknown.media_type, unknown.id, _READER, refusal.reason_id, refusal.detail)
        yield replace(refused, member=member.name or None)
        return
    budget.total_bytes += len(content)
    for page in _read_content(content, budget, depth):
        yield replace(page, member="/".join(filter(None, (member.name, page.member))) or None)


def _read_content(content: bytes, budget: Budget, depth: int) -> Iterator[MemberPage]:
    inner = detect_format(content) if content else get_format(_UNKNOWN)
    if inner.id not in _LISTS:
        yield from carriers.read_document(content)
    elif depth >= budget.limits.most_depth:
        detail = f"archives {depth + 1} deep, limit {budget.limits.most_depth}"
        yield from refuse_member(inner, _READER, RefusalError("archive_limit", detail))
    else:
        yield from _read_archive(content, inner, budget, depth + 1)


CARRIER = Carrier(_READER, frozenset(_LISTS), _MAX_BYTES, read_archive_members)
