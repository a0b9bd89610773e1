"""Finds the lattices that ruled lines make on a page, and the cells in them: spans are where inner lines are missing.

A side that is not drawn, as where a page break cuts a table or a table has no outer border, is taken to be there.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise, product, repeat
from typing import NamedTuple

from parsers.carriers.pdf_print import Stroke
from parsers.carriers.pdf_rules import cluster_places, find_nearest
from parsers.carriers.records import new_record

# Lines this near one another are the two lines of a double border: no type fits between them.
NEAREST_LINES = 3.5
# Bounds on work: lines that may cross on a page, places of one lattice. Table 3 of the form has 280 places.
MOST_CROSSINGS = 1_000_000
MOST_PLACES = 20_000
_REACH = 3.0
# Share of a cell's side that a line must cover to be its wall.
_WALL_SHARE = 0.75


class LatticeCell(NamedTuple):
    """A cell by the lines around it, counted from the left and the top. `is_outside` is true where the lattice is
    ragged at a side and the cell has no wall there: it is part of the table only if something is printed in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    has_top: bool
    has_bottom: bool
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Lattice:
    """Crossing lines: where they are, the cells in reading order, and which cell (by number) holds each place."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    owners: tuple[tuple[int, ...], ...]

    def encloses(self, other: "Lattice") -> bool:
        """Whether another lattice stands inside this one without touching it."""
        return (
            self.xs[0] < other.xs[0]
            and other.xs[-1] < self.xs[-1]
            and self.ys[0] < other.ys[0]
            and other.ys[-1] < self.ys[-1]
        )


class _Groups:
    """Numbers joined to groups."""

    def __init__(self, count: int) -> None:
        self.parents = list(range(count))

    def find(self, number: int) -> int:
        while self.parents[number] != number:
            self.parents[number] = self.parents[self.parents[number]]
            number = self.parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        if self.parents[one] == self.parents[other]:
            return
        first, second = self.find(one), self.find(other)
        if first != second:
            self.parents[max(first, second)] = min(first, second)

    def list_members(self) -> dict[int, list[int]]:
        """The numbers of each group, by its first one, which is what `parents` of no other group name."""
        members: dict[int, list[int]] = {}
        for number, parent in enumerate(self.parents):
            if parent == number:
                members[number] = [number]
            else:
                members[self.find(number)].append(number)
        return members


def find_lattices(horizontals: tuple[Stroke, ...], verticals: tuple[Stroke, ...]) -> tuple[Lattice, ...]:
    """The lattices with two columns and two cells at least, from the top; a frame around another lattice is none."""
    count = len(horizontals)
    groups = _Groups(count + len(verticals))
    uprights = [(x, top - _REACH, bottom + _REACH, number) for number, (x, top, bottom) in enumerate(verticals, count)]
    for number, (y, start, end) in enumerate(horizontals):
        left, right = start - _REACH, end + _REACH
        for crossing in [other for x, top, bottom, other in uprights if left <= x <= right and top <= y <= bottom]:
            groups.join(number, crossing)
    strokes = (*horizontals, *verticals)
    members = [
        (
            [strokes[number] for number in group if number < count],
            [strokes[number] for number in group if number >= count],
        )
        for group in groups.list_members().values()
    ]
    crossing = [group for group in members if group[0] and group[1]]
    _add_outer_lines(crossing, [uprights for levels, uprights in members if not levels])
    found = [
        lattice
        for levels, uprights in crossing
        if len(uprights) > 1 and (lattice := _build_lattice(levels, uprights)) is not None
    ]
    kept = [one for one in found if not any(one.encloses(other) for other in found)]
    return tuple(sorted(kept, key=lambda lattice: (lattice.ys[0], lattice.xs[0])))


def _add_outer_lines(crossing: list[tuple[list[Stroke], list[Stroke]]], alone: list[list[Stroke]]) -> None:
    """A line beside a lattice, as long as it is, is one of its lines: where page breaks cut a table above and below, no
    level line reaches the outer side of a cell that goes on over both."""
    for lines in alone:
        beside = [
            uprights
            for _, uprights in crossing
            if abs(min(line.start for line in uprights) - lines[0].start) <= _REACH
            and abs(max(line.end for line in uprights) - lines[0].end) <= _REACH
        ]
        if len(lines) == len(beside) == 1:
            beside[0].extend(lines)


def _build_lattice(levels: list[Stroke], uprights: list[Stroke]) -> Lattice | None:
    left = min(line.start for line in levels)
    right = max(line.end for line in levels)
    top, bottom = min(line.start for line in uprights), max(line.end for line in uprights)
    xs = cluster_places([left, right, *(line.at for line in uprights)], NEAREST_LINES)
    levels = _keep_walls(levels, xs)
    ys = cluster_places([top, bottom, *(line.at for line in levels)], NEAREST_LINES)
    uprights = _keep_walls(uprights, ys)
    xs = cluster_places([left, right, *(line.at for line in uprights)], NEAREST_LINES)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MOST_PLACES:
        return None
    walls = _find_walls(uprights, xs, ys)
    floors = _find_walls(levels, ys, xs)
    owners, cells = _part_places(xs, ys, walls, floors)
    if max(cell.column_span for cell in cells) == len(xs) - 1 and len({cell.column for cell in cells}) == 1:
        return None
    return Lattice(tuple(xs), tuple(ys), tuple(cells), owners)


def _keep_walls(lines: list[Stroke], places: list[float]) -> list[Stroke]:
    """Lines that reach from one crossing line to the next at least: a line under words in a cell does not."""
    return [
        line
        for line in lines
        if any(line.start - _REACH <= start and end <= line.end + _REACH for start, end in pairwise(places))
    ]


def _find_walls(lines: list[Stroke], places: list[float], along: list[float]) -> set[tuple[int, int]]:
    """Which pieces of which lines are drawn: (number of the line, number of the interval along it)."""
    walls: set[tuple[int, int]] = set()
    for at, first, last in lines:
        place = find_nearest(places, at)
        begin, end = bisect_left(along, first), bisect_right(along, last) - 1
        walls.update(zip(repeat(place), range(begin, end)))
        for number in (begin - 1, end):
            if 0 <= number < len(along) - 1 and _covers(first, last, along[number], along[number + 1]):
                walls.add((place, number))
    return walls


def _covers(first: float, last: float, start: float, end: float) -> bool:
    """Whether a line is drawn along as much of an interval as a wall must be."""
    return min(last, end) - max(first, start) >= (end - start) * _WALL_SHARE


def _part_places(
    xs: list[float], ys: list[float], walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> tuple[tuple[tuple[int, ...], ...], list[LatticeCell]]:
    """Join places without a wall between them; what is no rectangle is parted into the pieces of its rows again."""
    width, height = len(xs) - 1, len(ys) - 1
    groups = _Groups(width * height)
    for column, row in set(product(range(1, width), range(height))) - walls:
        groups.join(row * width + column - 1, row * width + column)
    for row, column in set(product(range(1, height), range(width))) - floors:
        groups.join((row - 1) * width + column, row * width + column)
    places = list(product(range(height), range(width)))
    pieces: list[list[tuple[int, int]]] = []
    for group in groups.list_members().values():
        if len(group) == 1:
            pieces.append([places[group[0]]])
        else:
            pieces += _part_region([places[number] for number in group])
    pieces.sort()
    owners = [[0] * width for _ in range(height)]
    cells = []
    ragged = {line for line in (0, width) if 0 < sum((line, row) in walls for row in range(height)) < height}
    for number, piece in enumerate(pieces):
        for row, column in piece:
            owners[row][column] = number
        cells.append(_make_cell(piece, walls, floors, ragged))
    return tuple(map(tuple, owners)), cells


def _part_region(places: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    rows = sorted({row for row, _ in places})
    columns = sorted({column for _, column in places})
    if len(places) == (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1):
        return [places]
    pieces: list[list[tuple[int, int]]] = []
    for place in sorted(places):
        if pieces and pieces[-1][-1] == (place[0], place[1] - 1):
            pieces[-1].append(place)
        else:
            pieces.append([place])
    return pieces


def _make_cell(
    places: list[tuple[int, int]],
    walls: set[tuple[int, int]],
    floors: set[tuple[int, int]],
    ragged: set[int],
) -> LatticeCell:
    (row, column), (last_row, last_column) = places[0], places[-1]
    below, behind = last_row + 1, last_column + 1
    has_top = (row, column) in floors or any((row, number) in floors for number in range(column + 1, behind))
    has_bottom = (below, column) in floors or any((below, number) in floors for number in range(column + 1, behind))
    is_outside = bool(ragged) and any(
        side in (column, behind) and not any((side, number) in walls for number in range(row, below)) for side in ragged
    )
    return new_record(LatticeCell, (row, column, below - row, behind - column, has_top, has_bottom, is_outside))
