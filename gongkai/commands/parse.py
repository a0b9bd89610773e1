"""`gongkai parse`: reads files and shows what is printed in them; no home folder, no network."""

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

from gongkai.commands.console import open_console, print_error
from gongkai.commands.files import FileProblem, read_file
from gongkai.commands.report_json import describe_report, write_json
from gongkai.commands.report_view import render_report
from gongkai.messages import Language
from gongkai.opinions import read_document
from gongkai.settings import read_settings
from gongkai.store.reading import UNKNOWN_READER, ParserGuard
from gongkai.store.records import write_report_id
from parsers.reading import read_page_reports
from parsers.report import Identity, Report

EXIT_DONE, EXIT_NOT_OPENED, EXIT_FAIL_ON_MET = 0, 1, 3


def parse_files(
    files: list[Path],
    output_format: Literal["table", "json"],
    fail_on: Literal["source_error"] | None,
    language: Language,
) -> int:
    """Prints every file that can be opened and returns the exit code of the contract.

    A file that cannot be opened is an error on standard error, and weighs more than `--fail-on` in the exit code:
    not all was looked at.
    """
    console = open_console()
    max_bytes = read_settings().max_bytes
    objects: list[object] = []
    reports: list[Report] = []
    problems = 0
    for path in files:
        data = read_file(path)
        if isinstance(data, FileProblem):
            problems += 1
            print_error(language, data.describe(language), data.advise(language))
            continue
        for report_id, report in _identify_reports(data, max_bytes):
            reports.append(report)
            if output_format == "json":
                objects.append(describe_report(str(path), report_id, report))
            else:
                console.print(*render_report(report, str(path), language, console.width), sep="\n\n", end="\n\n")
    if output_format == "json":
        sys.stdout.write(write_json(objects, ascii_only=not console.encoding.startswith("utf")) + "\n")
    is_met = any(finding.verdict == fail_on for report in reports for finding in report.findings) if fail_on else False
    if problems:
        return EXIT_NOT_OPENED
    return EXIT_FAIL_ON_MET if is_met else EXIT_DONE


def _identify_reports(data: bytes, max_bytes: int | None) -> Iterator[tuple[str, Report]]:
    document_id = sha256(data).hexdigest()
    for ordinal, report in enumerate(_read_guarded(data, max_bytes), start=1):
        yield write_report_id(document_id, ordinal), report


def _read_guarded(data: bytes, max_bytes: int | None) -> tuple[Report, ...]:
    """The file's reports; of a file that breaks the parser, one of status `unreadable`, as in a run."""
    with ParserGuard() as guard:
        members = read_document(data, max_bytes=max_bytes)
        return tuple(report for member in members for report in read_page_reports(member))
    unread = Report(
        None, UNKNOWN_READER, UNKNOWN_READER, "unreadable", "parser_error", guard.failure_text, None, Identity()
    )
    return (unread,)
