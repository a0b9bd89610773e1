"""Tells apart figures that a conversion ran together, where what must add up leaves one way only.

A run such as `21710000218` is one stream of digits for seven cells. Every way to cut it into figures without padded
zeros is a candidate; the relations of the table strike out candidates and never change a digit. A table is told apart
only when exactly one choice for all its runs is left, and its cells stay suspect, with the other ways named. It is
taken for granted that such a table prints a figure in every cell: where a run has fewer digits than cells, blanks were
printed and nothing is told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from parsers.form import Relation, Table, load_form
from parsers.tables.numbers import normalise_text

_MOST_CHOICES = 100_000
# How many cuts are tried for one run before it is given up as unreadable: bounds time and memory for any input.
_MOST_STEPS = 200_000
_LONGEST_RUN = 60
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
    digits = {line_id: normalise_text(run) for line_id, run in runs.items()}
    fitting: dict[str, list[Figures]] = {}
    for line_id, stream in digits.items():
        ways = _list_fitting(table, line_id, stream)
        if not ways:
            return {}
        fitting[line_id] = ways
    choice = _choose(table, fitting | {line_id: [figures] for line_id, figures in known.items()})
    if choice is None:
        return {}
    return {line_id: _describe(digits[line_id], choice[line_id]) for line_id in runs}


def _list_fitting(table: Table, line_id: str, digits: str) -> list[Figures]:
    """The ways to cut a run that keep the sums of its row; none where it cannot be cut or would take too long."""
    width = len(table.lines[0].columns if table.id == "t4" else table.find_line(line_id).columns)
    blocks = len(table.lines) if table.id == "t4" else 1
    if not (digits.isascii() and digits.isdigit() and width * blocks <= len(digits) <= _LONGEST_RUN):
        return []
    steps = islice(_cut_blocks(digits, width, blocks, has_total=table.id != "t2"), _MOST_STEPS + 1)
    ways, count = [], 0
    for way in steps:
        count += 1
        if way is not None:
            ways.append(way)
    return ways if count <= _MOST_STEPS else []


def _cut_blocks(digits: str, width: int, blocks: int, *, has_total: bool) -> Iterator[Figures | None]:
    """Every way to cut digits into blocks of `width` figures; with `has_total` the last of a block is the sum of the
    others. A null is one step without result, so that the work can be counted."""
    for end in range(width, len(digits) - width * (blocks - 1) + 1) if blocks > 1 else (len(digits),):
        for block in _cut_block(digits[:end], width, has_total=has_total):
            if block is None or blocks == 1:
                yield block
                continue
            for rest in _cut_blocks(digits[end:], width, blocks - 1, has_total=has_total):
                yield None if rest is None else block + rest


def _cut_block(digits: str, width: int, *, has_total: bool) -> Iterator[Figures | None]:
    if not has_total:
        for way in _cut(digits, width):
            yield None
            yield way
        return
    for length in range(1, len(digits) - width + 2):
        total = digits[-length:]
        if length == 1 or not total.startswith("0"):
            yield from _cut_parts(digits[:-length], width - 1, int(total), (int(total),))


def _cut_parts(digits: str, width: int, left: int, total: Figures) -> Iterator[Figures | None]:
    """Cut digits into `width` figures that sum up to `left`; what already exceeds the total is not followed."""
    yield None
    if width == 0:
        if not digits and left == 0:
            yield total
        return
    longest = 1 if digits.startswith("0") else len(digits) - width + 1
    for length in range(1, longest + 1):
        figure = int(digits[:length])
        if figure > left:
            return
        for rest in _cut_parts(digits[length:], width - 1, left - figure, total):
            yield None if rest is None else (figure, *rest)


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


def _describe(digits: str, figures: Figures) -> Segmentation:
    others = tuple(islice((way for way in _cut(digits, len(figures)) if way != figures), _MOST_NAMED))
    return Segmentation(figures, others, _count_cuts(digits, len(figures)) - 1)


def _count_cuts(digits: str, width: int) -> int:
    """How many ways there are to cut digits into `width` figures, without listing them."""
    ways = [1] + [0] * len(digits)
    for _ in range(width):
        longer = [0] * (len(digits) + 1)
        for start, count in enumerate(ways):
            reach = min(start + 1, len(digits)) if digits[start : start + 1] == "0" else len(digits)
            for end in range(start + 1, reach + 1) if count else ():
                longer[end] += count
        ways = longer
    return ways[-1]


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
