"""Which stated figures are held against the tables."""

from decimal import Decimal

import pytest

from parsers.form import load_form
from parsers.page import Page
from parsers.prose.comparison import check_statements
from parsers.prose.statements import read_statements
from parsers.report import Chapter
from parsers.tables import read_tables
from tests.parsers.tables.grids import list_cell_ids, make_grid, print_table


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [("全年发布信息391条，依申请公开274条。", []), ("全年依申请公开274件。", ["R9"])],
)
def test_items_published_on_request_are_no_applications(sentence: str, rules: list[str]) -> None:
    figures = dict.fromkeys(list_cell_ids("format_2021"), "0")
    rows = print_table(load_form().find_table("format_2021", "t3"), figures)
    cells = read_tables(Page("test", "test", (make_grid(rows, "sequence"),))).cells
    statements = read_statements((Chapter(1, "一、总体情况", sentence),), 2023, "某市某局")
    assert Decimal(274) in {statement.value for statement in statements.statements}
    assert [finding.rule_id for finding in check_statements(statements, cells).findings] == rules
