"""Keeps runs of characters whole that are printed across a wall of their cell.

A run stays in the cell where its middle stands, with a line break at the wall, so that it is never read as a number.
"""

from parsers.carriers.pdf_lattice import Lattice, LatticeCell
from parsers.carriers.pdf_print import Character

# In heights of the type: the gap inside a run, and how far from one height its characters stand.
_TOUCHING = 0.05
_SAME_LINE = 0.3


def keep_runs_whole(lattice: Lattice, contents: list[list[Character]], rest: list[Character]) -> None:
    """Find characters on both sides of a wall with no gap between them, and move them to one cell. `contents` are the
    characters of each cell, `rest` those outside the lattice; both are changed in place."""
    left, right = lattice.xs[0], lattice.xs[-1]
    before = [c for c in rest if abs(c[3] - left) < c[4] - c[2]]
    behind = [c for c in rest if abs(c[1] - right) < c[4] - c[2]]
    for number, cell in enumerate(lattice.cells):
        content = contents[number]
        wall = lattice.xs[cell.column + cell.column_span]
        if before and cell.column == 0:
            _join_sides(before, content, left, rest)
        if behind and wall == right:
            _join_sides(content, behind, right, rest)
        if wall != right and [c for c in content if c[3] > wall - (c[4] - c[2])]:
            for other in _list_neighbours(lattice, cell):
                _join_sides(content, contents[other], wall, None)


def _list_neighbours(lattice: Lattice, cell: LatticeCell) -> list[int]:
    column = cell.column + cell.column_span
    return list(dict.fromkeys(lattice.owners[row][column] for row in range(cell.row, cell.row + cell.row_span)))


def _join_sides(one: list[Character], other: list[Character], wall: float, rest: list[Character] | None) -> None:
    """Move the run across a wall, if there is one, to the side its middle stands on; out of `rest` where one side is
    outside the table."""
    near = [c for c in one if c[3] > wall - (c[4] - c[2]) and c[0] != " "]
    beyond = [c for c in other if c[1] < wall + (c[4] - c[2]) and c[0] != " "]
    edge = next((c for c in near if any(_follows(c, following) for following in beyond)), None)
    if edge is None:
        return
    before = _follow_run(edge, one, backwards=True)
    after = _follow_run(edge, other, backwards=False)
    first, last = before[-1], after[-1]
    is_left = (first.left + last.right) / 2 <= wall
    is_outside = rest is not None and any(c is edge for c in rest)
    if rest is not None:
        is_left = not is_outside
    source, target, moved = (other, one, after) if is_left else (one, other, before)
    _take_out(source, moved)
    if rest is not None:
        _take_out(rest, moved)
    target += [*moved, Character("\n", wall, edge.top, wall, edge.bottom, 0)]


def _follows(one: Character, other: Character) -> bool:
    """Whether a character follows another on its line with no gap to be seen."""
    size = min(one.size, other.size)
    if other.text == " " or other.left < one.left or other.turn or one.turn:
        return False
    return abs(one.bottom - other.bottom) < _SAME_LINE * size and other.left - one.right < _TOUCHING * size


def _follow_run(edge: Character, characters: list[Character], *, backwards: bool) -> list[Character]:
    """The run that goes on from the edge: to the left with the edge itself, or to the right without it."""
    run = [edge] if backwards else []
    last = edge
    for candidate in sorted(characters, key=lambda c: -c.left if backwards else c.left):
        pair = (candidate, last) if backwards else (last, candidate)
        if candidate is not edge and _follows(*pair):
            run.append(candidate)
            last = candidate
    return run


def _take_out(characters: list[Character], moved: list[Character]) -> None:
    numbers = {id(character) for character in moved}
    characters[:] = [character for character in characters if id(character) not in numbers]
