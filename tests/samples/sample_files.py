"""The bundled samples with what must be read in them; each file is read once a process, for scans take long."""

import json
from functools import cache
from pathlib import Path

import pytest

from parsers.carriers import MemberPage, read_document
from parsers.reading import read_page_reports
from parsers.report import Report

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((SAMPLES / "expected").glob("*.json"))}
SCAN = ".scan.pdf"


def list_names() -> list[object]:
    """The samples as parameters of a test; a scan makes it a slow one."""
    return [
        pytest.param(name, marks=[pytest.mark.slow] if expected["file"].endswith(SCAN) else [])
        for name, expected in EXPECTED.items()
    ]


@cache
def read_members(file: str) -> tuple[MemberPage, ...]:
    """What a file of the samples holds."""
    return read_document((SAMPLES / "reports" / file).read_bytes())


@cache
def read_file_reports(file: str) -> tuple[Report, ...]:
    """The reports of a file of the samples."""
    return tuple(report for member in read_members(file) for report in read_page_reports(member))
