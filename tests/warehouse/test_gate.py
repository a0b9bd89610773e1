"""The gate: every refusal has a case, and what is as it should be passes."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.home import Home
from gongkai.settings import Settings
from gongkai.warehouse.gate import (
    GateReport,
    PublishedRows,
    RegionRows,
    YearRows,
    check_gate,
    check_regions,
    check_years,
)
from tests.warehouse.built_home import SETTINGS, add_reports, build_models, load_home, write_results

Judge = Callable[..., list[str]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home").ensure()
    add_reports(made, {f"{no}.txt": f"机关{no}\n{2020 + no % 2}\n{no}" for no in range(6)} | {"short.txt": "短"})
    load_home(made)
    build_models(made)
    return made


@pytest.fixture
def judge(home: Home) -> Judge:
    def judge_warehouse(
        change: str | None = None,
        published: YearRows | None = None,
        settings: Settings = SETTINGS,
        regions: RegionRows | None = None,
    ) -> list[str]:
        rows = None if published is None else PublishedRows(published, regions or {})
        if change is not None:
            with closing(duckdb.connect(home.warehouse)) as warehouse:
                warehouse.execute(change)
        with closing(duckdb.connect(home.warehouse, read_only=True)) as warehouse:
            report: GateReport = check_gate(warehouse, settings, home.dbt_target / "run_results.json", rows)
        for message in report.messages:
            assert all((message.message_zh, message.message_en, message.hint_zh, message.hint_en))
        return [message.code for message in report.messages]

    return judge_warehouse


def test_complete_build_passes(judge: Judge) -> None:
    assert judge() == []
    assert judge(published={2020: 3, 2021: 3}) == []


@pytest.mark.parametrize(
    ("statuses", "codes"),
    [
        ({"test.a": "fail"}, ["dbt_failed"]),
        ({"model.a": "error", "model.b": "skipped"}, ["dbt_failed"]),
        ({"model.a": "success", "test.b": "skipped"}, ["dbt_skipped"]),
        ({"test.a": "warn"}, []),
    ],
)
def test_results_of_dbt_decide(judge: Judge, home: Home, statuses: dict[str, str], codes: list[str]) -> None:
    write_results(home, statuses)
    assert judge() == codes


def test_build_without_results_of_dbt_is_refused(judge: Judge, home: Home) -> None:
    (home.dbt_target / "run_results.json").unlink()
    assert judge() == ["dbt_not_run"]


def test_report_that_a_model_drops_is_missed(judge: Judge) -> None:
    dropped = "DELETE FROM marts.fct_agency_year WHERE agency_name = '机关1'"
    assert judge(dropped) == ["reports_lost", "mart_rows"]


def test_report_that_is_neither_placed_nor_unplaced_is_missed(judge: Judge) -> None:
    assert judge("DELETE FROM qc.qc_reports_unplaced; DELETE FROM qc.qc_reports_not_parsed") == ["reports_lost"]


def test_report_that_a_model_doubles_is_noticed(judge: Judge) -> None:
    doubled = "INSERT INTO marts.fct_agency_year SELECT * FROM marts.fct_agency_year LIMIT 1"
    assert judge(doubled) == ["mart_rows"]


def test_missing_year_is_refused_unless_allowed(judge: Judge) -> None:
    published = {2019: 1, 2020: 3, 2021: 3}
    assert judge(published=published) == ["year_missing"]
    assert judge(published=published, settings=SETTINGS.model_copy(update={"allow_fewer_rows": True})) == []


def test_year_that_lost_rows_is_refused_beyond_the_bound(judge: Judge) -> None:
    assert judge(published={2020: 4, 2021: 3}) == ["year_shrunk"]
    assert judge(published={2020: 4}, settings=SETTINGS.model_copy(update={"max_row_loss_share": 0.3})) == []


@given(years=st.dictionaries(st.integers(2008, 2030), st.integers(1, 10**6)), growth=st.integers(0, 1000))
def test_years_that_grow_are_never_refused(years: YearRows, growth: int) -> None:
    assert list(check_years({year: rows + growth for year, rows in years.items()}, years, 0.05)) == []


def test_parser_that_fails_on_many_documents_is_refused(judge: Judge, home: Home) -> None:
    add_reports(home, {f"bad {no}.txt": f"出错{no}" for no in range(3)})
    load_home(home)
    build_models(home)
    assert judge() == []
    add_reports(home, {f"more {no}.txt": f"出错{no + 10}" for no in range(14)})
    load_home(home)
    build_models(home)
    assert judge() == ["parser_failures"]
    assert judge(settings=SETTINGS.model_copy(update={"max_failed_share": 1.0})) == []


def test_region_that_lost_all_its_agencies_is_refused(judge: Judge) -> None:
    years = {2020: 3, 2021: 3}
    assert judge(published=years, regions={"370402": 2}) == ["region_emptied"]
    assert judge("UPDATE marts.fct_agency_year SET region_code = '370402'", years, regions={"370402": 2}) == []
    allowed = SETTINGS.model_copy(update={"allow_fewer_rows": True})
    assert judge("UPDATE marts.fct_agency_year SET region_code = NULL", years, allowed, {"370402": 2}) == []


def test_new_regions_are_welcome() -> None:
    assert list(check_regions({"370402": 1, "370403": 1}, {"370402": 5})) == []
