"""Finds the header of a table without rules that a page break parted from its figures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from parsers.carriers.pdf_columns import FEWEST_ROWS, find_region, is_arranged, may_belong
from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.pdf_wraps import measure_shared
from parsers.carriers.text_lines import is_figure

_MOST_LINES = 8
_FEWEST_HEADED = 2
_DATE = re.compile(r"年\s*\S{1,3}\s*月\s*\S{1,3}\s*日")


def find_parted_header(above: Sequence[FlowLine], below: Sequence[FlowLine]) -> list[FlowLine]:
    """The last lines of a page that head columns of the table the next page begins with, as lines of that page; none
    where they do not, or where the table cannot be told with them.

    Two of their pieces at least stand each over one column of figures alone.
    """
    lines = takewhile(_may_head, reversed(above[-_MOST_LINES:]))
    header = list(dropwhile(lambda line: len(line.pieces) == 1, reversed(list(lines))))
    if not header or not _are_headed(header, below):
        return []
    moved = _move_above(header, below[0])
    end = find_region([*moved, *below], 0, fewest_rows=FEWEST_ROWS)
    return moved if end is not None and end > len(moved) and is_arranged([*moved, *below][:end]) else []


def _may_head(line: FlowLine) -> bool:
    """Whether a line may be of a header: no figure and no date, as below a signature, stands in it."""
    return may_belong(line) and not _DATE.search(line.text) and not any(is_figure(piece.text) for piece in line.pieces)


def _are_headed(header: Sequence[FlowLine], below: Sequence[FlowLine]) -> bool:
    rows = ([piece for piece in line.pieces if is_figure(piece.text)] for line in below)
    figures = next((row for row in rows if len(row) >= _FEWEST_HEADED), [])
    over = (
        [figure for figure in figures if measure_shared(piece, figure) > 0] for line in header for piece in line.pieces
    )
    return len({id(columns[0]) for columns in over if len(columns) == 1}) >= _FEWEST_HEADED


def _move_above(header: Sequence[FlowLine], first: FlowLine) -> list[FlowLine]:
    """The lines as far above the first of the next page that they are no lines of its cells."""
    way = first.top - first.size - header[-1].bottom
    return [
        replace(
            line,
            top=line.top + way,
            bottom=line.bottom + way,
            pieces=tuple(replace(piece, top=piece.top + way, bottom=piece.bottom + way) for piece in line.pieces),
        )
        for line in header
    ]
