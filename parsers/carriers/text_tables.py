"""Tables in text that marks set apart: tabs, bars, pipes. Each function reads one way of writing, from a line on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.carriers.text_lines import Line, is_chapter_heading, is_figure, is_prose
from parsers.page import Cell, Grid, Layout

_RULE = r"\s*(?::-+:?|-+:|-{3,})\s*"
_SEPARATOR_ROW = re.compile(rf"\s*\|?{_RULE}(\|{_RULE})*\|?\s*")
_BAR_CELL = re.compile(r"\s*[^|]*\|\s*|\s*\|+\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FEWEST_TAB_CELLS = 3
_FEWEST_BAR_CELLS = 4
_FEWEST_ROWS = 2
_MOST_CELLS_IN_ROW = 20
_LONGEST_CONTINUATION = 40
_LINES_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the place of the first line behind it."""

    grid: Grid
    end: int


@dataclass(frozen=True, slots=True)
class Missed:
    """No table of this writing begins before the line at `end`."""

    end: int


TableReader = Callable[[Sequence[Line], int], Found | Missed]
# A cell as collected: its text and its locator.
TextCell = tuple[str, str]


def make_grid(rows: Sequence[Sequence[TextCell]], layout: Layout) -> Grid:
    """A grid of the collected rows; its locator is the line it begins on."""
    cells = tuple(
        Cell(text.strip(" \r"), row_no, column_no, locator)
        for row_no, row in enumerate(rows)
        for column_no, (text, locator) in enumerate(row)
    )
    return Grid(cells, layout, cells[0].locator.partition(",")[0])


def make_row(parts: Sequence[str], line: Line) -> list[TextCell]:
    """The cells of a line that holds a whole row."""
    return [(part, f"{line.locator}, cell {number}") for number, part in enumerate(parts, start=1)]


def find_end(lines: Sequence[Line], start: int, is_part: Callable[[Line], bool]) -> int:
    """The place behind the run of lines that are part of something."""
    end = start
    while end < len(lines) and is_part(lines[end]):
        end += 1
    return end


def read_tab_cells(lines: Sequence[Line], start: int) -> Found | Missed:
    """One cell a line behind a tab, rows parted by a blank line; a cell may go on in lines without a tab."""
    if not is_tab_cell(lines[start]):
        return Missed(start + 1)
    rows: list[list[list[Line]]] = [[]]
    place = start
    while place < len(lines):
        line = lines[place]
        if is_tab_cell(line):
            rows[-1].append([line])
        elif line.is_blank and place + 1 < len(lines) and is_tab_cell(lines[place + 1]):
            rows.append([])
        elif not _goes_on(rows[-1], lines, place + 1 if line.is_blank else place):
            break
        elif not line.is_blank:
            rows[-1][-1].append(line)
        place += 1
    cells = [cell for row in rows for cell in row]
    if len(cells) < _FEWEST_TAB_CELLS and place < len(lines) and is_tab_row(lines[place]):
        return Missed(start + 1)
    if len(cells) < _FEWEST_TAB_CELLS or not any(is_figure(cell[0].text) or not cell[0].printed for cell in cells):
        return Missed(place)
    texts = [[(_join_cell(cell), cell[0].locator) for cell in row] for row in rows]
    is_stream = len(texts) == 1 and len(texts[0]) > _MOST_CELLS_IN_ROW
    return Found(make_grid(texts, "stream" if is_stream else "sequence"), place)


def is_tab_cell(line: Line) -> bool:
    """Whether a line is a cell behind a tab: no second tab, no sentence, no chapter's heading."""
    text = line.text.lstrip(" ")
    if not text.startswith("\t") or "\t" in text[1:]:
        return False
    return not is_prose(line.printed) and not is_chapter_heading(line.printed)


def _join_cell(cell: Sequence[Line]) -> str:
    first = cell[0].text.lstrip(" ").removeprefix("\t")
    if len(cell) == 1:
        return first
    return "\n".join(part for part in (first, *(line.printed for line in cell[1:])) if part.strip())


def _goes_on(row: Sequence[Sequence[Line]], lines: Sequence[Line], place: int) -> bool:
    """Whether the line continues the last cell: short text, not behind a figure, with the next cell soon after it."""
    if not row or is_figure(row[-1][-1].text):
        return False
    for ahead in range(place, min(place + _LINES_AHEAD, len(lines))):
        line = lines[ahead]
        if line.is_blank or len(line.printed) > _LONGEST_CONTINUATION or is_chapter_heading(line.printed):
            return False
        behind = [other for other in lines[ahead + 1 : ahead + 3] if not other.is_blank]
        if behind and is_tab_cell(behind[0]):
            return True
    return False


def read_tab_rows(lines: Sequence[Line], start: int) -> Found | Missed:
    """A row a line, cells parted by tabs. A row of two cells alone is no table, unless another row is next to it; nor
    are lines that a tab only indents."""
    end = find_end(lines, start, is_tab_row)
    if all(line.text.lstrip(" ").rfind("\t") <= 0 and line.printed for line in lines[start:end]):
        return Missed(max(end, start + 1))
    rows = [make_row(line.text.split("\t"), line) for line in lines[start:end]]
    if len(rows) < _FEWEST_ROWS and len(rows[0]) < _FEWEST_TAB_CELLS and not _has_row_beside(lines, start, end):
        return Missed(end)
    return Found(make_grid(rows, "sequence"), end)


def is_tab_row(line: Line) -> bool:
    """Whether a line is a row of cells parted by tabs, none of them a sentence."""
    if "\t" not in line.text or is_chapter_heading(line.printed):
        return False
    return not any(is_prose(part.strip()) for part in line.text.split("\t"))


def _has_row_beside(lines: Sequence[Line], start: int, end: int) -> bool:
    above = [line for line in lines[max(0, start - 2) : start] if not line.is_blank][-1:]
    below = [line for line in lines[end : end + 2] if not line.is_blank][:1]
    return any(is_tab_row(line) for line in (*above, *below))


def read_bar_cells(lines: Sequence[Line], start: int) -> Found | Missed:
    """One cell a line ended by a bar; a lone bar is a blank cell. Two bars and more are the cells that a merged cell
    covers: they are not printed and are left out. Rows are not marked."""
    end = find_end(lines, start, is_bar_cell)
    cells = [
        (line.printed.removesuffix("|"), line.locator)
        for line in lines[start:end]
        if line.printed == "|" or line.printed.strip("|")
    ]
    if len(cells) < _FEWEST_BAR_CELLS:
        return Missed(max(end, start + 1))
    return Found(make_grid([cells], "stream"), end)


def is_bar_cell(line: Line) -> bool:
    """Whether a line is one cell with its bar behind it, or bars alone."""
    return _BAR_CELL.fullmatch(line.text) is not None and not is_prose(line.printed)


def read_pipe_rows(lines: Sequence[Line], start: int) -> Found | Missed:
    """A row a line, cells parted by pipes. Under a Markdown rule, with rows of equal length, places are certain."""
    end = start
    while end < len(lines) and _is_pipe_row(lines[end]):
        if end > start + 2 and _is_rule_row(lines[end]):
            end -= 1  # The row above a further rule heads the next table.
            break
        end += 1
    is_ruled = start + 1 < end and _is_rule_row(lines[start + 1])
    rows = [make_row(_split_pipes(line.text), line) for line in lines[start:end]]
    if is_ruled:
        del rows[1]
    if not is_ruled and len(rows) < _FEWEST_ROWS:
        return Missed(max(end, start + 1))
    is_even = len({len(row) for row in rows}) == 1
    return Found(make_grid(rows, "placed" if is_ruled and is_even else "sequence"), end)


def _is_rule_row(line: Line) -> bool:
    return _SEPARATOR_ROW.fullmatch(line.text) is not None


def _is_pipe_row(line: Line) -> bool:
    return "|" in line.text and not is_bar_cell(line)


def _split_pipes(text: str) -> list[str]:
    inside = text.strip().removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    return [_LINE_BREAK.sub("\n", part.strip()).replace("\\|", "|") for part in _PIPE.split(inside)]
