"""The text against the tables and against itself: what agrees, what conflicts, and what cannot be judged."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

import pytest

from parsers.form import load_form
from parsers.page import Page
from parsers.prose.comparison import ProseCheck, check_statements, load_comparisons
from parsers.prose.statements import read_statements
from parsers.relations.structure import check_fees_stated
from parsers.report import Chapter, ReportCell, TableId
from parsers.tables import read_tables
from tests.parsers.tables.grids import list_cell_ids, make_grid, print_table

YEAR = 2023


def make_cell(cell_id: str, printed: str) -> ReportCell:
    table_id, line_id, column_id = cell_id.split(".")
    tables: dict[str, TableId] = {"t3": "t3", "t4": "t4"}
    value = Decimal(printed) if printed else None
    state = "number" if printed else "blank"
    return ReportCell(
        tables[table_id], line_id, column_id, printed, value, state, None, None, None, None, "a table", 1.0
    )


def check(text: str, cells: Mapping[str, str] = MappingProxyType({}), *proved_zero: str) -> ProseCheck:
    """Judges a text against cells, given by id with what they print."""
    made = [make_cell(cell_id, printed) for cell_id, printed in cells.items()]
    return check_statements(read_statements((Chapter(1, "", text),), YEAR, None), made, frozenset(proved_zero))


def judge(rule_id: str, result: ProseCheck) -> str:
    """`passed`, `failed` or `not_assessable`, where a rule was asked once; `silent` where it was not asked."""
    (count,) = (count for count in result.rule_counts if count.rule_id == rule_id)
    judged = {"passed": count.passed, "failed": count.failed, "not_assessable": count.not_assessable}
    asked = [name for name, times in judged.items() if times]
    assert sum(judged.values()) == len(asked), judged
    return asked[0] if asked else "silent"


NEW_4 = {"t3.received_new.total": "4", "t3.carried_in.total": "2"}
REVIEWS_7 = {"t4.reconsideration.total": "7", "t4.reconsideration.upheld": "5"}
SUITS = {"t4.litigation_direct.total": "6", "t4.litigation_after_reconsideration.total": "3"}


@pytest.mark.parametrize(
    ("text", "cells", "judged"),
    [
        ("收到政府信息公开申请4件", NEW_4, "passed"),
        ("收到政府信息公开申请6件", NEW_4, "passed"),
        ("收到政府信息公开申请5件", NEW_4, "failed"),
        ("收到政府信息公开申请3余件", NEW_4, "passed"),
        ("收到政府信息公开申请10余件", NEW_4, "failed"),
        ("收到政府信息公开申请约10件", NEW_4, "silent"),
        ("2022年收到政府信息公开申请9件", NEW_4, "silent"),
        ("全市收到政府信息公开申请900件", NEW_4, "not_assessable"),
        ("全市收到政府信息公开申请900件，我局收到政府信息公开申请4件", NEW_4, "passed"),
        ("全市收到政府信息公开申请900件，我局收到政府信息公开申请5件", NEW_4, "failed"),
        ("收到政府信息公开申请4件", {}, "silent"),
        ("收到政府信息公开申请4件", {"t3.received_new.total": "", "t3.carried_in.total": ""}, "not_assessable"),
        ("收到政府信息公开申请4件", {"t3.received_new.total": "4", "t3.carried_in.total": ""}, "passed"),
        ("收到政府信息公开申请5件", {"t3.received_new.total": "4", "t3.carried_in.total": ""}, "not_assessable"),
        ("未收到政府信息公开申请", NEW_4, "failed"),
        ("行政复议7件", REVIEWS_7, "passed"),
        ("行政复议8件", REVIEWS_7, "failed"),
        ("行政诉讼9件", SUITS, "passed"),
        ("行政诉讼6件", SUITS, "failed"),
        ("行政诉讼备案12件", SUITS, "silent"),
    ],
)
def test_count_is_held_against_every_basis_of_the_tables(text: str, cells: dict[str, str], judged: str) -> None:
    assert judge("R9", check(text, cells)) == judged


def test_blank_that_is_proved_zero_is_zero() -> None:
    cells = {"t3.received_new.total": "4", "t3.carried_in.total": ""}
    assert judge("R9", check("收到政府信息公开申请5件", cells, "t3.carried_in.total")) == "failed"


def test_parts_of_applicants_add_up_the_columns_of_the_form() -> None:
    kinds = ("commercial_enterprise", "research_institution", "public_interest_org", "legal_service_org", "other_org")
    cells = {f"t3.received_new.{kind}": "1" for kind in kinds}
    text = "收到政府信息公开申请9件，其中法人或其他组织申请{}件"
    assert judge("R9", check(text.format(5), cells)) == "passed"
    cells |= {f"t3.carried_in.{kind}": "0" for kind in kinds}
    assert judge("R9", check(text.format(6), cells)) == "failed"


def test_conflict_names_both_figures_and_the_cells() -> None:
    (finding,) = check("收到政府信息公开申请5件", NEW_4).findings
    assert (finding.rule_id, finding.subject_id, finding.verdict) == ("R9", "applications_received_new", "unusual")
    assert finding.cells == ("t3.received_new.total", "t3.carried_in.total")
    assert "5" in finding.message_zh
    assert "表三为4 / 6" in finding.message_zh
    assert "t3.received_new.total=4" in finding.evidence
    assert "收到政府信息公开申请5件" in finding.evidence


def test_result_in_words_is_held_against_its_own_cell() -> None:
    result = check("行政复议7件，均维持", REVIEWS_7)
    assert [(f.rule_id, f.subject_id) for f in result.findings] == [("R9", "reconsideration_cases.upheld")]


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("公开信息60条，其中网站30条，微信30条", "passed"),
        ("公开信息60条，其中网站30条，微信20条", "failed"),
        ("公开信息60余条，其中网站30条，微信20条", "not_assessable"),
        ("公开信息60条，其中网站30条，电台20条，微信5条", "not_assessable"),
        ("公开信息60条，其中网站30条", "silent"),
    ],
)
def test_parts_are_held_against_their_whole(text: str, judged: str) -> None:
    assert judge("R24", check(text)) == judged


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("公开信息60条。综上，公开信息60条", "passed"),
        ("公开信息60条。综上，公开信息61条", "failed"),
        ("2022年公开信息50条。2023年公开信息60条", "passed"),
        ("网站公开信息60条。微信公开信息61条", "silent"),
        ("全市收到申请公开信息80件。我局收到申请公开信息6件。", "passed twice"),
        ("举办政务公开培训2期。举办政务公开培训3期", "silent"),
    ],
)
def test_one_figure_a_year_is_stated_as_one(text: str, judged: str) -> None:
    if judged == "passed twice":
        (count,) = (count for count in check(text).rule_counts if count.rule_id == "R25")
        assert (count.passed, count.failed) == (2, 0)
    else:
        assert judge("R25", check(text)) == judged


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("收取信息处理费90元。未收取信息处理费。", ["R30"]),
        ("收取信息处理费90元。收取信息处理费80元。", ["R25"]),
        ("收取信息处理费90元。收取信息处理费80元。未收取信息处理费。", ["R25", "R30"]),
        ("收取信息处理费90元。", []),
        ("未收取信息处理费。", []),
    ],
)
def test_fees_that_are_stated_and_denied_are_one_finding(text: str, rules: list[str]) -> None:
    statements = read_statements((Chapter(1, "", text),), YEAR, None).statements
    findings = (*check(text).findings, *check_fees_stated(statements).findings)
    assert [finding.rule_id for finding in findings] == rules


def test_comparisons_name_cells_of_the_form() -> None:
    known = {
        f"{table.id}.{line.id}.{column.id}"
        for edition in load_form().editions
        for table in edition.tables
        for line in table.lines
        for column in line.columns
    }
    named = {cell for comparison in load_comparisons().comparisons for basis in comparison.bases for cell in basis}
    assert named <= known


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [("全年发布信息391条，依申请公开274条。", []), ("全年依申请公开274件。", ["R9"])],
)
def test_items_published_on_request_are_no_applications(sentence: str, rules: list[str]) -> None:
    figures = dict.fromkeys(list_cell_ids("format_2021"), "0")
    rows = print_table(load_form().find_table("format_2021", "t3"), figures)
    cells = read_tables(Page("test", "test", (make_grid(rows, "sequence"),))).cells
    statements = read_statements((Chapter(1, "一、总体情况", sentence),), YEAR, "某市某局")
    assert Decimal(274) in {statement.value for statement in statements.statements}
    assert [finding.rule_id for finding in check_statements(statements, cells).findings] == rules
