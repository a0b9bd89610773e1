"""Files into documents: nothing lost, nothing doubled, every trap of a folder named."""

import hashlib
import os
import stat
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gongkai.home import Home
from gongkai.pipeline import ingest_folder, ingest_inbox, ingest_samples
from gongkai.store.manifest import open_manifest, read_loadable_documents

LONG_AGO = time.time() - 3600


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    return made


def drop(folder: Path, name: str, content: bytes = b"a report") -> Path:
    """A file that nobody has written to for an hour."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def list_sightings(home: Home) -> list[tuple[object, ...]]:
    with open_manifest(home.manifest) as manifest:
        return manifest.execute("SELECT * FROM sightings ORDER BY sighting_no").fetchall()


def list_kept(home: Home) -> set[str]:
    return {path.name for path in home.documents.rglob("*") if path.is_file()}


@contextmanager
def as_ordinary_user() -> Generator[None, None, None]:
    """Root may read everything; with another effective user a permission counts."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_folder_is_kept_by_content_and_read_only(home: Home, folder: Path) -> None:
    drop(folder, "甲.html", b"one")
    drop(folder, "深/更深/乙.txt", b"two")
    summary = ingest_folder(home, folder)
    assert (summary.files, summary.new_documents, summary.problems) == (2, 2, [])
    for content in (b"one", b"two"):
        kept = home.document(hashlib.sha256(content).hexdigest())
        assert kept.read_bytes() == content
        assert not kept.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_second_run_over_an_unchanged_folder_changes_nothing(home: Home, folder: Path) -> None:
    drop(folder, "a.txt")
    ingest_folder(home, folder)
    before = (list_sightings(home), home.manifest.read_bytes(), home.manifest.stat().st_mtime_ns)
    summary = ingest_folder(home, folder)
    assert (summary.known, summary.new_sightings, summary.has_news) == (1, 0, False)
    assert (list_sightings(home), home.manifest.read_bytes(), home.manifest.stat().st_mtime_ns) == before


def test_same_bytes_at_two_places_are_one_document_seen_twice(home: Home, folder: Path) -> None:
    drop(folder, "a.txt")
    drop(folder, "copy of a.txt")
    summary = ingest_folder(home, folder)
    assert (summary.new_documents, summary.new_sightings) == (1, 2)
    with open_manifest(home.manifest) as manifest:
        (document,) = read_loadable_documents(manifest)
    assert document.file_name == "a.txt"
    assert document.first_seen_at < document.last_seen_at


def test_changed_file_is_a_second_document_at_the_same_place(home: Home, folder: Path) -> None:
    path = drop(folder, "a.txt", b"first")
    ingest_folder(home, folder)
    path.write_bytes(b"second")
    assert ingest_folder(home, folder).new_documents == 1
    assert len(list_kept(home)) == 2


def test_hidden_and_office_lock_files_are_ignored(home: Home, folder: Path) -> None:
    for name in (".hidden", ".git/config", "~$draft.docx", "Thumbs.db", "report.txt"):
        drop(folder, name)
    summary = ingest_folder(home, folder)
    assert (summary.files, summary.ignored) == (1, 4)


def test_traps_of_a_folder_are_named_and_the_rest_goes_on(home: Home, folder: Path) -> None:
    drop(folder, "good.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    summary = ingest_folder(home, folder)
    assert summary.new_documents == 1
    reasons = {Path(problem.file).name: problem.reason for problem in summary.problems}
    assert reasons == {"dangling.txt": "broken_link", "itself.txt": "broken_link", "pipe": "not_a_regular_file"}
    assert all(problem.text.hint_zh and problem.text.hint_en for problem in summary.problems)


def test_file_without_permission_is_a_problem_and_the_rest_goes_on() -> None:
    # Not below pytest's own folder, which is closed to other users.
    with TemporaryDirectory() as root:
        home = Home(Path(root) / "home").ensure()
        folder = Path(root) / "reports"
        drop(folder, "open.txt")
        drop(folder, "shut.txt", b"secret").chmod(0)
        if os.geteuid() == 0:
            for path in (Path(root), *Path(root).rglob("*")):
                os.chown(path, 65534 if path.name != "shut.txt" else 0, -1)
        with as_ordinary_user():
            summary = ingest_folder(home, folder)
    assert summary.new_documents == 1
    assert [(Path(problem.file).name, problem.reason) for problem in summary.problems] == [
        ("shut.txt", "permission_denied")
    ]


def test_name_that_is_no_utf8_is_kept_and_shown(home: Home, folder: Path) -> None:
    name = os.fsdecode(b"\xc4\xea\xb1\xa8.txt")
    (folder / name).write_bytes(b"gbk name")
    assert ingest_folder(home, folder).new_documents == 1
    assert list_sightings(home)[0][3] == "\\xc4걨.txt"


def test_home_inside_the_folder_is_not_ingested(folder: Path) -> None:
    home = Home(folder / "home").ensure()
    drop(folder, "a.txt")
    ingest_folder(home, folder)
    assert ingest_folder(home, folder).files == 1


def test_missing_folder_and_the_home_itself_are_refused(home: Home, folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ingest_folder(home, folder / "nowhere")
    with pytest.raises(ValueError, match="home folder itself"):
        ingest_folder(home, home.root)


def test_lost_bytes_come_back_with_the_same_file(home: Home, folder: Path) -> None:
    drop(folder, "a.txt", b"bytes")
    ingest_folder(home, folder)
    kept = home.document(hashlib.sha256(b"bytes").hexdigest())
    kept.unlink()
    ingest_folder(home, folder)
    assert kept.read_bytes() == b"bytes"


def test_inbox_is_empty_after_ingestion(home: Home) -> None:
    drop(home.inbox, "a.txt", b"one")
    drop(home.inbox, "dir/sub/b.txt", b"two")
    summary = ingest_inbox(home)
    assert (summary.new_documents, list(home.inbox.iterdir())) == (2, [])
    assert [row[5] for row in list_sightings(home)] == ["a.txt", "dir/sub/b.txt"]


def test_file_committed_before_a_kill_is_only_removed(home: Home) -> None:
    drop(home.inbox, "a.txt")
    ingest_inbox(home)
    drop(home.inbox, "a.txt")
    summary = ingest_inbox(home)
    assert (summary.known, summary.new_sightings, list(home.inbox.iterdir())) == (1, 0, [])
    assert len(list_sightings(home)) == 1


def test_unfinished_files_wait_in_the_inbox(home: Home) -> None:
    names = ("a.html.part", "b.tmp", "c.crdownload", "d.txt~")
    for name in names:
        drop(home.inbox, name)
    summary = ingest_inbox(home)
    assert (summary.waiting, summary.files) == (4, 0)
    assert {path.name for path in home.inbox.iterdir()} == set(names)


@pytest.mark.slow
def test_growing_file_waits_in_the_inbox(home: Home) -> None:
    path = home.inbox / "growing.txt"
    code = (
        "import sys, time\nwith open(sys.argv[1], 'ab', 0) as f:\n"
        "    f.write(b'first\\n'); print('started', flush=True)\n"
        "    for _ in range(40):\n        f.write(b'more\\n'); time.sleep(0.1)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        assert (ingest_inbox(home).waiting, path.exists()) == (1, True)
        writer.wait()
    summary = ingest_inbox(home)
    assert (summary.new_documents, path.exists()) == (1, False)
    assert list_kept(home) == {hashlib.sha256(b"first\n" + b"more\n" * 40).hexdigest()}


def test_samples_stay_out_of_a_home_with_documents(home: Home, folder: Path, tmp_path: Path) -> None:
    samples = tmp_path / "samples"
    drop(samples, "sample.html", b"made up")
    assert ingest_samples(home, samples).new_documents == 1
    with open_manifest(home.manifest) as manifest:
        assert [document.source for document in read_loadable_documents(manifest)] == ["sample"]
    drop(folder, "real.txt", b"real")
    ingest_folder(home, folder)
    assert ingest_samples(home, samples).files == 0
    with open_manifest(home.manifest) as manifest:
        assert [document.file_name for document in read_loadable_documents(manifest)] == ["real.txt"]


def test_samples_no_longer_bundled_are_forgotten(home: Home, tmp_path: Path) -> None:
    samples = tmp_path / "samples"
    old = drop(samples, "sample.html", b"old text")
    ingest_samples(home, samples)
    old.write_bytes(b"new text")
    ingest_samples(home, samples)
    with open_manifest(home.manifest) as manifest:
        (document,) = read_loadable_documents(manifest)
    assert document.document_id == hashlib.sha256(b"new text").hexdigest()


def test_copies_of_a_killed_run_are_removed_after_a_day(home: Home, folder: Path) -> None:
    for name, age in (("old", 2 * 24 * 3600), ("new", 60)):
        part = home.documents / "00" / f".{name}.part"
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(b"half")
        os.utime(part, (time.time() - age, time.time() - age))
    ingest_folder(home, folder)
    assert [path.name for path in (home.documents / "00").iterdir()] == [".new.part"]
