"""Tables in text that marks set apart: tabs, bars, pipes. Each function reads one way of writing, from a line on."""

import re
from collections import Counter
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
_FEWEST_EVEN_ROWS = 4
_FEWEST_FIGURES = 3
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
    are lines that a tab only indents. Where every row has as many cells, places are certain."""
    end = find_end(lines, start, is_tab_row)
    if all(line.text.lstrip(" ").rfind("\t") <= 0 and line.printed for line in lines[start:end]):
        return Missed(max(end, start + 1))
    rows = [make_row(line.text.split("\t"), line) for line in lines[start:end]]
    if len(rows) < _FEWEST_ROWS and len(rows[0]) < _FEWEST_TAB_CELLS and not _has_row_beside(lines, start, end):
        return Missed(end)
    return Found(make_grid(rows, _choose_layout(rows)), end)


def _choose_layout(rows: Sequence[Sequence[TextCell]]) -> Layout:
    """Places are certain where rows of equal length stand below a header and no column holds labels and figures both:
    then merged cells were written out with the blanks they cover."""
    if len(rows) < _FEWEST_EVEN_ROWS or len({len(row) for row in rows}) > 1:
        return "sequence"
    texts = [[text.strip() for text, _ in row] for row in rows]
    filled = [[(column, is_figure(text)) for column, text in enumerate(row) if text] for row in texts]
    headers = [row for row in filled if len(row) > 1 and not any(is_number for _, is_number in row)]
    places = [place for row in filled if any(is_number for _, is_number in row) for place in row]
    figures = {column for column, is_number in places if is_number}
    labels = {column for column, is_number in places if not is_number}
    return "placed" if headers and not figures & labels else "sequence"


def is_tab_row(line: Line) -> bool:
    """Whether a line is a row of cells parted by tabs, none of them a sentence."""
    if "\t" not in line.text or is_chapter_heading(line.printed):
        return False
    return not any(is_prose(part.strip()) for part in line.text.split("\t"))


def _has_row_beside(lines: Sequence[Line], start: int, end: int) -> bool:
    above = [line for line in lines[max(0, start - _LINES_AHEAD) : start] if not line.is_blank][-2:]
    below = [line for line in lines[end : end + _LINES_AHEAD] if not line.is_blank][:2]
    return any(is_tab_row(line) for line in (*above, *below))


def read_bar_cells(lines: Sequence[Line], start: int) -> Found | Missed:
    """One cell a line ended by a bar; a lone bar is a blank cell. Two bars and more are the places that merged cells of
    the row cover: they are not printed and are left out. Rows are not marked, but each covers as many places: where the
    count comes out to the end, rows are certain."""
    run, end = _list_bar_cells(lines, start)
    cells = [line for line in run if not _count_covered(line)]
    if len(cells) < _FEWEST_BAR_CELLS:
        return Missed(max(end, start + 1))
    rows = _count_rows(run)
    if rows is None:
        return Found(make_grid([[_take_bar(line) for line in cells]], "stream"), end)
    return Found(make_grid([[_take_bar(line) for line in row] for row in rows], "sequence"), end)


def _list_bar_cells(lines: Sequence[Line], start: int) -> tuple[list[Line], int]:
    """The cells of a run and the place behind it. Several lines of figures before a bar are one cell; a single one may
    be a page number, and ends the run."""
    run: list[Line] = []
    place = start
    while place < len(lines):
        end = find_end(lines, place, lambda line: is_figure(line.printed))
        if end - place == 1 or end == len(lines) or not is_bar_cell(lines[end]):
            return run, place if run else max(place, end)
        run.append(Line(lines[place].number, "\n".join(line.text for line in lines[place : end + 1])))
        place = end + 1
    return run, place


def _count_covered(line: Line) -> int:
    """How many places a line of bars alone stands for; 0 for a cell, blank or not."""
    bars = len(line.printed)
    return bars if bars > 1 and not line.printed.strip("|") else 0


def _take_bar(line: Line) -> TextCell:
    return line.printed.removesuffix("|"), line.locator


def _count_rows(run: Sequence[Line]) -> list[list[Line]] | None:
    """The cells of each row, counted off by the places that the first row covers; null where a row does not come out.
    The last row may be cut off."""
    width = next((number + _count_covered(line) for number, line in enumerate(run) if _count_covered(line)), 0)
    if not width:
        return None
    rows: list[list[Line]] = [[]]
    exact: list[bool] = [False]
    count = 0
    for line in run:
        covered = _count_covered(line)
        count += covered or 1
        if count > width or (covered and count < width):
            return None
        if not covered:
            rows[-1].append(line)
        if count == width:
            exact[-1] = covered > 0
            rows.append([])
            exact.append(False)
            count = 0
    return _drop_covered_places([row for row in rows if row], exact)


def _drop_covered_places(rows: list[list[Line]], exact: list[bool]) -> list[list[Line]]:
    """A lone bar that ends a row is a blank cell or the one place a merged cell covers. It is the latter where the row
    has one cell more behind its labels than most rows of figures that end with several bars; words among the figures of
    a row may be counted as its labels."""
    counts = Counter(_count_behind_labels(row) for row, is_exact in zip(rows, exact, strict=False) if is_exact)
    del counts[0]
    count, times = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    if 2 * times <= counts.total():
        return rows
    return [
        row[:-1] if not is_exact and row[-1].printed == "|" and _count_behind_labels(row) == count + 1 else row
        for row, is_exact in zip(rows, exact, strict=False)
    ]


def _count_behind_labels(row: Sequence[Line]) -> int:
    labels = 0
    for line in row:
        text = line.printed.removesuffix("|").strip()
        if not text or is_figure(text):
            break
        labels += 1
    return len(row) - labels


def is_bar_cell(line: Line) -> bool:
    """Whether a line is one cell with its bar behind it, or bars alone."""
    return _BAR_CELL.fullmatch(line.text) is not None and not is_prose(line.printed)


def read_pipe_rows(lines: Sequence[Line], start: int) -> Found | Missed:
    """A row a line, cells parted by pipes. With rows of equal length, under a Markdown rule or several of them, places
    are certain."""
    end = start
    while end < len(lines) and _is_pipe_row(lines[end]):
        if end > start + 2 and _is_rule_row(lines[end]):
            end -= 1  # The row above a further rule heads the next table.
            break
        end += 1
    is_ruled = start + 1 < end and _is_rule_row(lines[start + 1])
    rows = _split_rows(lines[start:end])
    if is_ruled:
        del rows[1]
    if not is_ruled and len(rows) < _FEWEST_ROWS and not any(map(_is_row_of_figures, rows)):
        return Missed(max(end, start + 1))
    is_even = len({len(row) for row in rows}) == 1
    return Found(make_grid(rows, "placed" if is_ruled and is_even else _choose_layout(rows)), end)


def _is_row_of_figures(row: Sequence[TextCell]) -> bool:
    """Whether a row alone, as a page break leaves it, is one of a table."""
    return sum(is_figure(text) for text, _ in row) >= _FEWEST_FIGURES


def _is_rule_row(line: Line) -> bool:
    return _SEPARATOR_ROW.fullmatch(line.text) is not None


def _is_pipe_row(line: Line) -> bool:
    return "|" in line.text and not is_bar_cell(line)


def _split_rows(lines: Sequence[Line]) -> list[list[TextCell]]:
    """The cells of each line. Pipes at the edge of every line frame the table; at the edge of some they follow or
    precede a blank cell."""
    texts = [line.text.strip() for line in lines]
    left = all(text.startswith("|") for text in texts)
    right = all(text.endswith("|") and not text.endswith("\\|") for text in texts)
    insides = [text[left : len(text) - right] for text in texts]
    return [make_row(_split_pipes(inside), line) for inside, line in zip(insides, lines, strict=True)]


def _split_pipes(inside: str) -> list[str]:
    return [_LINE_BREAK.sub("\n", part.strip()).replace("\\|", "|") for part in _PIPE.split(inside)]
