"""Other readings of one row that a single mistake of reading could have hidden; which mistakes, says mistakes.yml.

The digits of a row stay one and the same stream: only the borders between figures move, or the figures move aside.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import chain, islice, pairwise, takewhile
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from parsers.report import ReportCell
from parsers.tables.numbers import normalise_text, read_number

Mistake = Literal["split", "joined", "shifted", "lost"]
# What a figure that was lost may have been.
LOST = "?"
_FEWEST_JOINED = 3
# How many ways to cut one run are tried; a run that could be cut in more is a row of its own making.
_MOST_CUTS = 1_000
Figures = Mapping[str, ReportCell]


class _MistakesFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    mistakes: dict[str, tuple[Mistake, ...]]


@cache
def load_mistakes() -> Mapping[str, tuple[Mistake, ...]]:
    """The mistakes that reading a format can make, by the format's id."""
    text = files("parsers.relations").joinpath("mistakes.yml").read_text(encoding="utf-8")
    return _MistakesFile.model_validate(yaml.safe_load(text)).mistakes


def list_readings(row: Sequence[ReportCell], carrier: str) -> Iterator[tuple[Mistake, Figures]]:
    """Each other reading of a row: the mistake, and the cells that would be read otherwise, by id."""
    mistakes = load_mistakes()[carrier]
    readings = chain(_move_borders(row), _cut_runs(row), _shift(row))
    yield from ((mistake, figures) for mistake, figures in readings if mistake in mistakes)


def _move_borders(row: Sequence[ReportCell]) -> Iterator[tuple[Mistake, Figures]]:
    for one, other in pairwise(row):
        yield from _move_border(one, other)


def _cut_runs(row: Sequence[ReportCell]) -> Iterator[tuple[Mistake, Figures]]:
    """A run of digits beside blank cells, cut into figures for it and for them."""
    texts = [_read_digits(cell) for cell in row]
    for place, text in enumerate(texts):
        if text is None or len(text) < _FEWEST_JOINED:
            continue
        first = place - _count_blanks(texts[:place][::-1])
        last = place + _count_blanks(texts[place + 1 :])
        for start in range(first, place + 1):
            for end in range(max(place, start + _FEWEST_JOINED - 1), last + 1):
                cells = row[start : end + 1]
                ways = islice(_cut(text, len(cells)), _MOST_CUTS) if len(cells) <= len(text) else ()
                yield from (("joined", _print_row(cells, way)) for way in ways)


def _count_blanks(texts: Sequence[str | None]) -> int:
    return sum(1 for _ in takewhile(lambda text: text == "", texts))


def _cut(digits: str, width: int) -> Iterator[list[str]]:
    """Every way to cut digits into `width` figures without padded zeros."""
    if width == 1:
        if digits == "0" or not digits.startswith("0"):
            yield [digits]
        return
    longest = 1 if digits.startswith("0") else len(digits) - width + 1
    for length in range(1, longest + 1):
        for rest in _cut(digits[length:], width - 1):
            yield [digits[:length], *rest]


def _move_border(one: ReportCell, other: ReportCell) -> Iterator[tuple[Mistake, Figures]]:
    """Two neighbours whose digits are parted elsewhere; a blank neighbour may take some of them."""
    texts = [_read_digits(cell) for cell in (one, other)]
    if None in texts:
        return
    first, second = (text or "" for text in texts)
    stream = first + second
    for end in range(len(stream) + 1):
        if end == len(first):
            continue
        cells = [_print_otherwise(one, stream[:end]), _print_otherwise(other, stream[end:])]
        if all(cell.state != "unreadable" for cell in cells):
            was_whole = bool(first) and bool(second)
            mistake: Mistake = "split" if was_whole and end in (0, len(stream)) else "joined"
            yield mistake, {cell.cell_id: cell for cell in cells}


def _shift(row: Sequence[ReportCell]) -> Iterator[tuple[Mistake, Figures]]:
    """Figures one column aside, where the cell at the edge is blank: all of them, or those behind one that was lost."""
    texts = [_read_digits(cell) for cell in row]
    if None in texts or len(row) < 2 or not any(texts):
        return
    printed = [text or "" for text in texts]
    if printed[0] == "":
        yield "shifted", _print_row(row, [*printed[1:], ""])
    if printed[-1] == "":
        yield "shifted", _print_row(row, ["", *printed[:-1]])
        for lost in range(len(printed) - 1):
            yield "lost", _print_row(row, [*printed[:lost], LOST, *printed[lost:-1]])


def _print_row(row: Sequence[ReportCell], texts: Sequence[str]) -> Figures:
    return {cell.cell_id: _print_otherwise(cell, text) for cell, text in zip(row, texts, strict=True)}


def _read_digits(cell: ReportCell) -> str | None:
    """The bare digits a cell prints, empty for a blank one; null where anything else stands in it."""
    text = normalise_text(cell.printed_text or "")
    if cell.state in ("blank", "number") and (text == "" or (text.isascii() and text.isdigit())):
        return text
    return None


def _print_otherwise(cell: ReportCell, text: str) -> ReportCell:
    if text == LOST:
        return replace(cell, printed_text=text, value=None, state="unreadable")
    reading = read_number(text)
    return replace(cell, printed_text=text, value=reading.value, state=reading.state)
