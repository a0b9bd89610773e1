"""The parsed cache: only what is new is read, a bad document costs only itself, a killed run loses nothing."""

import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from gongkai.home import Home
from gongkai.pipeline import ingest_folder
from gongkai.settings import Settings
from gongkai.store.caches import open_caches, remove_stale_caches
from gongkai.store.parsed import LostDocumentError, OnProgress, ParseSummary, parse_documents
from gongkai.store.reading import ParseProgress, ParserVersions
from tests.gongkai.store.example_parsers import LATER_FORM, VERSIONS, read_example_document, read_example_reports

FIGURE = Decimal("24252.311082")
REPORT = f"甲区财政局\n2023\n{FIGURE}"
KILLED_RUN = """
import sys
from pathlib import Path
from gongkai.home import Home
from gongkai.settings import Settings
from tests.gongkai.store.test_parsed import parse

if __name__ == "__main__":
    settings = Settings(workers=2, batch_size=10)
    parse(Home(Path(sys.argv[1])), settings, on_progress=lambda progress: print(progress.stage, flush=True))
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


def parse(
    home: Home,
    settings: Settings | None = None,
    versions: ParserVersions = VERSIONS,
    on_progress: OnProgress | None = None,
) -> ParseSummary:
    return parse_documents(
        home,
        Settings(workers=0) if settings is None else settings,
        on_progress,
        read_document=read_example_document,
        read_page_reports=read_example_reports,
        versions=versions,
    )


def add(home: Home, texts: dict[str, str]) -> None:
    folder = home.root.parent / "reports"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf8")
    ingest_folder(home, folder)


def read_table(
    home: Home, table: str, settings: Settings | None = None, versions: ParserVersions = VERSIONS
) -> pl.DataFrame:
    _, reports = open_caches(home, Settings(workers=0) if settings is None else settings, versions)
    frame = pl.concat([pl.read_parquet(file) for file in reports.list_files(table)])
    return frame.sort(frame.columns[0])


def list_reasons(home: Home, settings: Settings | None = None) -> dict[str, str | None]:
    """The reason for each status, by the first line of the document it came from."""
    documents = read_table(home, "report_documents", settings)
    reports = read_table(home, "reports", settings).join(documents, on="report_id")
    return {
        home.document(document_id).read_text(encoding="utf8").splitlines()[0]: reason
        for document_id, reason in reports.select("document_id", "status_reason").iter_rows()
    }


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_figures_keep_every_digit_and_lists_stay_lists(home: Home) -> None:
    add(home, {"a.txt": REPORT})
    assert parse(home).reports_read == 1
    cells = read_table(home, "report_cells")
    assert cells.schema["value"] == pl.Decimal(24, 8)
    assert cells["value"].to_list() == [FIGURE]
    assert read_table(home, "report_findings")["cells"].to_list() == [
        ["t2.administrative_fees.amount_10k_cny", "t3.a.b"]
    ]


def test_second_run_reads_nothing_and_touches_no_file(home: Home) -> None:
    add(home, {"a.txt": REPORT, "b.txt": "短"})
    parse(home)
    before = snapshot(home.parsed)
    summary = parse(home)
    assert (summary.documents, summary.pages_read, summary.documents_read, summary.has_news) == (2, 0, 0, False)
    assert snapshot(home.parsed) == before


def test_only_new_documents_are_read(home: Home) -> None:
    add(home, {"a.txt": REPORT})
    parse(home)
    add(home, {"b.txt": f"{REPORT}\n乙"})
    assert (parse(home).pages_read, len(read_table(home, "reports"))) == (1, 2)


def test_new_form_version_reads_from_the_cached_pages(home: Home) -> None:
    add(home, {f"{no}.txt": f"{REPORT}\n{no}" for no in range(5)})
    settings = Settings(workers=0, batch_size=2)
    parse(home, settings)
    summary = parse(home, settings, LATER_FORM)
    assert (summary.pages_read, summary.documents_read) == (0, 5)
    assert set(read_table(home, "reports", settings, LATER_FORM)["form_version"]) == {"form-2"}
    assert len(remove_stale_caches(home, settings, LATER_FORM)) == 1
    assert parse(home, settings, LATER_FORM).documents_read == 0
    assert parse(home, settings).documents_read == 5


@pytest.mark.slow
def test_batches_hold_neighbours_by_id_and_each_document_once(home: Home) -> None:
    add(home, {f"{no}.txt": f"{REPORT}\n{no}" for no in range(60)})
    settings = Settings(workers=2, batch_size=30)
    seen: list[ParseProgress] = []
    parse(home, settings, on_progress=seen.append)
    assert seen[-1] == ParseProgress("reports", 60, 60)
    _, reports = open_caches(home, settings, VERSIONS)
    batches = [pl.read_parquet(file)["document_id"].to_list() for file in reports.list_files("report_documents")]
    assert sorted(map(len, batches)) == [30, 30]
    first, second = sorted(batches)
    assert first == sorted(first)
    assert first[-1] < second[0]


def test_document_that_breaks_a_stage_is_recorded_and_the_rest_goes_on(home: Home) -> None:
    add(home, {"a.txt": REPORT, "b.txt": "出错", "c.txt": "读错\n2023\n1", "d.txt": "重复\n2023\n1"})
    summary = parse(home)
    assert list_reasons(home) == {
        "甲区财政局": None,
        "出错": "parser_error",
        "读错": "parser_error",
        "重复": "parser_error",
    }
    details = {unread.file_name: unread.status_detail or "" for unread in summary.unread}
    assert details["b.txt"].startswith("ValueError: a bad document: <object object at 0x…>")
    assert "the form's reader stumbled" in details["c.txt"]
    assert "stands twice" in details["d.txt"]


@pytest.mark.parametrize("figure", ["0.123456789", "12345678901234567", "Infinity"])
def test_figure_that_the_column_would_cut_is_no_silent_loss(home: Home, figure: str) -> None:
    add(home, {"a.txt": f"甲\n2023\n{figure}"})
    (unread,) = parse(home).unread
    assert unread.status_reason == "parser_error"
    assert "DECIMAL(24,8) would cut" in (unread.status_detail or "")
    assert read_table(home, "report_cells").is_empty()


def test_members_of_one_document_are_reports_of_their_own(home: Home) -> None:
    add(home, {"a.txt": f"{REPORT}\n两份"})
    assert parse(home).reports_read == 2
    documents = read_table(home, "report_documents")
    assert documents["member"].to_list() == ["1.txt", "2.txt"]
    assert documents["role"].unique().to_list() == ["member"]
    assert [report_id[-2:] for report_id in documents["report_id"]] == ["-1", "-2"]


def test_limit_of_bytes_is_part_of_what_a_result_depends_on(home: Home) -> None:
    add(home, {"a.txt": REPORT})
    small = Settings(workers=0, max_bytes=10)
    assert [unread.status_reason for unread in parse(home, small).unread] == ["too_large"]
    assert parse(home).unread == []


def test_lost_bytes_are_complained_about_with_a_hint(home: Home) -> None:
    add(home, {"a.txt": REPORT})
    for path in home.documents.rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(LostDocumentError, match="hint: ingest the same files again"):
        parse(home)


@pytest.mark.slow
def test_crash_and_endless_reading_cost_only_their_document(home: Home) -> None:
    add(home, {"a.txt": "杀死", "b.txt": "无尽", **{f"{no}.txt": f"{no}\n2023\n{no}" for no in range(30)}})
    settings = Settings(workers=2, document_seconds=3)
    parse(home, settings)
    reasons = list_reasons(home, settings)
    assert reasons.pop("杀死") == "parser_crashed"
    assert reasons.pop("无尽") == "parser_timeout"
    assert reasons == {str(no): None for no in range(30)}


@pytest.mark.slow
def test_killed_run_loses_and_doubles_nothing(home: Home, tmp_path: Path) -> None:
    add(home, {f"{no}.txt": f"{no}\n2023\n{no}" for no in range(300)})
    script = tmp_path / "run.py"
    script.write_text(KILLED_RUN, encoding="utf8")
    settings = Settings(workers=2, batch_size=10)
    pages, reports = open_caches(home, settings, VERSIONS)
    for stage in ("pages", "reports"):
        with subprocess.Popen([sys.executable, script, home.root], stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            for line in run.stdout:
                if line.decode().strip() == stage:
                    break
            time.sleep(0.1)
            run.send_signal(signal.SIGKILL)
    assert len(reports.list_documents()) < 300
    (reports.folder / ".half").mkdir(exist_ok=True)
    parse(home, settings)
    documents = read_table(home, "report_documents", settings)
    assert documents["document_id"].n_unique() == len(documents) == 300
    assert not [path.name for path in (*reports.folder.glob(".*"), *pages.folder.glob(".*"))]
