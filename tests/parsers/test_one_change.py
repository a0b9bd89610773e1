"""One change in the tables of a web report moves no figure in silence: a cell, row or span too many, too few or wrong.

Every cell reads as in the report itself, or is not read, or is named by a finding.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from parsers.reading import read_reports
from parsers.report import CellState

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "reports"
REPORTS = [
    "平潭综合实验区_2015_older_sheet.html",
    "平潭综合实验区_2020_results_total_wrong.html",
    "沭阳县发展和改革局_2023_organizations_blank.html",
]
# One change in so many is tried.
STEP = 3
CELL = re.compile(r"<t[dh]\b[^>]*>.*?</t[dh]>", re.DOTALL)
ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
SPAN = re.compile(r'(?<=span=")\d+(?=")')
END = re.compile(r"</(?:td|th|tr|tbody|table)>")
TAG = re.compile(r"<[^>]*>")
BLANK = "<td></td>"

Read = tuple[CellState, Decimal | None]


def print_text(cell: str) -> str:
    return TAG.sub("", cell).replace("&nbsp;", "").strip()


def change(part: re.Pattern[str], make: Callable[[str], str]) -> Callable[[str], Iterator[str]]:
    def change_each(page: str) -> Iterator[str]:
        for found in part.finditer(page):
            yield page[: found.start()] + make(found[0]) + page[found.end() :]

    return change_each


def empty_labels(page: str) -> Iterator[str]:
    for cell in CELL.finditer(page):
        if re.search(r"[\u4e00-\u9fff]{2}", print_text(cell[0])):
            yield page[: cell.start()] + BLANK + page[cell.end() :]


def join_figures(page: str) -> Iterator[str]:
    cells = list(CELL.finditer(page))
    for one, other in pairwise(cells):
        figures = [print_text(one[0]), print_text(other[0])]
        if "".join(figures).isdigit():
            yield (
                page[: one.start()]
                + f"<td>{''.join(figures)}</td>"
                + page[one.end() : other.start()]
                + page[other.end() :]
            )


def swap_rows(page: str) -> Iterator[str]:
    rows = list(ROW.finditer(page))
    for one, other in pairwise(rows):
        yield page[: one.start()] + other[0] + page[one.end() : other.start()] + one[0] + page[other.end() :]


CHANGES: dict[str, Callable[[str], Iterator[str]]] = {
    "a cell left out": change(CELL, lambda _: ""),
    "a cell printed twice": change(CELL, lambda cell: cell + cell),
    "a blank cell put in": change(CELL, lambda cell: BLANK + cell),
    "a row torn": change(CELL, lambda cell: "</tr><tr>" + cell),
    "a label left out": empty_labels,
    "two figures in one cell": join_figures,
    "a row left out": change(ROW, lambda _: ""),
    "a row printed twice": change(ROW, lambda row: row + row),
    "rows in another order": swap_rows,
    "a span two too short": change(SPAN, lambda span: str(max(1, int(span) - 2))),
    "a span too short": change(SPAN, lambda span: str(max(1, int(span) - 1))),
    "a span too long": change(SPAN, lambda span: str(int(span) + 1)),
    "an end tag left out": change(END, lambda _: ""),
}


def read_cells(page: str) -> tuple[dict[str, Read], set[str]]:
    """State and value of every cell by its id, a line of a sheet by its label, and the cells that findings name."""
    reports = read_reports(page.encode())
    names = {
        cell.cell_id: cell.cell_id if cell.table_id != "sheet" else f"{cell.row_label_text} {cell.column_id}"
        for report in reports
        for cell in report.cells
    }
    cells = {names[cell.cell_id]: (cell.state, cell.value) for report in reports for cell in report.cells}
    named = {names[cell_id] for report in reports for finding in report.findings for cell_id in finding.cells}
    return cells, named


@pytest.mark.slow
@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize("name", REPORTS)
def test_no_change_moves_a_figure_in_silence(name: str, kind: str) -> None:
    page = (SAMPLES / name).read_text(encoding="utf-8")
    printed, _ = read_cells(page)
    assert len(printed) > 20
    silent = []
    for changed in list(CHANGES[kind](page))[::STEP]:
        read, named = read_cells(changed)
        silent += [
            (cell_id, printed[cell_id], cell)
            for cell_id, cell in read.items()
            if cell[0] not in ("absent", "unreadable") and cell_id not in named
            # A line of a sheet that lost its label is a line of its own.
            if cell_id in printed and cell != printed[cell_id]
        ]
    assert silent == []
