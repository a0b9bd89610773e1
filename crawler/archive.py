"""The option to keep what was fetched as it came, in WARC files, so that it can be shown to others."""

import io
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# The body is kept decompressed, so what describes its transfer no longer holds.
TRANSFER_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class WarcArchive:
    """One WARC file that is being written."""

    writer: WARCWriter

    def write(self, address: str, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        """Adds one answer as a record of its own."""
        kept = [(name, value) for name, value in headers if name not in TRANSFER_HEADERS]
        kept.append(("content-length", str(len(content))))
        head = StatusAndHeaders(str(status), kept, protocol="HTTP/1.1")
        body = io.BytesIO(content)
        record = self.writer.create_warc_record(
            address, "response", payload=body, length=len(content), http_headers=head
        )
        self.writer.write_record(record)


@contextmanager
def open_archive(folder: Path) -> Generator[WarcArchive]:
    """A new file in the folder for each crawl: a killed one cuts short its own file only."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:8]}.warc.gz"
    with (folder / name).open("xb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(
            writer.create_warcinfo_record(name, {"software": "gongkai", "format": "WARC File Format 1.0"})
        )
        yield WarcArchive(writer)
