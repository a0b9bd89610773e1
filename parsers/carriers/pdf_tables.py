"""Fills the lattices of a page with their text: ruled tables, each cell with its place, and the text outside them.

A lattice that only frames prose, or holds nothing, is no table.
"""

from bisect import bisect_right
from dataclasses import dataclass

from parsers.carriers.html_tables import is_figure
from parsers.carriers.pdf_lattice import Lattice, find_lattices
from parsers.carriers.pdf_print import Character, PrintedPage
from parsers.carriers.pdf_runs import keep_runs_whole
from parsers.carriers.pdf_text import read_cell_text, read_lines
from parsers.carriers.pdf_wraps import is_close
from parsers.carriers.text_lines import is_prose

_FEWEST_FIGURES = 3
_LONGEST_CELL = 200
_FEWEST_SENTENCES = 2


@dataclass(slots=True)
class RuledCell:
    """One cell: its text, the lines left and right of it, its rows counted from zero, and its locator.

    `characters` are what is printed in it; `has_top` and `has_bottom` tell whether it is ruled off there. `confidence`
    is 0 where two recognitions of a scan differ, or a figure may go on in the cell below.
    """

    text: str
    left: float
    right: float
    row: int
    row_span: int
    locator: str
    characters: tuple[Character, ...]
    has_top: bool
    has_bottom: bool
    confidence: float = 1.0


@dataclass(slots=True)
class RuledTable:
    """A ruled table of one page, or of several once its parts are joined; `row_count` counts the rows it has.
    `left_out` are the places where header rows were printed again, with their number."""

    locator: str
    page: int
    top: float
    bottom: float
    columns: tuple[float, ...]
    row_count: int
    cells: list[RuledCell]
    left_out: tuple[tuple[str, int], ...] = ()


def read_ruled_tables(page: PrintedPage) -> tuple[list[RuledTable], list[Character]]:
    """The ruled tables of a page from its top, and the characters that stand in none of them."""
    outside = list(page.characters)
    tables: list[RuledTable] = []
    for lattice in find_lattices(page.horizontals, page.verticals):
        contents, rest = _fill_cells(lattice, outside)
        if not any(character.text != " " for content in contents for character in content):
            continue
        cells = _list_cells(lattice, contents)
        if _is_layout([cell.text for cell in cells]):
            continue
        _doubt_overruns(cells)
        released = _release_prose(cells)
        outside = rest + released
        if cells:
            tables.append(_make_table(page.number, len(tables) + 1, lattice, cells))
    return tables, outside


def _fill_cells(lattice: Lattice, characters: list[Character]) -> tuple[list[list[Character]], list[Character]]:
    contents: list[list[Character]] = [[] for _ in lattice.cells]
    rest: list[Character] = []
    first_x, last_x, first_y, last_y = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
    inner_xs, inner_ys, owners = lattice.xs[1:-1], lattice.ys[1:-1], lattice.owners
    for character in characters:
        _, left, top, right, bottom, _ = character
        x, y = (left + right) / 2, (top + bottom) / 2
        if first_x <= x <= last_x and first_y <= y <= last_y:
            contents[owners[bisect_right(inner_ys, y)][bisect_right(inner_xs, x)]].append(character)
        else:
            rest.append(character)
    keep_runs_whole(lattice, contents, rest)
    return contents, rest


def _list_cells(lattice: Lattice, contents: list[list[Character]]) -> list[RuledCell]:
    """The cells that are part of the table, still without their locators."""
    cells = []
    for placed, content in zip(lattice.cells, contents, strict=True):
        row, column, row_span, column_span, has_top, has_bottom, is_outside = placed
        text = read_cell_text(content)
        if is_outside and not text:
            continue
        left, right = lattice.xs[column], lattice.xs[column + column_span]
        cells.append(RuledCell(text, left, right, row, row_span, "", tuple(content), has_top, has_bottom))
    return cells


def _doubt_overruns(cells: list[RuledCell]) -> None:
    """Doubt figures that stand over one another in two cells as the lines of one cell do, where one cell has several:
    a line may have run over the floor between them."""
    if not any("\n" in cell.text and _is_all_figures(cell) for cell in cells):
        return
    figures = [cell for cell in cells if _is_all_figures(cell)]
    above = {(cell.left, cell.right, cell.row + cell.row_span): cell for cell in figures}
    for cell in figures:
        upper = above.get((cell.left, cell.right, cell.row))
        if upper is None or not ("\n" in upper.text or "\n" in cell.text):
            continue
        if is_close(read_lines(upper.characters)[-1], read_lines(cell.characters)[0]):
            upper.confidence = cell.confidence = 0.0


def _is_all_figures(cell: RuledCell) -> bool:
    return bool(cell.text) and all(is_figure(line) for line in cell.text.split("\n"))


def _is_layout(texts: list[str]) -> bool:
    """Whether a lattice only frames prose: a long text of sentences in a cell, and hardly a figure."""
    has_prose = any(len(text) >= _LONGEST_CELL and text.count("。") >= _FEWEST_SENTENCES for text in texts)
    return has_prose and sum(map(is_figure, texts)) < _FEWEST_FIGURES


def _release_prose(cells: list[RuledCell]) -> list[Character]:
    """Take prose off the ends of a table, as where its side lines are a page frame's: a row of one cell of prose."""
    released: list[Character] = []
    for end in (0, -1):
        while cells and _is_alone(cells[end], cells) and is_prose(cells[end].text):
            released += [c for c in cells.pop(end).characters if c.text != "\n"]
    return released


def _is_alone(cell: RuledCell, cells: list[RuledCell]) -> bool:
    return all(other is cell or other.row + other.row_span <= cell.row or other.row > cell.row for other in cells)


def _make_table(page: int, number: int, lattice: Lattice, cells: list[RuledCell]) -> RuledTable:
    """Number rows and cells as printed, from one in the locators; rows without a cell of their own count, too."""
    locator = f"page {page}, table {number}"
    first = min(cell.row for cell in cells)
    last = max(cell.row + cell.row_span for cell in cells)
    in_row: dict[int, int] = {}
    for cell in cells:
        in_row[cell.row] = in_row.setdefault(cell.row, 0) + 1
        cell.row -= first
        cell.locator = f"{locator}, row {cell.row + 1}, cell {in_row[cell.row + first]}"
    return RuledTable(locator, page, lattice.ys[first], lattice.ys[last], lattice.xs, last - first, cells)
