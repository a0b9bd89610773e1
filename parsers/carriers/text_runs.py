"""Tables in text without marks: columns kept apart by blanks, and one cell a line. Read only where that is clear."""

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.carriers.page_words import holds_form_marks
from parsers.carriers.text_lines import Line, is_chapter_heading, is_figure, is_prose
from parsers.carriers.text_tables import Found, Missed, TextCell, find_end, make_grid, make_row

_GAP = re.compile(r"(?:[ \xa0]{2,}|[\u2002\u2003\u3000])[ \xa0\u2002\u2003\u3000]*")
_LAST_FIGURES = re.compile(r"(?:^|(?<=\s))(?:[+-]?\d[\d,.]*|[/\-—])(?:\s+(?:[+-]?\d[\d,.]*|[/\-—]))+$")
_LONGEST_CELL = 60
_LONGEST_ROW = 400
_FEWEST_FIGURE_ROWS = 2
_FEWEST_FIGURES = 8
# Where the run prints what only the form does: table 2 without one of its rows has seven figures left.
_FEWEST_FORM_FIGURES = 4
_FEWEST_LABELS = 3
# Figures among the printed cells: 10 of 29 in table 2 of the form, 175 of 220 in table 3, 15 of 38 in table 4.
_FIGURE_SHARE = 0.3


def read_spaced_rows(lines: Sequence[Line], start: int) -> Found | Missed:
    """A row a line, cells parted by several blanks, figures at its end by one or more. Blank cells are not seen."""
    if len(_split_spaced(lines[start])) < 2:
        return Missed(start + 1)
    end = start
    while end < len(lines) and (_is_spaced(lines[end]) or _is_gap(lines, end)):
        end += 1
    while end > start and len(_split_spaced(lines[end - 1])) < 2:
        end -= 1
    rows = [make_row(_split_spaced(line), line) for line in lines[start:end] if not line.is_blank]
    figure_rows = sum(sum(is_figure(text) for text, _ in row) > 1 for row in rows)
    fewest = 1 if holds_form_marks("\n".join(line.text for line in lines[start:end])) else _FEWEST_FIGURE_ROWS
    if figure_rows < fewest:
        return Missed(max(end, start + 1))
    return Found(make_grid(rows, "sequence"), end)


def _split_spaced(line: Line) -> list[str]:
    if len(line.printed) > _LONGEST_ROW:
        return [line.printed]
    last = _LAST_FIGURES.search(line.printed)
    label = line.printed[: last.start()].rstrip() if last else line.printed
    return [part for part in _GAP.split(label) if part] + (last[0].split() if last else [])


def _is_gap(lines: Sequence[Line], place: int) -> bool:
    """Whether a blank line stands between two rows of one table."""
    return lines[place].is_blank and place + 1 < len(lines) and len(_split_spaced(lines[place + 1])) > 1


def _is_spaced(line: Line) -> bool:
    """Whether every cell of a line is one that stands without marks; the line itself may be long."""
    if line.is_blank or "\t" in line.text:
        return False
    return all(_is_plain(Line(line.number, part)) for part in _split_spaced(line))


def read_plain_cells(lines: Sequence[Line], start: int) -> Found | Missed:
    """One cell a line without any mark, between headings or sentences, with many bare figures among the lines.

    A blank line is a blank cell, unless every cell has one behind it. Where a single blank line stands between each
    figure and the label behind it, and nowhere else, it may as well part rows: then rows are kept and no blank is read.
    """
    end = find_end(lines, start, _is_plain)
    last = end
    while last > start and lines[last - 1].is_blank:
        last -= 1
    run = lines[start:last]
    filled = [place for place, line in enumerate(run) if not line.is_blank]
    figures = sum(is_figure(run[place].printed) for place in filled)
    labels = len(filled) - figures
    fewest = _FEWEST_FORM_FIGURES if holds_form_marks("\n".join(line.printed for line in run)) else _FEWEST_FIGURES
    if figures < fewest or labels < _FEWEST_LABELS or figures < _FIGURE_SHARE * len(filled):
        return Missed(max(end, start + 1))
    gaps = [(run[place], run[following], following - place - 1) for place, following in pairwise(filled)]
    blanks = [gap for gap in gaps if gap[2]]
    if len(blanks) == len(gaps):
        return _read_double_spaced(run, filled, gaps, end)
    row_ends = [gap for gap in gaps if is_figure(gap[0].printed) and not is_figure(gap[1].printed)]
    if blanks and blanks == row_ends and all(size == 1 for _, _, size in blanks):
        return Found(make_grid(_part_rows(run), "sequence"), last)
    return Found(make_grid([[(line.printed, line.locator) for line in run]], "stream"), last)


def _read_double_spaced(
    run: Sequence[Line], filled: Sequence[int], gaps: Sequence[tuple[Line, Line, int]], end: int
) -> Found | Missed:
    """Every cell has a blank line behind it, a blank cell too; an even number of blank lines is not clear."""
    if any(size % 2 == 0 for _, _, size in gaps):
        return Missed(end)
    cells = [(line.printed, line.locator) for line in run[filled[0] :: 2]]
    return Found(make_grid([cells], "stream"), end)


def _part_rows(run: Sequence[Line]) -> list[list[TextCell]]:
    rows: list[list[TextCell]] = [[]]
    for line in run:
        if line.is_blank:
            rows.append([])
        else:
            rows[-1].append((line.printed, line.locator))
    return rows


def _is_plain(line: Line) -> bool:
    if "\t" in line.text or "|" in line.text or is_chapter_heading(line.printed):
        return False
    return len(line.printed) <= _LONGEST_CELL and not is_prose(line.printed)
