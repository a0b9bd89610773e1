"""Ordered alignment of a page's printed labels to the labels of one table of one edition.

One mechanism for every damage: a label may be misprinted, missing, doubled or followed by strangers; what counts is
the order in which labels stand and how alike they are. Nothing here looks at figures.
"""

from dataclasses import dataclass
from functools import lru_cache

from parsers.tables.labels import CONTAINED, LEAST_LIKENESS, WITHOUT_ORDINAL, score_likeness, score_place
from parsers.tables.pattern import FormLabel, LabelSet, Pattern
from parsers.tables.tokens import Token

# The least likeness of a label to the one line that belongs where it stands.
_LEAST_IN_PLACE = 0.5
# What it costs to leave a printed label or a form label unmatched between two matches: so little that a report which
# prints only some lines of a table is still one table, and enough that the closest of two like labels is taken.
_SKIP_PRINTED = 0.02
_SKIP_FORM = 0.02


@dataclass(frozen=True, slots=True)
class Match:
    """A printed label taken for a label of the form."""

    token_no: int
    label: FormLabel
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best ordered set of matches for one pattern; `score` compares editions of one table."""

    pattern: Pattern
    matches: tuple[Match, ...]
    score: float

    @property
    def line_ids(self) -> list[str]:
        return [match.label.id for match in self.matches if match.label.kind == "line"]

    @property
    def column_count(self) -> int:
        return sum(match.label.kind == "column" for match in self.matches)


def align_labels(tokens: tuple[Token, ...], pattern: Pattern, taken: frozenset[int] = frozenset()) -> Alignment:
    """Local alignment by dynamic programming over printed labels (rows) and form labels (columns)."""
    rows = [
        (token_no, likeness)
        for token_no, token in enumerate(tokens)
        if token.label
        and token_no not in taken
        and (likeness := _score_label(token.label, pattern.labels, token.grid_no is not None))
    ]
    weights = [label.weight for label in pattern.labels]
    width = len(weights)
    best = [0.0] * (width + 1)
    steps: list[list[int]] = []
    peak, peak_place = 0.0, (0, 0)
    for row_no, (_, likeness) in enumerate(rows, start=1):
        above, best = best, [0.0] * (width + 1)
        step = [0] * (width + 1)
        left = 0.0
        for j, (weight, alike) in enumerate(zip(weights, likeness, strict=True), start=1):
            score, move = 0.0, 0
            if (gained := above[j] - _SKIP_PRINTED) > score:
                score, move = gained, 1
            if (gained := left - _SKIP_FORM * weight) > score:
                score, move = gained, 2
            if alike and (gained := above[j - 1] + weight * (2 * alike - 1)) > score:
                score, move = gained, 3
            best[j], step[j], left = score, move, score
            if score > peak:
                peak, peak_place = score, (row_no, j)
        steps.append(step)
    matches = _trace_back(rows, steps, peak_place, pattern)
    matches = _adopt_lines(_adopt_columns(matches, rows, pattern), rows, pattern, tokens)
    matches = _adopt_misprints(matches, pattern, tokens, taken)
    return Alignment(pattern, matches, peak)


@lru_cache(maxsize=20_000)
def _score_label(printed: str, labels: LabelSet, is_cell: bool) -> tuple[float, ...] | None:
    """Likeness to each form label, or null where there is none. Headings outside grids can only be furniture."""
    likeness = tuple(
        score
        if (is_cell or label.kind in ("furniture", "block"))
        and (score := score_likeness(printed, label.labels, label.key)) >= LEAST_LIKENESS
        else 0.0
        for label in labels
    )
    return likeness if any(likeness) else None


def _trace_back(
    rows: list[tuple[int, tuple[float, ...]]], steps: list[list[int]], place: tuple[int, int], pattern: Pattern
) -> tuple[Match, ...]:
    matches = []
    row_no, j = place
    while row_no > 0 and j > 0 and steps[row_no - 1][j]:
        move = steps[row_no - 1][j]
        if move == 3:
            token_no, likeness = rows[row_no - 1]
            matches.append(Match(token_no, pattern.labels[j - 1], likeness[j - 1]))
        row_no, j = row_no - (move != 2), j - (move != 1)
    return tuple(reversed(matches))


def _adopt_columns(
    matches: tuple[Match, ...], rows: list[tuple[int, tuple[float, ...]]], pattern: Pattern
) -> tuple[Match, ...]:
    """Header cells come in more than one reading order (总计 before or behind 自然人): a column still without a label
    takes one that is printed among the labels of its header, ahead of the first line below it."""
    adopted = list(matches)
    matched = {match.token_no for match in matches}
    for j, label in enumerate(pattern.labels):
        if label.kind != "column" or any(match.label is label for match in adopted):
            continue
        section = [match for match in matches if match.label.section_no == label.section_no]
        first_line = next((match.token_no for match in section if match.label.kind == "line"), None)
        first = min((match.token_no for match in section), default=None)
        if first is None or first_line is None:
            continue
        for token_no, likeness in rows:
            if first <= token_no < first_line and token_no not in matched and likeness[j] >= WITHOUT_ORDINAL:
                adopted.append(Match(token_no, label, likeness[j]))
                matched.add(token_no)
                break
    return tuple(sorted(adopted, key=lambda match: match.token_no))


def _adopt_lines(
    matches: tuple[Match, ...],
    rows: list[tuple[int, tuple[float, ...]]],
    pattern: Pattern,
    tokens: tuple[Token, ...],
) -> tuple[Match, ...]:
    """Lines may be printed in another order: a line still without a label takes the one that is printed word for word,
    its ordinal aside, in the grids of the others, if there is one only."""
    matched = {match.token_no for match in matches}
    lines = {id(match.label) for match in matches if match.label.kind == "line"}
    grids = {tokens[match.token_no].grid_no for match in matches if match.label.kind == "line"}
    adopted = list(matches)
    for j, label in enumerate(pattern.labels):
        if label.kind != "line" or id(label) in lines or label.weight < 1:
            continue
        exact = [
            (token_no, likeness[j])
            for token_no, likeness in rows
            if likeness[j] >= WITHOUT_ORDINAL and token_no not in matched and tokens[token_no].grid_no in grids
        ]
        if len(exact) == 1:
            adopted.append(Match(exact[0][0], label, exact[0][1]))
            matched.add(exact[0][0])
    return tuple(sorted(adopted, key=lambda match: match.token_no))


def _adopt_misprints(
    matches: tuple[Match, ...], pattern: Pattern, tokens: tuple[Token, ...], taken: frozenset[int]
) -> tuple[Match, ...]:
    """A line still without a label takes the one that stands between the labels before and behind it and heads a row:
    if there is one only that is more like this line than like any other."""
    labelled = {id(match.label) for match in matches}
    missing = [
        (j, label) for j, label in enumerate(pattern.labels) if label.kind == "line" and id(label) not in labelled
    ]
    if not matches or not missing:
        return matches
    places = {id(label): j for j, label in enumerate(pattern.labels)}
    adopted = list(matches)
    matched = taken | {match.token_no for match in matches}
    grids = {tokens[match.token_no].grid_no for match in matches if match.label.kind in ("line", "column")}
    for j, label in missing:
        before = [match.token_no for match in matches if places[id(match.label)] < j]
        behind = [match.token_no for match in matches if places[id(match.label)] > j]
        if not before:
            continue
        end = min(behind, default=len(tokens))
        found = [
            (token_no, likeness)
            for token_no in range(max(before) + 1, end)
            if token_no not in matched
            and tokens[token_no].grid_no in grids
            and _heads_row(token_no, tokens)
            and (likeness := score_place(tokens[token_no].label, label.labels)) >= _LEAST_IN_PLACE
            and all(
                score_place(tokens[token_no].label, other.labels) < likeness
                for other in pattern.labels
                if other is not label
            )
        ]
        if len(found) == 1:
            adopted.append(Match(found[0][0], label, min(found[0][1], CONTAINED)))
    return tuple(sorted(adopted, key=lambda match: match.token_no))


def _heads_row(token_no: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a token is a label with a cell that is none behind it."""
    token, *behind = tokens[token_no : token_no + 2]
    return (
        bool(token.label and behind)
        and not behind[0].label
        and (behind[0].grid_no, behind[0].row) == (token.grid_no, token.row)
    )
