"""Whether a report covers its own body or sums up others: wordings of published reports under invented names."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.identity.scope import find_body_kind, read_scope
from parsers.prose.statements import read_statements
from parsers.report import Chapter, ReportCell

LINES = Path(__file__).with_name("scopes.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))


def print_total(line_id: str, text: str) -> ReportCell:
    """The cell 总计 of one line of table 3."""
    return ReportCell("t3", line_id, "total", text, Decimal(text), "number", None, None, None, None, None, None)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['agency']} {row['preamble'] or row['text']}"[:40])
def test_scope_is_read_with_the_words_that_say_so(row: dict[str, str]) -> None:
    chapters = [Chapter(0, "", row["preamble"])] if row["preamble"] else []
    chapters.append(Chapter(1, "一、总体情况", row["text"] or ""))
    statements = read_statements(tuple(chapters), 2024, row["agency"]).statements
    cells = tuple(print_total(line, row[name]) for line, name in CELLS if row[name])
    reading = read_scope(row["agency"], tuple(chapters), statements, cells)
    assert reading.scope == row["scope"]
    assert (row["evidence"] or "") in (reading.evidence or "")
    assert (reading.evidence is None) == (row["scope"] == "unknown")


CELLS = (("received_new", "received"), ("carried_in", "carried_in"))


def test_report_without_a_name_has_no_scope() -> None:
    assert read_scope(None, (), (), ()).scope == "unknown"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某某市卫生健康委员会", "department"),
        ("某某县人民政府", "government"),
        ("某某自治州", "place"),
        ("某某乡人民政府", "township"),
        ("某某区政府办", "office"),
        ("无名", None),
    ],
)
def test_kind_of_body_is_told_by_the_end_of_its_name(name: str, kind: str | None) -> None:
    assert find_body_kind(name) == kind
