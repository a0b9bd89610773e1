"""Linked agencies in the marts: series, versions, coverage, timeliness, and a region's report beside its bodies'."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest

from tests.warehouse.dbt_builds import DbtBuild
from tests.warehouse.synthetic_reports import BUREAU, GOVERNMENT, LINKED, OTHER_STREET, REPLACED, STREET

pytestmark = pytest.mark.slow
COUNTED_2023 = next(report for report in LINKED if report.name == "new23")


@pytest.fixture
def warehouse(reports_build: DbtBuild) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        yield connection


def test_one_agency_under_three_spellings_is_one_series(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT report_year, agency_name, applications_received_new_count, applications_received_new_yoy_change_count
        FROM marts.fct_agency_year WHERE agency_id = ? ORDER BY report_year
    """
    assert warehouse.execute(query, [BUREAU]).fetchall() == [
        (2017, "甲县财政局", 5, None),
        (2021, "甲区财政局", 10, None),
        (2022, "甲区财政局", 20, 10),
        (2023, "甲市甲区财政局", 40, 20),
    ]
    names = "SELECT printed_agency_name, report_count FROM core.agency_names WHERE agency_id = ? ORDER BY ALL"
    assert warehouse.execute(names, [BUREAU]).fetchall() == [
        ("甲区财政局", 2),
        ("甲县财政局", 1),
        ("甲市甲区财政局", 2),
    ]


def test_presumed_rollup_and_stated_rollup_are_one_series(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT report_year, scope, applications_received_new_yoy_change_count
        FROM marts.fct_agency_year WHERE agency_id = ? ORDER BY report_year
    """
    assert warehouse.execute(query, [GOVERNMENT]).fetchall() == [
        (2022, "jurisdiction_rollup_presumed", None),
        (2023, "jurisdiction_rollup", 20),
    ]
    traced = """
        SELECT is_previous_year, value::INT FROM marts.agency_year_cells
        WHERE agency_id = ? AND report_year = 2023 AND column_name = 'applications_received_new_yoy_change_count'
        ORDER BY is_previous_year
    """
    assert warehouse.execute(traced, [GOVERNMENT]).fetchall() == [(False, 100), (True, 80)]


def test_county_that_became_a_district_is_one_region_with_its_history(warehouse: duckdb.DuckDBPyConnection) -> None:
    regions = """
        SELECT region_code, region_name, former_codes, former_names, province_name, prefecture_name, county_name
        FROM core.dim_regions WHERE region_id = '990182'
    """
    place = ("甲省", "甲市", "甲区")
    assert warehouse.execute(regions).fetchall() == [("990101", "甲区", ["990182"], ["甲县"], *place)]
    query = "SELECT DISTINCT region_code, county_name, is_linked FROM marts.fct_agency_year WHERE agency_id = ?"
    assert warehouse.execute(query, [BUREAU]).fetchall() == [("990101", "甲区", True)]


def test_two_streets_of_one_name_and_year_are_two_rows(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT agency_id, is_linked FROM marts.fct_agency_year
        WHERE agency_name = '鼓楼街道办事处' AND report_year = 2023 ORDER BY agency_id
    """
    assert warehouse.execute(query).fetchall() == [(STREET, True), (OTHER_STREET.agency_id, False)]


def test_one_version_counts_and_the_moved_figures_are_listed(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT report_id, counted_report_id, superseded_reason FROM qc.qc_reports_superseded"
    pair = (REPLACED.report_id, COUNTED_2023.report_id)
    assert warehouse.execute(query).fetchall() == [(*pair, "other_version")]
    moved = """
        SELECT line_id, column_id, superseded_value::INT, counted_value::INT, value_change::INT
        FROM core.fct_report_revisions WHERE (superseded_report_id, counted_report_id) = (?, ?) ORDER BY ALL
    """
    lines = ("carried_out", "received_new")
    columns = ("natural_person", "total")
    expected = [(line, column, 39, 40, 1) for line in lines for column in columns]
    assert warehouse.execute(moved, list(pair)).fetchall() == expected


def test_timeliness_goes_by_the_right_deadline_and_only_with_a_date(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT agency_id, report_year, publication_deadline_date, is_published_on_time
        FROM marts.fct_agency_year WHERE is_linked ORDER BY agency_id, report_year
    """
    assert warehouse.execute(query).fetchall() == [
        (STREET, 2021, dt.date(2022, 1, 31), True),
        (STREET, 2023, dt.date(2024, 1, 31), True),
        (GOVERNMENT, 2022, dt.date(2023, 3, 31), True),
        (GOVERNMENT, 2023, dt.date(2024, 3, 31), True),
        (BUREAU, 2017, dt.date(2018, 3, 31), True),
        (BUREAU, 2021, dt.date(2022, 1, 31), True),
        (BUREAU, 2022, dt.date(2023, 1, 31), False),
        (BUREAU, 2023, dt.date(2024, 1, 31), False),
    ]
    unlinked = "SELECT count(*) FROM marts.fct_agency_year WHERE NOT is_linked AND is_published_on_time IS NOT NULL"
    assert warehouse.execute(unlinked).fetchall() == [(0,)]


def test_region_and_its_bodies_stand_side_by_side_and_are_not_doubled(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT government_agency_id, government_applications_received_new_count,
            own_bodies_applications_received_new_sum, own_bodies_applications_received_new_known_count,
            own_body_report_count
        FROM marts.mart_region_year WHERE region_code = '990101' AND report_year = 2023
    """
    assert warehouse.execute(query).fetchall() == [(GOVERNMENT, 100, 42, 2, 2)]
    doubled = """
        SELECT count(*) FROM marts.fct_agency_year AS facts JOIN marts.mart_region_year AS regions
            ON facts.report_id = regions.government_report_id
        WHERE facts.scope = 'own_body'
    """
    assert warehouse.execute(doubled).fetchall() == [(0,)]


def test_missing_year_shows_in_coverage(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT report_year, expected_count, found_count, missing_seen_before_count
        FROM marts.mart_publication_coverage
        WHERE region_code = '990101' AND administrative_level = 'township' AND report_year >= 2021 ORDER BY report_year
    """
    assert warehouse.execute(query).fetchall() == [(2021, 1, 1, 0), (2022, 1, 0, 1), (2023, 1, 1, 0)]


def test_region_without_any_report_shows_as_empty(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT region_name, sum(expected_count), sum(found_count), sum(missing_never_seen_count)
        FROM marts.mart_publication_coverage
        WHERE report_year = 2023 AND administrative_level = 'prefecture' GROUP BY ALL
    """
    assert warehouse.execute(query).fetchall() == [("甲市", 1, 0, 1)]


def test_people_add_and_strike_who_should_report(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT report_year, expected_count, found_count, missing_seen_before_count, missing_never_seen_count,
            struck_count
        FROM marts.mart_publication_coverage
        WHERE region_code = '990101' AND administrative_level = 'county' AND report_year >= 2021 ORDER BY report_year
    """
    assert warehouse.execute(query).fetchall() == [(2021, 1, 1, 0, 0, 1), (2022, 2, 2, 0, 0, 0), (2023, 3, 2, 0, 1, 0)]
