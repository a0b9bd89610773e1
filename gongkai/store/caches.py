"""The two folders of the parsed cache: which documents they hold, and how a batch enters them whole.

`parsed/pages/<version>/<batch>.parquet` and `parsed/reports/<version>/<batch>/<raw table>.parquet`. A batch is written
under a name with a dot before it and renamed, so that it counts only when complete; its name is the hash of its
documents' ids. The version in the path covers all that a result depends on: parsers, limits, and the code that writes.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store import reading, records
from gongkai.store.documents import sync_folder
from gongkai.store.reading import PAGES_SCHEMA, PageRow, ParserVersions
from gongkai.warehouse import schema
from gongkai.warehouse.schema import list_report_tables

NAME_DIGITS = 16


@dataclass(frozen=True, slots=True)
class PagesCache:
    """Pages of the current carriers."""

    folder: Path

    def list_batches(self) -> list[Path]:
        """Every complete batch, by name."""
        return sorted(self.folder.glob("[!.]*.parquet"))

    def locate_documents(self) -> dict[str, Path]:
        """Where the pages of each document that has any are."""
        return {document_id: batch for batch in self.list_batches() for document_id in _read_ids(batch, "document_id")}

    def read_pages(self, batch: Path, document_ids: Iterable[str]) -> dict[str, list[PageRow]]:
        """The pages of these documents, by document, members in order."""
        wanted = pl.Series(list(document_ids), dtype=pl.String())
        rows = pl.scan_parquet(batch).filter(pl.col("document_id").is_in(wanted.implode())).collect()
        pages: dict[str, list[PageRow]] = {}
        for row in rows.sort("document_id", "member_no").iter_rows():
            page = PageRow(*row)
            pages.setdefault(page.document_id, []).append(page)
        return pages

    def read_media_types(self) -> pl.DataFrame:
        """The type of each document that is not a bundle of members: columns `document_id` and `media_type`."""
        schema = {name: PAGES_SCHEMA[name] for name in ("document_id", "member", "media_type")}
        frames = [pl.read_parquet(batch, columns=list(schema)) for batch in self.list_batches()]
        members = pl.concat([pl.DataFrame(schema=schema), *frames])
        return members.filter(pl.col("member").is_null()).unique("document_id").select("document_id", "media_type")

    def write_batch(self, frames: Sequence[pl.DataFrame]) -> None:
        """Adds a batch of documents."""
        frame = pl.concat(frames).match_to_schema(PAGES_SCHEMA).sort("document_id", "member_no")
        name = _name_batch(frame["document_id"])
        part = self.folder / f".{name}.parquet"
        _write_parquet(frame, part)
        part.replace(self.folder / f"{name}.parquet")
        sync_folder(self.folder)


@dataclass(frozen=True, slots=True)
class ReportsCache:
    """Rows of the raw tables, as read by the current parsers from the current pages."""

    folder: Path

    def list_batches(self) -> list[Path]:
        """Every complete batch, by name."""
        return sorted(batch for batch in self.folder.glob("[!.]*") if batch.is_dir())

    def list_files(self, table: str) -> list[Path]:
        """The files of one raw table."""
        return [batch / f"{table}.parquet" for batch in self.list_batches()]

    def list_documents(self) -> set[str]:
        """The documents that have been read to reports."""
        return {
            document_id
            for file in self.list_files("report_documents")
            for document_id in _read_ids(file, "document_id")
        }

    def write_batch(self, collected: Sequence[dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
        """Adds a batch of documents; its tables, sorted by key."""
        frames = {
            table.name: pl.concat([frames[table.name] for frames in collected]).sort(table.key)
            for table in list_report_tables()
        }
        name = _name_batch(frames["report_documents"]["document_id"])
        part = self.folder / f".{name}"
        part.mkdir()
        for table, frame in frames.items():
            _write_parquet(frame, part / f"{table}.parquet")
        sync_folder(part)
        part.replace(self.folder / name)
        sync_folder(self.folder)
        return frames


def open_caches(home: Home, settings: Settings, versions: ParserVersions) -> tuple[PagesCache, ReportsCache]:
    """The caches of the current versions, their folders made."""
    pages, reports = _locate_caches(home, settings, versions)
    for folder in (pages, reports):
        folder.mkdir(parents=True, exist_ok=True)
    return PagesCache(pages), ReportsCache(reports)


def clear_unfinished(*caches: PagesCache | ReportsCache) -> None:
    """Removes batches that a killed run left half written; to be called by the one who holds the cache's lock."""
    for cache in caches:
        for part in cache.folder.glob(".*"):
            if part.is_dir():
                shutil.rmtree(part)
            else:
                part.unlink()


def remove_stale_caches(home: Home, settings: Settings, versions: ParserVersions) -> list[Path]:
    """Removes the caches of other versions, and says which; to be called after a publish that went well."""
    current = set(_locate_caches(home, settings, versions))
    stale = [folder for stage in ("pages", "reports") for folder in (home.parsed / stage).glob("*")]
    stale = sorted(folder for folder in stale if folder not in current)
    for folder in stale:
        shutil.rmtree(folder)
    return stale


def describe_caches(settings: Settings, versions: ParserVersions) -> tuple[str, str]:
    """The names of the two caches: what their results depend on, as hashes."""
    limits = _hash_texts(
        [str(settings.max_bytes), str(settings.document_seconds), str(settings.workers == 0), str(PAGES_SCHEMA)]
    )
    writers = [Path(module.__file__ or "").read_text(encoding="utf8") for module in (records, reading, schema)]
    pages = f"{versions.carrier}-{limits}"
    definition = schema.DEFINITION.read_text(encoding="utf8")
    return pages, f"{versions.form}-{_hash_texts([pages, definition, *writers])}"


def _locate_caches(home: Home, settings: Settings, versions: ParserVersions) -> tuple[Path, Path]:
    pages, reports = describe_caches(settings, versions)
    return home.parsed / "pages" / pages, home.parsed / "reports" / reports


def _read_ids(file: Path, column: str) -> list[str]:
    return pl.read_parquet(file, columns=[column])[column].unique().to_list()


def _name_batch(document_ids: pl.Series) -> str:
    return _hash_texts(document_ids.unique().sort().to_list())


def _hash_texts(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:NAME_DIGITS]


def _write_parquet(frame: pl.DataFrame, path: Path) -> None:
    with path.open("wb") as file:
        frame.write_parquet(file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
