"""Files into documents: from a folder, from the inbox, from the bundled samples."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from gongkai.home import Home
from gongkai.store.documents import KeptDocument, SourceReadError, keep_document, read_state, remove_stale_copies
from gongkai.store.folders import Ignored, show_path, walk_files
from gongkai.store.manifest import (
    Sighting,
    Source,
    count_sightings,
    has_sighting,
    open_manifest,
    record_sighting,
    retire_samples,
    write_together,
)
from gongkai.store.problems import FileProblem, explain_file_error

OnFile = Callable[[Path], None]

# Sightings committed together: a killed run repeats the hashing of at most so many files.
FILES_TOGETHER = 200
UNFINISHED_ENDINGS = (".part", ".tmp", ".crdownload", "~")
# A file written to within this time may still be growing; it is looked at twice, so far apart.
SETTLE_SECONDS = 2.0


@dataclass(slots=True)
class IngestSummary:
    """What one ingestion found: `known` files were seen before at the same place, `waiting` ones are unfinished."""

    files: int = 0
    new_documents: int = 0
    new_sightings: int = 0
    known: int = 0
    ignored: int = 0
    waiting: int = 0
    problems: list[FileProblem] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        """Whether the ingestion changed anything."""
        return self.new_sightings > 0


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    kept: KeptDocument
    sighting: Sighting


def ingest_folder(home: Home, folder: Path, source: Source, on_file: OnFile | None) -> IngestSummary:
    """Adds every file under a folder, or one file. Raises `FileNotFoundError` without it, `ValueError` for the home."""
    if not folder.exists():
        raise FileNotFoundError(folder)
    if folder.resolve() == home.root.resolve():
        raise ValueError(f"`{folder}` is the home folder itself: it is no folder of reports")
    home.ensure()
    remove_stale_copies(home)
    summary = IngestSummary()
    with open_manifest(home.manifest) as manifest:
        found = _find_documents(home, folder, source, summary, on_file)
        while group := list(islice(found, FILES_TOGETHER)):
            _record_documents(manifest, group, summary)
    return summary


def ingest_inbox(home: Home, on_file: OnFile | None) -> IngestSummary:
    """Adds the files of the inbox one by one, each removed when its document and sighting are committed."""
    home.ensure()
    remove_stale_copies(home)
    summary = IngestSummary()
    finished = _wait_for_finished(list(_list_files(walk_files(home.inbox, home.documents), summary)), summary)
    with open_manifest(home.manifest) as manifest:
        for path in finished:
            place = show_path(path.relative_to(home.inbox)).replace("\\", "/")
            found = _keep_file(home, path, "inbox", place, summary, on_file)
            if found is None:
                continue
            _record_documents(manifest, [found], summary)
            _clear_from_inbox(home, found, summary)
    # Whoever dropped a file may take it back, and another run may have taken it in.
    summary.problems = [problem for problem in summary.problems if problem.reason != "file_vanished"]
    return summary


def ingest_samples(home: Home, samples: Path, on_file: OnFile | None) -> IngestSummary:
    """Adds the samples and forgets those no longer bundled; does nothing in a home with any other document."""
    home.ensure()
    with open_manifest(home.manifest) as manifest:
        if set(count_sightings(manifest)) - {"sample"}:
            return IngestSummary()
    if not samples.is_dir():
        raise FileNotFoundError(samples)
    summary = IngestSummary()
    found = list(_find_documents(home, samples, "sample", summary, on_file))
    with open_manifest(home.manifest) as manifest:
        _record_documents(manifest, found, summary)
        with write_together(manifest):
            retire_samples(manifest, frozenset(item.kept.document_id for item in found))
    return summary


def _find_documents(
    home: Home, folder: Path, source: Source, summary: IngestSummary, on_file: OnFile | None
) -> Iterator[_Found]:
    for path in _list_files(walk_files(folder, home.root), summary):
        found = _keep_file(home, path, source, show_path(path.resolve()), summary, on_file)
        if found is not None:
            yield found


def _list_files(walked: Iterable[Path | Ignored | FileProblem], summary: IngestSummary) -> Iterator[Path]:
    for entry in walked:
        if isinstance(entry, Ignored):
            summary.ignored += 1
        elif isinstance(entry, FileProblem):
            summary.problems.append(entry)
        else:
            yield entry


def _keep_file(
    home: Home, path: Path, source: Source, place: str, summary: IngestSummary, on_file: OnFile | None
) -> _Found | None:
    if on_file is not None:
        on_file(path)
    try:
        kept = keep_document(home, path)
    except SourceReadError as error:
        summary.problems.append(explain_file_error(show_path(path), error.error))
        return None
    summary.files += 1
    name = show_path(Path(path.name))
    return _Found(path, kept, Sighting(source, name, place, datetime.now(UTC)))


def _record_documents(manifest: sqlite3.Connection, group: list[_Found], summary: IngestSummary) -> None:
    """Commits sightings together; where all are known already, the manifest is not written at all."""
    unseen = [
        item
        for item in group
        if not has_sighting(manifest, item.kept.document_id, item.sighting.source, item.sighting.place)
    ]
    summary.known += len(group) - len(unseen)
    if not unseen:
        return
    with write_together(manifest):
        for item in unseen:
            kept = item.kept
            is_new, is_unseen = record_sighting(manifest, kept.document_id, kept.byte_size, item.sighting)
            summary.new_documents += is_new
            summary.new_sightings += is_unseen


def _wait_for_finished(paths: list[Path], summary: IngestSummary) -> list[Path]:
    """The files nobody is writing to any more: by name, and by looking twice at those written to just now."""
    named = [path for path in paths if not path.name.lower().endswith(UNFINISHED_ENDINGS)]
    before = {path: _look_at(path) for path in named}
    youngest = time.time_ns() - int(SETTLE_SECONDS * 1e9)
    if any(state is not None and state[1] > youngest for state in before.values()):
        time.sleep(SETTLE_SECONDS)
    finished = [path for path in named if before[path] is None or _look_at(path) == before[path]]
    summary.waiting += len(paths) - len(finished)
    return finished


def _look_at(path: Path) -> tuple[int, int, int] | None:
    try:
        return read_state(path)
    except SourceReadError:
        return None


def _clear_from_inbox(home: Home, found: _Found, summary: IngestSummary) -> None:
    """Removes a file that is safely kept, and the folders this leaves empty; one changed since waits for its turn."""
    if _look_at(found.path) != found.kept.source_state:
        return
    try:
        found.path.unlink()
    except OSError as error:
        summary.problems.append(FileProblem(show_path(found.path), "not_removed", error.strerror))
        return
    for folder in found.path.relative_to(home.inbox).parents[:-1]:
        if any((home.inbox / folder).iterdir()):
            return
        (home.inbox / folder).rmdir()
