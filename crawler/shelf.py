"""Where bytes go: the crawler is handed a shelf and knows nothing of the home folder."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import unquote, urlsplit

from crawler.addresses import read_host

NAME_CHARACTERS = 120
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came: the bytes' id and number, the address, a name to show, when (UTC)."""

    document_id: str
    byte_size: int
    address: str
    file_name: str
    fetched_at: datetime


class Shelf(Protocol):
    """Keeps bytes, and records where they were seen."""

    def keep(self, content: bytes) -> str:
        """Keeps bytes safely and says by what id."""

    def record(self, fetched: Fetched) -> None:
        """Records a document at its address, in the transaction that settles the page."""


class Archive(Protocol):
    """Keeps exchanges as they were on the wire."""

    def write(self, address: str, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        """Adds one answer."""


def name_file(address: str) -> str:
    """A name to show for a fetched document, from its address; it is never used as a path."""
    parts = urlsplit(address)
    name = unquote(parts.path).rsplit("/", 1)[-1] or read_host(address)
    return UNSAFE.sub("_", name)[-NAME_CHARACTERS:]
