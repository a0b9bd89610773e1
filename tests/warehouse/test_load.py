"""The raw tables: loaded whole, typed as defined, samples left out, and untouched when nothing is new."""

import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from gongkai.home import Home
from gongkai.pipeline import ingest_samples
from gongkai.settings import Settings
from gongkai.warehouse.load import LoadError, build_raw_tables
from gongkai.warehouse.schema import SQL_TYPES, load_raw_tables
from tests.gongkai.store.example_parsers import LATER_FORM, VERSIONS
from tests.warehouse.built_home import SETTINGS, add_reports, load_home

REPORT = "甲区财政局\n2023\n24252.311082"
KILLED_LOAD = """
import sys
from pathlib import Path
from gongkai.home import Home
from gongkai.warehouse.load import build_raw_tables
from tests.gongkai.store.example_parsers import LATER_FORM, VERSIONS
from tests.warehouse.built_home import SETTINGS
print("ready", flush=True)
while True:
    for versions in (VERSIONS, LATER_FORM):
        assert build_raw_tables(Home(Path(sys.argv[1])), SETTINGS, versions).changed
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


def query(home: Home, sql: str) -> list[tuple[object, ...]]:
    with closing(duckdb.connect(home.warehouse, read_only=True)) as warehouse:
        return warehouse.execute(sql).fetchall()


def test_figures_in_the_warehouse_keep_every_digit(home: Home) -> None:
    add_reports(home, {"a.txt": REPORT})
    assert load_home(home).rows["report_cells"] == 1
    assert query(home, "SELECT value::VARCHAR, printed_text FROM raw.report_cells") == [
        ("24252.31108200", "24252.311082")
    ]
    assert query(home, "SELECT cells FROM raw.report_findings") == [
        (["t2.administrative_fees.amount_10k_cny", "t3.a.b"],)
    ]


def test_tables_have_the_columns_types_and_comments_of_the_definition(home: Home) -> None:
    load_home(home)
    built = query(
        home,
        "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()"
        " WHERE schema_name = 'raw' ORDER BY table_name, column_index",
    )
    defined = [
        (
            table.name,
            column.name,
            SQL_TYPES[column.type].replace(", ", ","),
            column.optional,
            f"{column.zh}\n{column.en}",
        )
        for table in sorted(load_raw_tables().values(), key=lambda table: table.name)
        for column in table.columns
    ]
    assert built == defined
    comments = query(home, "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'raw'")
    assert set(comments) == {(name, f"{table.zh}\n{table.en}") for name, table in load_raw_tables().items()}


def test_documents_come_from_the_manifest_with_times_in_utc(home: Home) -> None:
    add_reports(home, {"a.txt": REPORT})
    load_home(home)
    ((name, source, media_type, size, age),) = query(
        home,
        "SELECT file_name, source, media_type, byte_size, epoch(first_seen_at) FROM raw.documents",
    )
    assert (name, source, media_type, size) == ("a.txt", "folder", "text/plain", len(REPORT.encode()))
    assert isinstance(age, float)
    assert abs(age - time.time()) < 600


def test_loading_again_changes_nothing(home: Home) -> None:
    add_reports(home, {"a.txt": REPORT})
    assert load_home(home).changed
    before = home.warehouse.read_bytes()
    again = load_home(home)
    assert (again.changed, again.rows["reports"]) == (False, 1)
    assert home.warehouse.read_bytes() == before


def test_load_replaces_tables_that_views_look_at(home: Home) -> None:
    add_reports(home, {"a.txt": REPORT})
    load_home(home)
    with closing(duckdb.connect(home.warehouse)) as warehouse:
        warehouse.execute("CREATE SCHEMA staging; CREATE VIEW staging.reports AS SELECT * FROM raw.reports")
    add_reports(home, {"b.txt": f"{REPORT}\n乙"})
    load_home(home)
    assert query(home, "SELECT count(*) FROM staging.reports") == [(2,)]


def test_samples_leave_the_tables_when_a_real_document_comes(home: Home, tmp_path: Path) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    (samples / "sample.txt").write_text("样例局\n2022\n1", encoding="utf8")
    ingest_samples(home, samples)
    summary = load_home(home)
    assert (summary.state.is_sample, summary.rows["report_cells"]) == (True, 1)
    add_reports(home, {"a.txt": REPORT})
    assert load_home(home).state.is_sample is False
    assert query(home, "SELECT file_name FROM raw.documents") == [("a.txt",)]
    for table in ("reports", "report_cells", "report_findings", "report_rule_counts", "report_documents"):
        assert query(home, f"SELECT count(*) FROM raw.{table}") == [(1,)]


def test_document_that_was_not_parsed_stops_the_load_and_leaves_the_tables(home: Home) -> None:
    add_reports(home, {"a.txt": REPORT})
    load_home(home)
    add_reports(home, {"b.txt": "乙\n2023\n1"})
    with pytest.raises(LoadError, match=r"not parsed: first `b\.txt`"):
        build_raw_tables(home, SETTINGS, VERSIONS)
    assert query(home, "SELECT count(*) FROM raw.reports") == [(1,)]


def test_decisions_on_who_should_report_are_loaded_and_an_unsound_one_stops_the_load(
    home: Home, tmp_path: Path
) -> None:
    settings = replace_portals(tmp_path, "枣庄市市中区教育局,expected,2021,,it reports,2026-11-29")
    assert load_home(home, settings).rows["expected_agencies"] == 1
    assert not load_home(home, settings).changed
    replace_portals(tmp_path, "市中区教育局,expected,2021,,it reports,2026-11-29")
    with pytest.raises(LoadError) as stopped:
        load_home(home, settings)
    assert f"{tmp_path / 'expected_agencies.csv'}, line 2: `市中区教育局` is not one body" in str(stopped.value)
    assert "hint: mend the line or take it out" in str(stopped.value)
    assert query(home, "SELECT agency_id, first_year, last_year FROM raw.expected_agencies") == [
        ("370402:教育局", 2021, None)
    ]
    replace_portals(tmp_path)
    assert load_home(home, settings).rows["expected_agencies"] == 0


def replace_portals(folder: Path, *lines: str) -> Settings:
    """Settings with a register of portals that holds only these decisions on who should report."""
    header = "agency_name,decision,first_year,last_year,reason,decided_on"
    (folder / "expected_agencies.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return SETTINGS.model_copy(update={"portals": folder})


def test_same_documents_give_the_same_tables_after_deleting_what_can_be_rebuilt(home: Home) -> None:
    add_reports(home, {f"{no}.txt": f"机关{no}\n2023\n{no}" for no in range(7)})
    load_home(home, SETTINGS.model_copy(update={"batch_size": 2}))
    tables = {name: query(home, f"SELECT * FROM raw.{name}") for name in load_raw_tables()}
    home.warehouse.unlink()
    for path in sorted(home.parsed.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    load_home(home, SETTINGS.model_copy(update={"batch_size": 5}))
    assert {name: query(home, f"SELECT * FROM raw.{name}") for name in load_raw_tables()} == tables


def test_damaged_warehouse_is_named_with_the_remedy(home: Home) -> None:
    home.warehouse.write_bytes(b"no database at all" * 1000)
    with pytest.raises(LoadError, match="hint: close what has it open"):
        load_home(home)
    home.warehouse.unlink()
    assert load_home(home).changed


@pytest.mark.slow
def test_killed_load_leaves_the_tables_of_one_load_whole(home: Home) -> None:
    add_reports(home, {f"{no}.txt": f"机关{no}\n2023\n{no}" for no in range(50)})
    load_home(home, versions=LATER_FORM)
    load_home(home)
    for pause in (0.05, 0.2, 0.35, 0.5):
        with subprocess.Popen([sys.executable, "-c", KILLED_LOAD, home.root], stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == b"ready\n"
            time.sleep(pause)
            run.send_signal(signal.SIGKILL)
        counts = query(
            home, "SELECT count(*), count(DISTINCT report_id), count(DISTINCT form_version) FROM raw.reports"
        )
        assert counts == [(50, 50, 1)]
        assert query(home, "SELECT count(*) FROM raw.report_cells") == [(50,)]
        state = query(home, "SELECT form_version FROM gongkai_state.load")
        assert query(home, "SELECT DISTINCT form_version FROM raw.reports") == state
