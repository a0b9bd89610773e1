"""Measures every carrier beside the bare read of the same bytes and beside the usual library.

The documents are undamaged reports of the torture bench. Times are processor time, each contender's fastest round of
30 short ones, in which all take turns: with three long ones ratios were a fifth apart from run to run. Memory is what
one process more needs at its peak to read the documents, what its libraries take when they are loaded left out. A
contender that runs another program (LibreOffice) is measured by the clock, its program's memory included.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from selectolax.lexbor import LexborHTMLParser

from benchmarks.bench_office import (
    read_bare_values,
    read_bare_xml,
    read_with_openpyxl,
    read_with_python_docx,
)
from benchmarks.bench_parse import measure_rounds, read_cells_with_bs4
from benchmarks.bench_pdf import read_bare_grid, read_with_pdfplumber
from parsers.reading import read_document, read_reports
from tests.torture.bench import write_documents
from tests.torture.build import Case, build_draft
from tests.torture.renderers import RENDERERS
from tests.torture.renderers.office import find_office

Read = Callable[[bytes], object]
_ROUNDS = 30
# A scan takes seconds to read.
_ROUNDS_OF_SCANS = 3
_DOCUMENTS = 4
_SEED = 1
_PAGE, _WHOLE = "bytes to page", "whole parse"


def walk_with_lexbor(data: bytes) -> int:
    """Parse and look at every node: its name, its attributes and its text."""
    nodes = LexborHTMLParser(data).root
    walked = nodes.traverse(include_text=True) if nodes is not None else ()
    return sum(len(node.text_content or "") if node.tag == "-text" else len(node.attributes) for node in walked)


def convert_with_office(data: bytes) -> bytes:
    """The document as a web page, by LibreOffice. Raises FileNotFoundError where it is not installed."""
    program = find_office()
    if program is None:
        raise FileNotFoundError("no `soffice`")
    with TemporaryDirectory() as folder:
        place = Path(folder, "report.doc")
        place.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "html", "--outdir", folder, str(place)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return place.with_suffix(".html").read_bytes()


# By carrier: the bare read of the bytes, and the usual library; null where there is none.
OTHERS: dict[str, tuple[tuple[str, Read] | None, tuple[str, Read] | None]] = {
    "html": (("lexbor, parse and walk", walk_with_lexbor), ("bs4, bare cells", read_cells_with_bs4)),
    "text": (None, None),
    "docx": (("bare XML read", read_bare_xml), ("python-docx, bare texts", read_with_python_docx)),
    "xlsx": (("calamine, bare values", read_bare_values), ("openpyxl, bare values", read_with_openpyxl)),
    "pdf_office": (("pdfium, bare grid", read_bare_grid), ("pdfplumber", read_with_pdfplumber)),
    "pdf_ruled": (("pdfium, bare grid", read_bare_grid), ("pdfplumber", read_with_pdfplumber)),
    "doc": (None, ("LibreOffice to HTML", convert_with_office)),
    "scan": (None, None),
}
_BY_CLOCK = frozenset({convert_with_office})


@cache
def make_documents(carrier: str) -> list[bytes]:
    """Undamaged reports in one carrier."""
    count = 1 if carrier == "scan" else _DOCUMENTS
    drafts = [build_draft(Case(carrier, _SEED, number, ()))[0] for number in range(count)]
    return write_documents(RENDERERS[carrier], drafts)


def list_contenders(carrier: str) -> dict[str, Read]:
    """Who reads a carrier, the bare read first."""
    bare, library = OTHERS[carrier]
    own: dict[str, Read] = {_PAGE: read_document, _WHOLE: read_reports}
    return {**dict([bare] if bare else []), **own, **dict([library] if library else [])}


def read_all(read: Read, documents: Sequence[bytes]) -> list[object]:
    """Read every document once."""
    return [read(data) for data in documents]


def measure_seconds(carrier: str) -> dict[str, float]:
    """Seconds for all documents by contender."""
    documents = make_documents(carrier)
    contenders = list_contenders(carrier)
    timed: dict[str, Callable[[], object]] = {
        name: partial(read_all, read, documents) for name, read in contenders.items() if read not in _BY_CLOCK
    }
    seconds = measure_rounds(timed, _ROUNDS_OF_SCANS if carrier == "scan" else _ROUNDS)
    for name in [name for name in contenders if name not in timed]:
        started = time.monotonic()
        for data in documents:
            contenders[name](data)
        seconds[name] = time.monotonic() - started
    return seconds


def measure_memory(carrier: str, name: str, documents: list[bytes]) -> float:
    """Megabytes more at the peak than before the first document, in the process this runs in."""
    read = list_contenders(carrier)[name]
    before = read_peak()
    for data in documents:
        read(data)
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if read in _BY_CLOCK else 0
    return (read_peak() - before + others) / 1024


def read_peak() -> int:
    """The most memory this process had so far, in kilobytes, as Linux tells it. Not `ru_maxrss`, which a new process
    takes over from the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def format_carrier(carrier: str) -> str:
    """Documents a second, each time as a multiple of the first contender's, and memory."""
    documents = len(make_documents(carrier))
    seconds = measure_seconds(carrier)
    first = next(iter(seconds.values()))
    lines = [f"{carrier}: {documents} documents", f"{'':28}{'per second':>12}{'time':>10}{'peak MB':>10}"]
    for name, each in seconds.items():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            memory = pool.submit(measure_memory, carrier, name, make_documents(carrier)).result()
        lines.append(f"{name:28}{documents / each:12,.1f}{each / first:9.2f}x{memory:10,.1f}")
    return "\n".join(lines)


def main(carriers: Sequence[str]) -> None:
    """Measures the carriers named, or all, and prints a table for each."""
    for carrier in carriers or OTHERS:
        if carrier not in OTHERS:
            sys.exit(f"error: unknown carrier: `{carrier}`\nhint: choose from {', '.join(OTHERS)}")
        if carrier in ("doc", "pdf_office") and find_office() is None:
            sys.stdout.write(f"{carrier}: left out, no `soffice`\n\n")
            continue
        sys.stdout.write(f"{format_carrier(carrier)}\n\n")
        sys.stdout.flush()
