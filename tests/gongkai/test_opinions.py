"""A second opinion on old Word documents is asked only in doubt, and its absence is part of the version."""

from pathlib import Path

import pytest

from gongkai.office import find_office
from gongkai.opinions import describe_tools, read_document
from gongkai.store.parsed import compute_parser_versions
from parsers.reading import read_page_reports

LINES = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（七）总计", "四、结转下年度继续办理"]


def print_rtf(carried_out: str) -> bytes:
    """Rows of table 3 as an old document; the last figures decide whether they add up."""
    figures = {line: ["3", "0", "0", "0", "0", "0", "3"] for line in LINES}
    figures[LINES[1]] = ["0"] * 7
    figures[LINES[3]] = [carried_out, "0", "0", "0", "0", "0", carried_out]
    rows = ["".join(f"{print_text(text)}\\cell " for text in (line, *figures[line])) for line in LINES]
    borders = "".join(f"\\cellx{1000 * no}" for no in range(1, 9))
    body = "".join(f"{{\\trowd{borders} \\pard\\intbl {row}\\row}}" for row in rows)
    title = print_text("某县财政局2023年政府信息公开工作年度报告")
    return f"{{\\rtf1\\ansi {title}\\par {body}\\pard\\par}}".encode("ascii")


def print_text(text: str) -> str:
    return "".join(c if c.isascii() else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in text)


def test_document_that_adds_up_is_read_once() -> None:
    (member,) = read_document(print_rtf("0"))
    (report,) = read_page_reports(member)
    assert member.carrier == "rtf"
    assert "libreoffice" not in member.reader or {"R18"} & {finding.rule_id for finding in report.findings}


@pytest.mark.slow
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_document_that_does_not_add_up_is_read_twice() -> None:
    (member,) = read_document(print_rtf("1"))
    (report,) = read_page_reports(member)
    assert "libreoffice" in member.reader
    assert "R1" in {finding.rule_id for finding in report.findings}
    values = [cell.value for cell in report.cells if cell.line_id == "carried_out"]
    assert values == [1, 0, 0, 0, 0, 0, 1]


def test_without_libreoffice_the_first_reading_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (member,) = read_document(print_rtf("1"))
    assert "libreoffice" not in member.reader
    assert describe_tools() == ""


def test_version_of_the_carriers_changes_with_the_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    without = compute_parser_versions()
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    with_program = compute_parser_versions()
    assert with_program.carrier == f"{without.carrier}+libreoffice"
    assert with_program.form == without.form
