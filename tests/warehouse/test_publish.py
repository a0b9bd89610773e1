"""Published files: complete in themselves, replaced in one step, and untouched when nothing has changed."""

import hashlib
import json
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pytest

from gongkai.home import Home
from gongkai.pipeline import publish_catalogue
from gongkai.warehouse.catalogue import needs_catalogue
from gongkai.warehouse.checksums import read_checksums
from gongkai.warehouse.publish import PublishError, PublishSummary, needs_build, publish_warehouse
from tests.gongkai.store.example_parsers import LATER_FORM, VERSIONS
from tests.warehouse.built_home import SETTINGS, add_reports, build_models, load_home, make_dbt_project, write_results

READER = """
import json, sys, time
from pathlib import Path
import duckdb
path, stop = sys.argv[1], Path(sys.argv[2])
opened, seen = 0, set()
while not stop.exists():
    connection = duckdb.connect(path, read_only=True)
    rows = connection.execute("SELECT count(*), count(DISTINCT report_id) FROM marts.fct_agency_year").fetchall()
    connection.close()
    opened += 1
    seen.add(rows[0])
    if opened == 1:
        print("reading", flush=True)
    time.sleep(0.05)
print(opened, json.dumps(sorted(seen)))
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home").ensure()
    add_reports(made, {f"{no}.txt": f"机关{no}\n{2020 + no % 2}\n{no}.5" for no in range(6)} | {"short.txt": "短"})
    return made


def build(home: Home) -> PublishSummary:
    load_home(home)
    return publish_warehouse(home, SETTINGS, make_dbt_project(home.root.parent), build_models(home))


def query(home: Home, sql: str) -> list[tuple[object, ...]]:
    with closing(duckdb.connect(home.published_warehouse, read_only=True)) as published:
        return published.execute(sql).fetchall()


def snapshot(home: Home) -> dict[str, tuple[int, str]]:
    return {
        str(path.relative_to(home.published)): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in home.published.rglob("*")
        if path.is_file()
    }


def test_published_file_needs_nothing_beside_it(home: Home) -> None:
    summary = build(home)
    assert (summary.changed, summary.gate.passed) == (True, True)
    home.warehouse.unlink()
    assert query(home, "SELECT count(*) FROM marts.fct_agency_year") == [(6,)]
    assert query(home, "SELECT value::VARCHAR FROM marts.agency_year_cells WHERE printed_text = '3.5'") == [
        ("3.50000000",)
    ]
    schemas = query(home, "SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1")
    assert schemas == [("core",), ("marts",)]


def test_comments_are_published(home: Home) -> None:
    build(home)
    assert query(home, "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY 1") == [
        ("agency_year_cells", "机关年度与单元格'对应。"),
        ("fct_agency_year", "机关年度。\nOne row an agency and year."),
    ]
    assert query(home, "SELECT column_name FROM duckdb_columns() WHERE comment = '报告年度。'") == [("report_year",)]


def test_storage_is_readable_by_older_clients(home: Home) -> None:
    build(home)
    ((tags,),) = query(home, "SELECT tags FROM duckdb_databases() WHERE database_name = 'gongkai'")
    assert isinstance(tags, dict)
    assert tags["storage_version"].startswith("v1.2.0")


def test_parquet_stands_for_public_and_raw_tables(home: Home) -> None:
    build(home)
    found = {path.relative_to(home.published_parquet).as_posix() for path in home.published_parquet.rglob("*.parquet")}
    assert {"marts/fct_agency_year.parquet", "core/dim_rules.parquet", "raw/report_cells.parquet"} <= found
    assert not any(name.startswith(("qc/", "staging/", "gongkai_state/")) for name in found)
    assert pl.read_parquet(home.published_parquet / "raw/report_cells.parquet").schema["value"] == pl.Decimal(24, 8)


def test_checksums_name_every_file_with_hash_and_rows(home: Home) -> None:
    build(home)
    listed = {file["file"]: file for file in json.loads(home.checksums.read_text(encoding="utf8"))["files"]}
    on_disk = {name: digest for name, (_, digest) in snapshot(home).items() if name != "checksums.json"}
    assert {name: file["sha256"] for name, file in listed.items()} == on_disk
    assert listed["parquet/marts/fct_agency_year.parquet"]["rows"] == 6
    assert listed["gongkai.duckdb"]["tables"]["marts.fct_agency_year"] == 6


def test_publishing_again_touches_no_file(home: Home, tmp_path: Path) -> None:
    build(home)
    publish_catalogue(home, write_page(tmp_path, "made at noon"))
    before = snapshot(home)
    assert build(home).changed is False
    assert publish_catalogue(home, write_page(tmp_path, "made an hour later")).changed is False
    assert snapshot(home) == before
    assert not needs_build(home, SETTINGS, make_dbt_project(tmp_path), VERSIONS)


def test_same_tables_after_deleting_what_can_be_rebuilt(home: Home) -> None:
    build(home)
    tables = ("marts.fct_agency_year", "marts.agency_year_cells", "core.dim_rules")
    before = {table: query(home, f"SELECT * FROM {table}") for table in tables}
    for folder in (home.parsed, home.published):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    home.warehouse.unlink()
    build(home)
    assert {table: query(home, f"SELECT * FROM {table}") for table in tables} == before


def test_refused_build_leaves_the_last_good_files(home: Home) -> None:
    build(home)
    before = snapshot(home)
    add_reports(home, {"new.txt": "新机关\n2021\n1"})
    load_home(home)
    build_models(home)
    results = write_results(home, {"test.gongkai.unique": "fail"})
    summary = publish_warehouse(home, SETTINGS, make_dbt_project(home.root.parent), results)
    assert (summary.changed, summary.gate.passed) == (False, False)
    assert snapshot(home) == before


def test_year_that_vanished_since_the_last_publish_is_refused(home: Home) -> None:
    build(home)
    load_home(home, versions=LATER_FORM)
    results = build_models(home)
    with closing(duckdb.connect(home.warehouse)) as warehouse:
        warehouse.execute("UPDATE marts.fct_agency_year SET report_year = 2021")
    project = make_dbt_project(home.root.parent)
    summary = publish_warehouse(home, SETTINGS, project, results)
    assert [message.code for message in summary.gate.messages] == ["year_missing"]
    allowed = SETTINGS.model_copy(update={"allow_fewer_rows": True})
    assert publish_warehouse(home, allowed, project, results).changed


def test_build_is_needed_for_every_kind_of_news(home: Home, tmp_path: Path) -> None:
    project = make_dbt_project(tmp_path)
    assert needs_build(home, SETTINGS, project, VERSIONS)
    build(home)
    assert not needs_build(home, SETTINGS, project, VERSIONS)
    assert needs_build(home, SETTINGS, project, LATER_FORM)
    make_dbt_project(tmp_path, "select 2")
    assert needs_build(home, SETTINGS, project, VERSIONS)
    make_dbt_project(tmp_path)
    parquet = home.published_parquet / "marts/fct_agency_year.parquet"
    kept = parquet.read_bytes()
    parquet.unlink()
    assert needs_build(home, SETTINGS, project, VERSIONS)
    parquet.write_bytes(kept)
    add_reports(home, {"new.txt": "新机关\n2021\n1"})
    assert needs_build(home, SETTINGS, project, VERSIONS)


def test_missing_file_is_published_again(home: Home) -> None:
    build(home)
    home.published_warehouse.unlink()
    assert build(home).changed
    assert query(home, "SELECT count(*) FROM marts.fct_agency_year") == [(6,)]


def test_remains_of_a_killed_publish_do_no_harm(home: Home) -> None:
    remains = home.published / ".building" / "gongkai.duckdb"
    remains.parent.mkdir(parents=True)
    remains.write_bytes(b"half")
    assert build(home).changed
    assert not remains.parent.exists()


def test_table_that_is_no_longer_built_leaves_the_parquet_folder(home: Home) -> None:
    build(home)
    with closing(duckdb.connect(home.warehouse)) as warehouse:
        warehouse.execute("DROP TABLE core.dim_rules; CREATE TABLE core.dim_metrics AS SELECT 1 AS metric_id")
    project = make_dbt_project(home.root.parent, "select 2")
    publish_warehouse(home, SETTINGS, project, home.dbt_target / "run_results.json")
    assert [path.name for path in (home.published_parquet / "core").iterdir()] == ["dim_metrics.parquet"]


def test_caches_of_older_parsers_go_after_a_publish(home: Home) -> None:
    build(home)
    load_home(home, versions=LATER_FORM)
    assert len(list((home.parsed / "reports").iterdir())) == 2
    publish_warehouse(home, SETTINGS, make_dbt_project(home.root.parent), build_models(home))
    assert [folder.name[:6] for folder in (home.parsed / "reports").iterdir()] == ["form-2"]


def test_catalogue_belongs_to_the_tables_it_was_made_for(home: Home, tmp_path: Path) -> None:
    page = write_page(tmp_path, "first")
    with pytest.raises(PublishError, match="no tables are published"):
        publish_catalogue(home, page)
    build(home)
    assert needs_catalogue(home)
    assert publish_catalogue(home, page).changed
    assert not needs_catalogue(home)
    add_reports(home, {"new.txt": "新机关\n2021\n1"})
    build(home)
    assert needs_catalogue(home)
    assert publish_catalogue(home, write_page(tmp_path, "second")).changed
    assert home.catalogue.read_text(encoding="utf8") == "second"
    checksums = read_checksums(home)
    assert checksums is not None
    assert [file.file for file in checksums.files].count("catalogue/index.html") == 1


@pytest.mark.slow
def test_reader_sees_old_or_new_and_never_an_error(home: Home, tmp_path: Path) -> None:
    build(home)
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", READER, str(home.published_warehouse), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for no in range(4):
            add_reports(home, {f"new {no}.txt": f"新机关{no}\n2021\n1"})
            assert build(home).changed
            time.sleep(0.2)
        stop.touch()
        output, errors = reader.communicate(timeout=30)
    opened, seen = output.split(" ", 1)
    assert (reader.returncode, errors) == (0, "")
    assert int(opened) > 10
    assert {(6, 6), (10, 10)} <= {tuple(rows) for rows in json.loads(seen)}


def write_page(folder: Path, text: str) -> Path:
    page = folder / "static_index.html"
    page.write_text(text, encoding="utf8")
    return page
