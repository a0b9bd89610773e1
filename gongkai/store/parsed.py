"""Reads what is new: documents to pages, pages to rows, each stage only where its cache has no result."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TypeVar

import polars as pl

from gongkai import opinions
from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.store.caches import PagesCache, ReportsCache, clear_unfinished, open_caches
from gongkai.store.manifest import SeenDocument, open_manifest, read_loadable_documents
from gongkai.store.reading import (
    DocumentItem,
    PagesItem,
    ParseProgress,
    ParserVersions,
    ReadDocument,
    ReadPageReports,
    collect_pages,
    fail_pages,
    fail_rows,
    read_pages,
    read_rows,
)
from gongkai.store.records import collect_frames
from gongkai.store.workers import Work, run_groups
from gongkai.warehouse.lock import OnWait, hold_lock
from parsers import reading as parsers_reading
from parsers.versions import compute_carrier_version, compute_form_version

OnProgress = Callable[[ParseProgress], None]
Item = TypeVar("Item", DocumentItem, PagesItem)
Output = TypeVar("Output")
Collected = TypeVar("Collected")

# Documents a worker gets at once: enough that messages cost nothing, few enough that a crash repeats little.
GROUP_DOCUMENTS = 25


class LostDocumentError(Exception):
    """The manifest knows documents whose bytes are no longer in the home folder."""


@dataclass(frozen=True, slots=True)
class UnreadReport:
    """A document, or part of one, that was read to no tables, and why; texts of the reason are in the form's list."""

    file_name: str
    report_id: str
    status: str
    status_reason: str | None
    status_detail: str | None


@dataclass(slots=True)
class ParseSummary:
    """What one run read: `documents` counts all, the other numbers only what was read now."""

    versions: ParserVersions
    documents: int = 0
    pages_read: int = 0
    documents_read: int = 0
    reports_read: int = 0
    unread: list[UnreadReport] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        """Whether anything was read."""
        return self.documents_read > 0


@dataclass(slots=True)
class _OpenBatch:
    missing: int
    collected: list


def compute_parser_versions() -> ParserVersions:
    """The versions of the parsers as they stand on disk, and of the programs they ask: where one comes or goes, what
    waited for it is tried again."""
    tools = opinions.describe_tools()
    carrier_version = compute_carrier_version()
    return ParserVersions(f"{carrier_version}+{tools}" if tools else carrier_version, compute_form_version())


def parse_documents(
    home: Home,
    settings: Settings,
    on_progress: OnProgress | None = None,
    on_wait: OnWait | None = None,
    *,
    read_document: ReadDocument = opinions.read_document,
    read_page_reports: ReadPageReports = parsers_reading.read_page_reports,
    versions: ParserVersions | None = None,
) -> ParseSummary:
    """Reads every document of the manifest that has no result of these versions; a second run reads nothing.

    One process at a time parses into a home; another waits. Raises `LostDocumentError` when bytes are gone.
    """
    home.ensure()
    summary = ParseSummary(compute_parser_versions() if versions is None else versions)
    with open_manifest(home.manifest) as manifest:
        documents = read_loadable_documents(manifest)
    summary.documents = len(documents)
    with hold_lock(home.parsed_lock, on_wait):
        pages, reports = open_caches(home, settings, summary.versions)
        clear_unfinished(pages, reports)
        unread = reports.list_documents()
        todo = [document for document in documents if document.document_id not in unread]
        _read_missing_pages(home, settings, pages, todo, summary, on_progress, read_document)
        _read_missing_reports(settings, pages, reports, todo, summary, on_progress, read_page_reports)
    return summary


def _read_missing_pages(
    home: Home,
    settings: Settings,
    cache: PagesCache,
    documents: Sequence[SeenDocument],
    summary: ParseSummary,
    on_progress: OnProgress | None,
    read_document: ReadDocument,
) -> None:
    known = cache.locate_documents()
    items = [
        DocumentItem(document.document_id, home.document(document.document_id))
        for document in documents
        if document.document_id not in known
    ]
    _check_bytes(items, documents)
    work = Work(
        partial(read_pages, read_document=read_document, max_bytes=settings.max_bytes), fail_pages, collect_pages
    )
    batches = _cut(items, settings.batch_size)
    for frames in _run_batches(work, batches, len(items), settings, _count_progress("pages", len(items), on_progress)):
        cache.write_batch(frames)
    summary.pages_read = len(items)


def _read_missing_reports(
    settings: Settings,
    pages: PagesCache,
    reports: ReportsCache,
    documents: Sequence[SeenDocument],
    summary: ParseSummary,
    on_progress: OnProgress | None,
    read_page_reports: ReadPageReports,
) -> None:
    names = {document.document_id: document.file_name for document in documents}
    work = Work(
        partial(read_rows, read_page_reports=read_page_reports, versions=summary.versions),
        partial(fail_rows, versions=summary.versions),
        collect_frames,
    )
    batches = _load_pages(pages, _cut(list(names), settings.batch_size))
    on_done = _count_progress("reports", len(names), on_progress)
    for collected in _run_batches(work, batches, len(names), settings, on_done):
        frames = reports.write_batch(collected)
        summary.reports_read += len(frames["reports"])
        summary.unread.extend(_list_unread(frames, names))
    summary.documents_read = len(names)


def _run_batches(
    work: Work[Item, Output, Collected],
    batches: Iterable[Sequence[Item]],
    total: int,
    settings: Settings,
    on_done: Callable[[int], None],
) -> Iterator[list[Collected]]:
    """What was collected for each batch, as batches become complete."""
    owners: dict[str, _OpenBatch] = {}

    def list_groups() -> Iterator[Sequence[Item]]:
        for batch in batches:
            owners.update(dict.fromkeys((item.document_id for item in batch), _OpenBatch(len(batch), [])))
            yield from _cut(batch, GROUP_DOCUMENTS)

    workers = min(settings.workers, -(-total // GROUP_DOCUMENTS))
    for group, collected in run_groups(work, list_groups(), workers, settings.document_seconds):
        batch = owners[group[0].document_id]
        batch.collected.append(collected)
        batch.missing -= len(group)
        on_done(len(group))
        if batch.missing == 0:
            yield batch.collected
            batch.collected.clear()


def _load_pages(cache: PagesCache, batches: Iterable[Sequence[str]]) -> Iterator[Sequence[PagesItem]]:
    """The pages of each batch of documents, read when its turn comes."""
    located = cache.locate_documents()
    for document_ids in batches:
        by_file = sorted(document_ids, key=lambda document_id: (located[document_id], document_id))
        items = [
            PagesItem(document_id, tuple(rows))
            for file, wanted in groupby(by_file, key=lambda document_id: located[document_id])
            for document_id, rows in cache.read_pages(file, wanted).items()
        ]
        yield sorted(items, key=lambda item: item.document_id)


def _check_bytes(items: Iterable[DocumentItem], documents: Iterable[SeenDocument]) -> None:
    lost = [item.document_id for item in items if not item.path.is_file()]
    if not lost:
        return
    names = {document.document_id: document.file_name for document in documents}
    message = f"`documents/` has lost {len(lost)} documents: first `{names[lost[0]]}` ({lost[0]})"
    raise LostDocumentError(f"{message}\nhint: ingest the same files again, or put the folder back from a copy")


def _list_unread(frames: dict[str, pl.DataFrame], names: dict[str, str]) -> list[UnreadReport]:
    unread = (
        frames["reports"]
        .filter(pl.col("status") != "parsed")
        .join(frames["report_documents"], on="report_id")
        .sort("document_id", "report_id")
        .select("document_id", "report_id", "status", "status_reason", "status_detail")
    )
    return [UnreadReport(names[document_id], *rest) for document_id, *rest in unread.iter_rows()]


def _count_progress(stage: str, total: int, on_progress: OnProgress | None) -> Callable[[int], None]:
    done = 0

    def count(number: int) -> None:
        nonlocal done
        done += number
        if on_progress is not None:
            on_progress(ParseProgress("pages" if stage == "pages" else "reports", done, total))

    return count


def _cut(items: Sequence[Collected], size: int) -> list[Sequence[Collected]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
