"""The JSON of `gongkai parse`: the contract's keys, and figures with all their digits."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.commands.report_json import describe_report, write_json
from parsers.report import Finding, Identity, Report, ReportCell, Statement

FEES = ReportCell(
    table_id="t2",
    line_id="administrative_fees",
    column_id="amount_10k_cny",
    printed_text="24252.311082",
    value=Decimal("24252.311082"),
    state="number",
    unit="万元",
    remark=None,
    row_label_text="行政事业性收费",
    column_label_text="本年收费金额（单位：万元）",
    locator="table 2, row 11",
    confidence=1.0,
)
FINDING = Finding(
    1,
    "R3",
    "natural_person",
    "failed",
    None,
    "error",
    (FEES.cell_id,),
    "印为 21，应为 27",
    "printed 21, computed 27",
    "21",
)
STATED = Statement(
    1, None, "proactive_disclosures", "none", None, Decimal(749), "条", "exact", "own", "year", False, "公开749条", 1
)
REPORT = Report(
    member=None,
    carrier="html",
    reader="selectolax",
    status="parsed",
    status_reason=None,
    status_detail=None,
    content_id="c",
    identity=Identity(agency_name="平潭综合实验区", report_year=2021),
    edition_t2="format_2021",
    cells=(FEES,),
    statements=(STATED,),
    findings=(FINDING,),
)

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | decimals,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values, st.booleans())
def test_json_reads_back_as_what_was_written(value: object, ascii_only: bool) -> None:
    text = write_json(value, ascii_only=ascii_only)
    assert json.loads(text, parse_float=Decimal) == value
    assert text.isascii() or not ascii_only


def test_figure_keeps_the_digits_it_was_printed_with() -> None:
    text = write_json([describe_report("a.html", "0" * 16 + "-1", REPORT)], ascii_only=False)
    assert '"value": 24252.311082, ' in text
    assert '"printed": "24252.311082"' in text
    assert write_json(Decimal("3940.00"), ascii_only=False) == "3940.00"
    assert write_json(Decimal("1E+3"), ascii_only=False) == "1000"


def test_object_has_exactly_the_keys_of_the_contract() -> None:
    described = json.loads(write_json(describe_report("a.html", "0" * 16 + "-1", REPORT), ascii_only=True))
    assert list(described) == [
        "file",
        "member",
        "status",
        "status_reason",
        "agency_name",
        "report_year",
        "scope",
        "editions",
        "cells",
        "statements",
        "findings",
    ]
    assert described["editions"] == {"t2": "format_2021", "t3": None, "t4": None}
    assert list(described["cells"]) == ["t2.administrative_fees.amount_10k_cny"]
    assert list(described["cells"]["t2.administrative_fees.amount_10k_cny"]) == [
        "printed",
        "value",
        "state",
        "unit",
        "remark",
        "locator",
    ]
    assert list(described["findings"][0]) == [
        "report_id",
        "finding_no",
        "rule_id",
        "subject_id",
        "outcome",
        "verdict",
        "severity",
        "cells",
        "message_zh",
        "message_en",
        "evidence",
    ]
    assert described["statements"] == [
        {
            "report_id": "0" * 16 + "-1",
            "statement_no": 1,
            "whole_statement_no": None,
            "metric_id": "proactive_disclosures",
            "breakdown": "none",
            "breakdown_id": None,
            "value": 749,
            "unit": "条",
            "bound": "exact",
            "subject": "own",
            "period": "year",
            "stated_in_words": False,
            "sentence_text": "公开749条",
            "chapter": 1,
        }
    ]
