"""How fast reports are read, beside what two HTML libraries need for the bare cells of the same bytes.

Every contender takes its turn in every round, and its fastest round counts, so that the ratios hold on a busy machine
too; turns are short, as the speed of such a machine changes by half within seconds. The whole parse ends with placed
cells, identity, chapters and checked relations; the bare readers end with a list of texts.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from parsers.prose.comparison import check_statements
from parsers.prose.statements import read_statements
from parsers.reading import read_document, read_page_reports, read_reports
from parsers.report import Report

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples" / "reports"
WHOLE, PROSE = "whole parse", "figures of the text only"
ROUNDS = 25
ROUND_SECONDS = 0.1


def read_cells_with_lexbor(data: bytes) -> list[str]:
    """The texts of all table cells, with lexbor alone."""
    return [node.text() for node in LexborHTMLParser(data).css("td, th")]


def read_cells_with_bs4(data: bytes) -> list[str]:
    """The texts of all table cells, with BeautifulSoup and Python's own HTML parser."""
    return [node.get_text() for node in BeautifulSoup(data, "html.parser").find_all(["td", "th"])]


def read_prose(report: Report) -> None:
    """What reading the text's figures adds: statements of all chapters, held against the tables."""
    identity = report.identity
    prose = read_statements(report.chapters, identity.report_year, identity.agency_name)
    check_statements(prose, report.cells)


def measure_rounds(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of processor time one call takes in each contender's fastest round."""
    fastest = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, call in contenders.items():
            fastest[name] = min(fastest[name], _time_calls(call))
    return fastest


def format_table(title: str, documents: int, seconds: dict[str, float]) -> str:
    """Documents a second, and each time as a multiple of the first contender's."""
    first = next(iter(seconds.values()))
    lines = [f"{title}: {documents} documents", f"{'':28}{'per second':>12}{'time':>10}"]
    for name, each in seconds.items():
        lines.append(f"{name:28}{documents / each:12,.0f}{each / first:9.2f}x")
    return "\n".join(lines)


def main(folders: Sequence[str]) -> None:
    """Measures the documents of the samples, or of the folders named, and prints two tables."""
    paths = sorted(path for folder in map(Path, folders or [SAMPLES]) for path in folder.iterdir() if path.is_file())
    pages = [path.read_bytes() for path in paths if path.suffix in (".html", ".htm")]
    texts = [path.read_bytes() for path in paths if path.suffix == ".txt"]
    if not pages or not texts:
        sys.exit("error: no .html or no .txt documents to measure\nhint: name a folder that has both")
    reports = [report for data in pages for report in read_reports(data)]
    html = measure_rounds(
        {
            WHOLE: lambda: [read_reports(data) for data in pages],
            "bytes to page only": lambda: [read_document(data) for data in pages],
            PROSE: lambda: [read_prose(report) for report in reports],
            "lexbor, bare cells": lambda: [read_cells_with_lexbor(data) for data in pages],
            "bs4, bare cells": lambda: [read_cells_with_bs4(data) for data in pages],
        },
        ROUNDS,
    )
    members = [page for data in texts for page in read_document(data)]
    text = measure_rounds(
        {
            WHOLE: lambda: [read_reports(data) for data in texts],
            "bytes to page only": lambda: [read_document(data) for data in texts],
            "page to report only": lambda: [read_page_reports(page) for page in members],
        },
        ROUNDS,
    )
    added = html[PROSE] / (html[WHOLE] - html[PROSE])
    share = f"{PROSE}: {added:.0%} on top of the rest of the parse"
    sys.stdout.write(f"{format_table('HTML', len(pages), html)}\n{share}\n\n{format_table('text', len(texts), text)}\n")


def _time_calls(call: Callable[[], object]) -> float:
    calls = 0
    started = time.process_time()
    while (elapsed := time.process_time() - started) < ROUND_SECONDS:
        call()
        calls += 1
    return elapsed / calls


if __name__ == "__main__":
    main(sys.argv[1:])
