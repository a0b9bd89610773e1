"""The published list of status reasons: complete, in both languages, and every reason in use is on it."""

import re
from pathlib import Path

import pytest

from parsers.carriers.detection import load_formats
from parsers.carriers.reasons import get_reason, load_reasons

CARRIERS = Path(__file__).resolve().parents[3] / "parsers" / "carriers"
CALLS = re.compile(r"(?:refuse_document|RefusalError)\((.*?)\)", re.DOTALL)
ENGLISH = re.compile(r"[ -~…]+")


def test_reasons_are_said_in_chinese_and_in_english() -> None:
    for reason in load_reasons().values():
        assert ENGLISH.fullmatch(re.sub(r"[（）\u4e00-\u9fff]", "", reason.en)), reason.id
        assert re.search(r"[\u4e00-\u9fff]", reason.zh), reason.id
        assert re.search(r"[\u4e00-\u9fff]", reason.hint_zh), reason.id
        assert reason.en[0].islower() or reason.en.startswith(("PDF", "Word", "OFD")), reason.id


def test_reasons_hold_those_that_other_rooms_use() -> None:
    expected = {
        "no_form_content": "not_a_report",
        "error_page": "not_a_report",
        "blank_form": "not_a_report",
        "tables_not_found": "no_tables",
        "could_not_open": "unreadable",
    }
    assert {reason_id: get_reason(reason_id).status for reason_id in expected} == expected


def test_reasons_of_formats_are_listed_as_unsupported() -> None:
    reasons = {known.reason for known in load_formats() if known.reason is not None}
    assert {get_reason(reason).status for reason in reasons} == {"unsupported"}


def test_reasons_used_in_carriers_are_listed() -> None:
    used = {
        reason
        for path in CARRIERS.glob("*.py")
        for call in re.findall(
            r"(?:refuse_document|RefusalError)\((.*?)\)", path.read_text(encoding="utf-8"), re.DOTALL
        )
        for reason in re.findall(r'"([a-z]+_[a-z_]+)"', call)
    }
    assert used >= {"empty_file", "too_large", "unknown_charset", "nested_too_deep"}
    assert used <= set(load_reasons())


def test_unlisted_reason_is_a_mistake_that_names_the_file() -> None:
    with pytest.raises(KeyError, match=r"status_reasons\.yml: unknown reason `no_such_reason`"):
        get_reason("no_such_reason")
