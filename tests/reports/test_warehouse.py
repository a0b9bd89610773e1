"""Every published report reaches the published warehouse cell for cell, and each figure leads back to its print."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.reports.published import load_expected, normalise, state_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("published reports in the warehouse")]
FILES = sorted(load_expected()) or ["no published reports"]


@pytest.fixture(scope="module")
def home(reports_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("reports_home")
    command = [sys.executable, "-m", "gongkai", "run", "--reports", str(reports_folder), "--home", str(home)]
    subprocess.run(command, check=True, capture_output=True)
    return home


@pytest.fixture(scope="module")
def published(home: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(home / "published" / "gongkai.duckdb"), read_only=True)


@pytest.fixture(scope="module")
def warehouse(home: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)


def find_report(warehouse: duckdb.DuckDBPyConnection, file: str) -> str:
    query = """
        select report_id from raw.report_documents join raw.documents using (document_id) where file_name = ?
    """
    ((report_id,),) = warehouse.execute(query, [file]).fetchall()
    return report_id


@pytest.mark.parametrize("file", FILES)
def test_raw_cells_are_as_printed(file: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        select concat_ws('.', table_id, line_id, column_id), printed_text, state, value
        from raw.report_cells where report_id = ? and state <> 'absent'
    """
    rows = warehouse.execute(query, [find_report(warehouse, file)]).fetchall()
    cells = load_expected()[file]["cells"]
    assert {row[0]: (normalise(row[1]), row[2]) for row in rows} == {
        cell_id: (normalise(text), state_of(text)) for cell_id, text in cells.items()
    }
    for cell_id, _, state, value in rows:
        printed = cells[cell_id].removesuffix("元")
        assert value == (Decimal(printed) if state == "number" else None), cell_id


@pytest.mark.parametrize("file", FILES)
def test_fact_row_holds_agency_year_and_edition(
    file: str, warehouse: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection
) -> None:
    facts = load_expected()[file]
    query = "select agency_name, report_year, edition, region_code from marts.fct_agency_year where report_id = ?"
    ((agency, year, edition, region_code),) = published.execute(query, [find_report(warehouse, file)]).fetchall()
    mixed = facts.get("edition_t3", facts["edition"]) != facts["edition"]
    assert (normalise(agency), year) == (normalise(facts["agency"]), facts["year"])
    assert edition == ("mixed" if mixed else facts["edition"])
    assert region_code == facts.get("region_code", region_code)


def test_report_that_names_no_region_stays_unlinked(published: duckdb.DuckDBPyConnection) -> None:
    query = "select agency_id like 'unlinked:%', is_linked from marts.fct_agency_year where agency_name = '区统计局'"
    assert published.execute(query).fetchall() == [(True, False)]


def test_every_link_shows_its_evidence_and_confidence(published: duckdb.DuckDBPyConnection) -> None:
    query = "select printed_agency_name, link_evidence, link_confidence from core.report_links where is_linked"
    rows = published.execute(query).fetchall()
    assert len(rows) > 10
    assert all(any(name in each for each in evidence) and confidence >= 0.9 for name, evidence, confidence in rows)


@pytest.mark.parametrize("file", FILES)
def test_printed_figures_of_table_3_are_the_fact(
    file: str, warehouse: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection
) -> None:
    cells = load_expected()[file]["cells"]
    columns = {
        "applications_received_new_count": "t3.received_new.total",
        "printed_results_total_count": "t3.results_total.total",
        "applications_carried_out_count": "t3.carried_out.total",
        "granted_full_count": "t3.granted_full.total",
    }
    query = f"select {', '.join(columns)} from marts.fct_agency_year where report_id = ?"
    (row,) = published.execute(query, [find_report(warehouse, file)]).fetchall()
    for value, cell_id in zip(row, columns.values(), strict=True):
        printed = cells.get(cell_id, "")
        if state_of(printed) == "number":
            assert value == Decimal(printed), cell_id


def test_figure_leads_back_to_its_printed_cell(published: duckdb.DuckDBPyConnection) -> None:
    query = """
        select cells.table_id, cells.line_id, cells.column_id, cells.printed_text, locator, granted_full_count
        from marts.fct_agency_year as facts
        join marts.agency_year_cells as cells using (agency_id, report_year, scope)
        where facts.agency_name = '平潭综合实验区' and report_year = 2021 and cells.column_name = 'granted_full_count'
    """
    rows = published.execute(query).fetchall()
    assert rows
    assert {(row[0], row[1], row[2]) for row in rows} == {("t3", "granted_full", "total")}
    assert all(Decimal(row[3]) == row[5] and "row" in row[4] for row in rows)


def test_printed_and_computed_totals_stand_side_by_side(published: duckdb.DuckDBPyConnection) -> None:
    query = """
        select printed_results_total_count, computed_results_total_count, results_total_agrees
        from marts.fct_agency_year where agency_name = '平潭综合实验区' and report_year = 2020
    """
    assert published.execute(query).fetchall() == [(21, 27, False)]


def test_reports_000_to_004_have_their_outcomes(published: duckdb.DuckDBPyConnection) -> None:
    query = """
        select agency_name, applications_received_new_count, granted_full_count, litigation_direct_upheld_count,
            printed_litigation_direct_total_count, disclosure_share_of_closed
        from marts.fct_agency_year
        where agency_name in ('市中区中心街街道办事处', '原州区北塬街道', '济宁市兖州区鼓楼街道办事处')
            or agency_name in ('山亭区政府办公室', '临淄区人民政府稷下街道办事处')
    """
    rows = {row[0]: row[1:] for row in published.execute(query).fetchall()}
    assert rows == {
        "市中区中心街街道办事处": (0, 0, 0, 0, None),
        "原州区北塬街道": (0, 0, 0, 0, None),
        "济宁市兖州区鼓楼街道办事处": (1, 1, 0, 0, 1.0),
        "山亭区政府办公室": (0, 0, 0, 0, None),
        "临淄区人民政府稷下街道办事处": (4, 4, 4, 4, 1.0),
    }


def test_reports_000_to_004_have_their_disclosure_counts(published: duckdb.DuckDBPyConnection) -> None:
    columns = ("count", "basis", "website_count", "new_media_count", "wechat_count", "wechat_channels_count")
    query = f"""
        select agency_name, {", ".join(f"proactive_disclosure_{column}" for column in columns)}
        from marts.fct_agency_year
        where agency_name in ('市中区中心街街道办事处', '原州区北塬街道', '济宁市兖州区鼓楼街道办事处')
            or agency_name in ('山亭区政府办公室', '临淄区人民政府稷下街道办事处')
    """
    rows = {row[0]: row[1:] for row in published.execute(query).fetchall()}
    assert rows == {
        "市中区中心街街道办事处": (749, "stated_total", 34, 513, None, None),
        "原州区北塬街道": (233, "stated_total", 37, None, None, None),
        "济宁市兖州区鼓楼街道办事处": (None, "channels_only", 33, None, None, None),
        "山亭区政府办公室": (536, "stated_total", None, None, None, None),
        "临淄区人民政府稷下街道办事处": (None, "channels_only", 160, None, 446, 72),
    }


def test_channels_stand_in_long_form(published: duckdb.DuckDBPyConnection) -> None:
    query = """
        select channel_id, disclosed_count, bound, is_part_of_total
        from marts.mart_agency_year__channels where agency_name = '市中区中心街街道办事处' order by channel_id
    """
    assert published.execute(query).fetchall() == [
        ("gov_website", 34, "exact", True),
        ("new_media", 513, "exact", True),
        ("other", 202, "exact", True),
    ]


def test_disclosure_count_leads_back_to_its_sentence(
    warehouse: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection
) -> None:
    query = """
        select sentences.value, position('749条' in sentence_text) > 0, chapter, sentences.document_id
        from marts.fct_agency_year as facts
        join marts.agency_year_sentences as sentences using (agency_id, report_year, scope)
        where facts.agency_name = '市中区中心街街道办事处' and column_name = 'proactive_disclosure_count'
    """
    (row,) = published.execute(query).fetchall()
    (document,) = warehouse.execute("select document_id from raw.documents where file_name like '000_%.txt'").fetchall()
    assert row == (749, True, 1, *document)


@pytest.mark.parametrize("file", [file for file in FILES if "statements" in load_expected().get(file, {})])
def test_every_statement_reaches_the_fact(
    file: str, warehouse: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection
) -> None:
    query = "select metric_id, value, breakdown_id, bound from core.fct_disclosure_statements where report_id = ?"
    rows = published.execute(query, [find_report(warehouse, file)]).fetchall()
    expected = [
        (s["metric_id"], Decimal(str(s["value"])), s["breakdown_id"] or None, s["bound"])
        for s in load_expected()[file]["statements"]
    ]
    assert sorted(rows, key=str) == sorted(((m, v.quantize(Decimal("1e-8")), i, b) for m, v, i, b in expected), key=str)


def test_no_report_is_lost(warehouse: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection) -> None:
    reports = {row[0] for row in warehouse.execute("select report_id from raw.reports").fetchall()}
    facts = {row[0] for row in published.execute("select report_id from marts.fct_agency_year").fetchall()}
    aside = warehouse.execute(
        "select report_id from qc.qc_reports_unplaced union select report_id from qc.qc_reports_not_parsed"
        " union select report_id from qc.qc_reports_superseded"
    ).fetchall()
    assert reports == facts | {row[0] for row in aside}
