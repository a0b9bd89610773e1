"""What a sentence states: examples in our own words, judged one by one; where a statement stands in its report."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from parsers.prose.statements import read_statements, split_sentences
from parsers.report import Chapter, Statement

YEAR = 2023
EXAMPLES = yaml.safe_load((Path(__file__).parent / "statements.yml").read_text(encoding="utf-8"))


def read_text(text: str, chapter: int = 1, year: int | None = YEAR) -> tuple[Statement, ...]:
    return read_statements((Chapter(chapter, "", text),), year, None).statements


def write_statement(statement: Statement) -> str:
    """A statement as the examples write it: the usual is left out."""
    words = [statement.metric_id, f"{statement.value:f}{statement.unit}"]
    if statement.breakdown != "none":
        words.append(f"{statement.breakdown}:{statement.breakdown_id}")
    usual = {"exact", "own", "year"}
    words += [word for word in (statement.bound, statement.subject, statement.period) if word not in usual]
    words += ["words"] if statement.stated_in_words else []
    words += [] if statement.whole_statement_no is None else [f"of:{statement.whole_statement_no}"]
    return " ".join(words)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["claim"] for example in EXAMPLES])
def test_sentence_states(example: dict) -> None:
    assert [write_statement(statement) for statement in read_text(example["text"])] == example["reads"]


def test_every_claim_is_made_once() -> None:
    claims = [example["claim"] for example in EXAMPLES]
    assert len(set(claims)) == len(claims)


def test_statement_knows_its_sentence_and_chapter() -> None:
    first, second = read_text("工作扎实。全年公开信息3条；收到申请1件。无其他事项。", chapter=6)
    assert {first.sentence_text, second.sentence_text} == {"全年公开信息3条；收到申请1件"}
    assert (first.statement_no, second.statement_no, first.chapter) == (1, 2, 6)


def test_value_stated_twice_is_one_statement_at_its_first_sentence() -> None:
    statements = read_text("全年公开信息3条。综上，全年公开信息3条。")
    assert [statement.sentence_text for statement in statements] == ["全年公开信息3条"]


def test_two_values_are_two_statements() -> None:
    assert [statement.value for statement in read_text("全年公开信息3条。综上，全年公开信息4条。")] == [3, 4]


@pytest.mark.parametrize("chapter", [2, 3, 4])
def test_cells_of_table_chapters_are_no_statements(chapter: int) -> None:
    assert read_text("主动公开信息\n3条\n主动公开信息5条", chapter=chapter) == ()
    assert [s.value for s in read_text("3\n5\n全年主动公开信息5条。", chapter=chapter)] == [5]


def test_printed_lines_are_put_together_again() -> None:
    head = "本机关认真落实条例要求，持续加大公开力度，全年通过多种渠道主动公开政府"
    assert [statement.value for statement in read_text(f"{head}\n信息12条，\n成效明显。")] == [12]


def test_headings_and_items_are_sentences_of_their_own() -> None:
    text = "（一）主动公开\n全年公开信息3条\n（二）依申请公开\n1.收到申请2件"
    assert list(split_sentences(text)) == ["（一）主动公开", "全年公开信息3条", "（二）依申请公开", "1.收到申请2件"]


def test_year_before_the_report_is_no_year_of_it() -> None:
    text = "2022年公开信息3条"
    assert [s.period for s in read_text(text, year=2022)] == ["year"]
    assert [s.period for s in read_text(text, year=2023)] == ["other"]
    assert read_text(text, year=2021) == ()


def test_agency_named_in_the_sentence_is_no_unknown_word() -> None:
    statements = read_statements((Chapter(1, "", "收到甲水库管理局信息公开申请3件"),), YEAR, "甲水库管理局").statements
    assert [(s.metric_id, s.value) for s in statements] == [("applications_received_new", Decimal(3))]
