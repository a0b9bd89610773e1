"""Joins the strokes of a page to whole ruled lines: pieces behind one another, sides drawn cell by cell, dashes."""

from bisect import bisect_left
from collections.abc import Iterable

from parsers.carriers.pdf_calls import Box
from parsers.carriers.pdf_characters import Place
from parsers.carriers.pdf_print import Stroke

# Strokes this near one another across are one line; pieces with a gap up to this along it are one, too.
SAME_LINE = 1.2
_GAP = 4.0


def part_strokes(boxes: Iterable[Box], place: Place) -> tuple[list[Stroke], list[Stroke]]:
    """Level and upright strokes of an upright page."""
    level: list[Stroke] = []
    upright: list[Stroke] = []
    for left, bottom, right, top in boxes:
        x, y = place(left, bottom)
        other_x, other_y = place(right, top)
        if abs(other_x - x) >= abs(other_y - y):
            level.append(Stroke((y + other_y) / 2, min(x, other_x), max(x, other_x)))
        else:
            upright.append(Stroke((x + other_x) / 2, min(y, other_y), max(y, other_y)))
    return level, upright


def join_strokes(strokes: list[Stroke]) -> tuple[Stroke, ...]:
    """The lines that strokes of one direction make, from the top or the left."""
    joined: list[Stroke] = []
    beside: list[Stroke] = []
    for stroke in sorted(strokes):
        if beside and stroke.at - beside[-1].at > SAME_LINE:
            joined.extend(_join_pieces(beside))
            beside = []
        beside.append(stroke)
    joined.extend(_join_pieces(beside))
    return tuple(joined)


def _join_pieces(pieces: list[Stroke]) -> Iterable[Stroke]:
    """Pieces of one line, joined where they meet, overlap or leave no more than a dash's gap."""
    run: list[Stroke] = []
    end = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if run and piece.start - end > _GAP:
            yield _join_run(run, end)
            run = []
        end = max(end, piece.end) if run else piece.end
        run.append(piece)
    if run:
        yield _join_run(run, end)


def _join_run(run: list[Stroke], end: float) -> Stroke:
    """One line at the place of its longest piece."""
    longest = max(run, key=lambda piece: piece.end - piece.start)
    return Stroke(longest.at, run[0].start, end)


def find_nearest(places: list[float], at: float) -> int:
    """The number of the place (of several, sorted) that is nearest."""
    number = bisect_left(places, at)
    if number == len(places) or (number > 0 and at - places[number - 1] < places[number] - at):
        return number - 1
    return number


def cluster_places(places: Iterable[float], nearest: float) -> list[float]:
    """Sorted places, those nearer than `nearest` to the one before taken for one (in their middle)."""
    clusters: list[list[float]] = []
    for place in sorted(places):
        if clusters and place - clusters[-1][-1] <= nearest:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return [(cluster[0] + cluster[-1]) / 2 for cluster in clusters]
