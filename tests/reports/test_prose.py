"""What the text of published reports states, as a person read it; precision and recall on labelled sentences."""

import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.prose.text import fold_text
from parsers.reading import read_reports
from parsers.report import Statement
from tests.reports.evaluate_prose import Score, load_sentences, read_arguments, score_parts, write_details, write_report
from tests.reports.published import load_expected

# All sentences together, and the third that was set aside, are held at what was measured, so that neither can fall
# unseen. What is asked of all of them is 0.92 and 0.95.
RECALL, PRECISION = 0.97, 0.98
RECALL_SET_ASIDE, PRECISION_SET_ASIDE = 0.9, 0.96
STATED = sorted(file for file, facts in load_expected().items() if "statements" in facts) or ["no published reports"]

Answer = tuple[str, Decimal, str, str, str, str, str, str, str]


def write_answer(statement: Statement) -> Answer:
    return (
        statement.metric_id,
        statement.value,
        statement.unit,
        statement.bound,
        statement.breakdown,
        statement.breakdown_id or "",
        statement.subject,
        statement.period,
        fold_text(statement.sentence_text),
    )


def write_expected(statements: Iterable[Mapping]) -> list[Answer]:
    names = ("unit", "bound", "breakdown", "breakdown_id", "subject", "period")
    return [
        (s["metric_id"], Decimal(str(s["value"])), *(s[name] for name in names), fold_text(s["sentence"]))
        for s in statements
    ]


@pytest.mark.parametrize("file", STATED)
def test_statements_are_those_a_person_read(file: str, reports_folder: Path) -> None:
    (report,) = read_reports((reports_folder / file).read_bytes())
    read = sorted(write_answer(statement) for statement in report.statements)
    assert read == sorted(write_expected(load_expected()[file]["statements"]))


@pytest.fixture(scope="module")
def scores() -> tuple[Score, Score]:
    """The scores of the sentences worked with and set aside; skipped, or failed in a full run, without them."""
    if not load_sentences():
        assert os.environ.get("GONGKAI_REQUIRE_REPORTS") != "1", "no labelled sentences; hint: set GONGKAI_FORM"
        pytest.skip("no labelled sentences; hint: set GONGKAI_FORM")
    return score_parts()


ANSWER = ("proactive_disclosures", Decimal(3), "exact", "")
WORKED_WITH, SET_ASIDE = Score(found=[("甲", ANSWER)]), Score(missed=[("乙", ANSWER)], extra=[("丙", ANSWER)])


def test_sentences_set_aside_are_listed_only_where_all_are_asked() -> None:
    usual = "\n".join(write_report(WORKED_WITH, SET_ASIDE, lists_all=False))
    every = "\n".join(write_report(WORKED_WITH, SET_ASIDE, lists_all=True))
    assert ("乙" in usual, "丙" in usual, "乙" in every, "丙" in every) == (False, False, True, True)
    assert every.endswith("all: 2 labelled, recall 50.0%, precision 50.0%")


def test_help_says_what_looking_costs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments(["--help"])
    assert "set aside another third" in " ".join(capsys.readouterr().out.split())


def test_sentences_worked_with_reach_both_figures(scores: tuple[Score, Score]) -> None:
    worked_with, _ = scores
    reached = worked_with.recall >= RECALL and worked_with.precision >= PRECISION
    assert reached, "\n".join(write_details(worked_with))


def test_all_sentences_together_reach_both_figures(scores: tuple[Score, Score]) -> None:
    worked_with, set_aside = scores
    both = worked_with + set_aside
    assert (both.recall >= RECALL, both.precision >= PRECISION) == (True, True)


def test_sentences_set_aside_hold_what_was_measured(scores: tuple[Score, Score]) -> None:
    _, set_aside = scores
    assert (set_aside.recall >= RECALL_SET_ASIDE, set_aside.precision >= PRECISION_SET_ASIDE) == (True, True)


def test_a_third_of_the_sentences_is_set_aside(scores: tuple[Score, Score]) -> None:
    worked_with, set_aside = scores
    sentences = load_sentences()
    share = sum(sentence.is_held_out for sentence in sentences) / len(sentences)
    assert 1 / 4 < share < 2 / 5
    assert len(worked_with.found) + len(worked_with.missed) > len(set_aside.found) + len(set_aside.missed)
