"""Titles as they are printed, each with the name and year a person reads from it: `titles.tsv`, `other_titles.tsv`."""

import csv
from pathlib import Path

import pytest

from parsers.identity import classify_title, is_report_title, read_title

HERE = Path(__file__).parent


def read_cases(name: str) -> list[dict[str, str]]:
    """The rows of a table of titles; `\\n` in a title is a line break."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [{key: (value or "").replace("\\n", "\n") for key, value in row.items()} for row in rows]


TITLES = read_cases("titles.tsv")
OTHER_TITLES = read_cases("other_titles.tsv")


@pytest.mark.parametrize("case", TITLES, ids=lambda case: case["about"])
def test_title_says_name_year_and_kind(case: dict[str, str]) -> None:
    reading = read_title(case["text"])
    assert reading is not None
    assert reading.agency_name == (case["agency_name"] or None)
    assert reading.year == (int(case["report_year"]) if case["report_year"] else None)
    assert reading.kind == case["kind"]
    assert is_report_title(case["text"]) == (case["kind"] == "report")


@pytest.mark.parametrize("case", OTHER_TITLES, ids=lambda case: case["text"])
def test_other_title_is_no_report(case: dict[str, str]) -> None:
    assert read_title(case["text"]) is None
    assert classify_title(case["text"]) == (case["kind"] or None)
    assert not is_report_title(case["text"])


def test_there_are_at_least_forty_titles() -> None:
    assert len(TITLES) >= 40
    assert len({case["text"] for case in TITLES}) == len(TITLES)


@pytest.mark.parametrize(
    "sentence",
    [
        "现将石狮市财政局2023年政府信息公开工作年度报告公布如下：",
        "根据条例，石狮市财政局编制2023年政府信息公开工作年度报告。",
        "上一篇：石狮市财政局2023年政府信息公开工作年度报告",
        "如需查阅2023年政府信息公开工作年度报告请到档案馆",
    ],
)
def test_sentence_names_nobody(sentence: str) -> None:
    reading = read_title(sentence)
    assert reading is None or reading.agency_name is None


def test_doubled_title_is_given_once() -> None:
    title = "石狮市财政局2023年政府信息公开工作年度报告"
    reading = read_title(title * 2)
    assert reading is not None
    assert reading.title_text == title


def test_broken_title_is_given_on_one_line() -> None:
    reading = read_title("山亭区政府办公室2023年政府信息公开工作\n年度报告")
    assert reading is not None
    assert reading.title_text == "山亭区政府办公室2023年政府信息公开工作年度报告"
