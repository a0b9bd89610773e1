"""Tells apart figures that a conversion ran together, where what must add up leaves one way only.

A run such as `21710000218` is one stream of digits for seven cells. Every way to cut it into figures without padded
zeros is a candidate; the relations of the table strike out candidates and never change a digit. A table is told apart
only when exactly one choice for all its runs is left, and its cells stay suspect, with the other ways named. It is
taken for granted that such a table prints a figure in every cell: where a run has fewer digits than cells, blanks were
printed and nothing is told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from parsers.form import Relation, Table, load_form
from parsers.tables.numbers import normalise_text

_MOST_CHOICES = 100_000
_LONGEST_RUN = 40
_MOST_NAMED = 3

Figures = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The figures of one run, and other ways to cut it that only the relations strike out."""

    figures: Figures
    others: tuple[Figures, ...]
    other_count: int


def tell_apart(table: Table, runs: dict[str, str], known: dict[str, Figures]) -> dict[str, Segmentation]:
    """The only way to cut every run of a table, by line id (table 4: one run under its first line).

    `known` are the figures of lines that were read whole. Empty when there is no way or more than one; lines of table 2
    have no sums in common and are cut one by one.
    """
    if not runs:
        return {}
    if table.id == "t2" and len(runs) > 1:
        single = [tell_apart(table, {line_id: run}, known) for line_id, run in runs.items()]
        return {line_id: found for result in single for line_id, found in result.items()}
    widths = {line_id: _measure_width(table, line_id) for line_id in runs}
    digits = {line_id: normalise_text(run) for line_id, run in runs.items()}
    if any(not _is_cuttable(digits[line_id], widths[line_id]) for line_id in runs):
        return {}
    ways = {line_id: list(_cut(digits[line_id], widths[line_id])) for line_id in runs}
    fitting = {line_id: [way for way in ways[line_id] if _adds_up_in_row(table, way)] for line_id in runs}
    choice = _choose(table, fitting | {line_id: [figures] for line_id, figures in known.items()})
    if choice is None:
        return {}
    return {
        line_id: Segmentation(
            choice[line_id],
            tuple(way for way in ways[line_id] if way != choice[line_id])[:_MOST_NAMED],
            len(ways[line_id]) - 1,
        )
        for line_id in runs
    }


def _measure_width(table: Table, line_id: str) -> int:
    if table.id == "t4":
        return sum(len(line.columns) for line in table.lines)
    return len(table.find_line(line_id).columns)


def _is_cuttable(digits: str, width: int) -> bool:
    return digits.isascii() and digits.isdigit() and width <= len(digits) <= _LONGEST_RUN


def _cut(digits: str, width: int) -> Iterator[Figures]:
    """Every way to cut digits into `width` figures; a figure of more than one digit does not begin with 0."""
    if width == 1:
        if digits == "0" or not digits.startswith("0"):
            yield (int(digits),)
        return
    longest = 1 if digits.startswith("0") else len(digits) - width + 1
    for length in range(1, longest + 1):
        for rest in _cut(digits[length:], width - 1):
            yield (int(digits[:length]), *rest)


def _adds_up_in_row(table: Table, figures: Figures) -> bool:
    """R2 in a line of table 3, R4 in each block of table 4; lines of table 2 have no sum."""
    if table.id == "t2":
        return True
    columns = table.lines[0].columns
    blocks = [figures[start : start + len(columns)] for start in range(0, len(figures), len(columns))]
    return all(sum(block[:-1]) == block[-1] for block in blocks)


def _choose(table: Table, fitting: dict[str, list[Figures]]) -> dict[str, Figures] | None:
    """The one choice of ways that keeps every relation between lines; null when none or several do."""
    if prod(len(ways) for ways in fitting.values()) > _MOST_CHOICES:
        return None
    relations = [
        sides
        for relation in load_form().relations
        if relation.table == table.id and relation.each == "column"
        for sides in (_list_sides(relation, table),)
        if all(line_id in fitting for side in sides for line_id in side)
    ]
    found: dict[str, Figures] | None = None
    for ways in product(*fitting.values()):
        choice = dict(zip(fitting, ways, strict=True))
        if not all(_balances(choice, left, right) for left, right in relations):
            continue
        if found is not None:
            return None
        found = choice
    return found


def _list_sides(relation: Relation, table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not relation.parts_of_total:
        return relation.left, relation.right
    parts = tuple(line.id for line in table.lines if line.group is not None and not line.is_total)
    return parts, tuple(line.id for line in table.lines if line.is_total)


def _balances(choice: dict[str, Figures], left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    columns = range(len(choice[left[0]]))
    return all(
        sum(choice[line_id][no] for line_id in left) == sum(choice[line_id][no] for line_id in right) for no in columns
    )
