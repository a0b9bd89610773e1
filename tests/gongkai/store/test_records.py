"""Rows of the raw tables: what a column holds comes back digit for digit, what it cannot hold is refused."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.store.records import RecordError, TableRows, collect_frames, fits_column, list_rows
from parsers.report import Chapter, Identity, Report, ReportCell, Statement, UnplacedCell

CELL = ReportCell("t3", "a", "b", "4", Decimal(4), "number", None, None, "行", "列", "place", 1.0)
STATED = Statement(
    1, None, "applications_closed", "none", None, Decimal(4), "件", "exact", "own", "year", True, "句", 1
)
REPORT = Report(
    member=None,
    carrier="text",
    reader="example",
    status="parsed",
    status_reason=None,
    status_detail=None,
    content_id="c",
    identity=Identity(agency_name="甲", report_year=2023, signed_date=dt.date(2024, 1, 20)),
    cells=(CELL,),
)


def write(report: Report) -> TableRows:
    return list_rows("a" * 64, 1, report, "carrier", "form")


@given(st.decimals(allow_nan=True, allow_infinity=True))
@example(Decimal("24252.311082"))
@example(Decimal("-9999999999999999.99999999"))
@example(Decimal("1E+15"))
def test_value_comes_back_digit_for_digit_or_is_refused(value: Decimal) -> None:
    report = replace(REPORT, cells=(replace(CELL, value=value),))
    if not fits_column(value):
        with pytest.raises(RecordError, match="would cut"):
            write(report)
        return
    assert collect_frames([write(report)])["report_cells"]["value"].to_list() == [value]


def test_every_table_is_written_though_empty(tmp_path: Path) -> None:
    frames = collect_frames([write(REPORT)])
    for name, frame in frames.items():
        path = tmp_path / f"{name}.parquet"
        frame.write_parquet(path)
        assert pl.read_parquet(path).schema == frame.schema
    assert frames["report_statements"].is_empty()
    assert frames["reports"]["signed_date"].to_list() == [dt.date(2024, 1, 20)]


def test_statement_is_a_row_with_its_sentence() -> None:
    (row,) = collect_frames([write(replace(REPORT, statements=(STATED,)))])["report_statements"].to_dicts()
    assert (row["report_id"], row["statement_no"], row["value"]) == ("a" * 16 + "-1", 1, Decimal(4))
    assert (row["whole_statement_no"], row["breakdown_id"], row["stated_in_words"]) == (None, None, True)
    assert row["sentence_text"] == "句"


@pytest.mark.parametrize(
    "report",
    [
        replace(REPORT, cells=(CELL, CELL)),
        replace(REPORT, cells=(replace(CELL, state="blank"),)),
        replace(REPORT, cells=(replace(CELL, value=None),)),
        replace(REPORT, cells=(replace(CELL, printed_text="\ud800"),)),
        replace(REPORT, identity=Identity(report_year=2**31)),
        replace(REPORT, chapters=(Chapter(1, "一", "正文"), Chapter(1, "一", "又一"))),
        replace(REPORT, statements=(STATED, STATED)),
        replace(REPORT, statements=(replace(STATED, value=Decimal(10) ** 17),)),
        replace(REPORT, unplaced_cells=(UnplacedCell(2**31, None, None, "4", "place", "reason"),)),
    ],
    ids=[
        *("doubled cell", "value of a blank", "number without value", "half a character", "year", "chapter"),
        *("doubled statement", "large statement", "cell no"),
    ],
)
def test_report_that_breaks_the_contract_is_refused(report: Report) -> None:
    with pytest.raises(RecordError):
        write(report)
