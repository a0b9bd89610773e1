"""Counts outcomes by carrier and by damage, and writes them as Markdown tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.torture.bench import Outcome
from tests.torture.damage import DAMAGES
from tests.torture.judging import VERDICTS, Verdict

UNDAMAGED = "undamaged"
_HEADER = (
    "reports",
    "cells",
    "right",
    "right, flagged without cause",
    "right, flagged with cause",
    "flagged, not read",
    "flagged, nothing left to read",
    "wrong in silence",
)


@dataclass(slots=True)
class Tally:
    """Reports, and cells by verdict. `silent` counts bodies, years and second reports that are wrong, too."""

    reports: int = 0
    not_read: int = 0
    silent: int = 0
    counts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(VERDICTS, 0))

    def add(self, outcome: Outcome) -> None:
        """Count one report."""
        self.reports += 1
        if outcome.judgement is None:
            self.not_read += 1
            return
        self.silent += len(outcome.judgement.silent)
        for verdict, count in outcome.judgement.counts.items():
            self.counts[verdict] += count

    @property
    def cells(self) -> int:
        return sum(self.counts.values())

    @property
    def readable(self) -> int:
        """Cells whose figures the damage has left to be read."""
        return self.cells - self.counts["wrong_excused"]

    @property
    def right_share(self) -> float:
        right = self.counts["right"] + self.counts["right_flagged"] + self.counts["right_caused"]
        return right / self.readable if self.readable else 0.0

    @property
    def needless_share(self) -> float:
        return self.counts["right_flagged"] / self.readable if self.readable else 0.0


def tally_by_carrier(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """One tally a carrier, in the order of the outcomes."""
    tallies: dict[str, Tally] = {}
    for outcome in outcomes:
        tallies.setdefault(outcome.case.carrier, Tally()).add(outcome)
    return tallies


def tally_by_damage(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """One tally a damage, in the order of the list of damages; a report counts for each of its damages."""
    tallies: dict[str, Tally] = {name: Tally() for name in (UNDAMAGED, *(damage.name for damage in DAMAGES))}
    for outcome in outcomes:
        for name in outcome.damages or (UNDAMAGED,):
            tallies[name].add(outcome)
    return {name: tally for name, tally in tallies.items() if tally.reports}


def format_tallies(first: str, tallies: dict[str, Tally], titles: dict[str, str]) -> str:
    """A Markdown table, one row a tally."""
    lines = [f"| {first} | {' | '.join(_HEADER)} |", "|---|" + "--:|" * len(_HEADER)]
    for name, tally in tallies.items():
        label = f"`{name}` {titles[name]}" if name in titles else name
        if tally.not_read == tally.reports:
            lines.append(f"| {label} | {tally.reports} | not read yet |{' |' * (len(_HEADER) - 2)}")
            continue
        counts = tally.counts
        figures = (
            f"{tally.reports:,}",
            f"{tally.cells:,}",
            f"{tally.right_share:.2%}",
            f"{tally.needless_share:.2%}",
            f"{counts['right_caused']:,}",
            f"{counts['wrong_flagged']:,}",
            f"{counts['wrong_excused']:,}",
            f"{tally.silent:,}",
        )
        lines.append(f"| {label} | {' | '.join(figures)} |")
    return "\n".join(lines)


def list_silent(outcomes: Iterable[Outcome]) -> list[str]:
    """Every error in silence with all that is needed to make it again."""
    return [
        f"- `{outcome.case}` ({', '.join(outcome.damages) or UNDAMAGED}; {outcome.style}) "
        f"{error.subject}: printed {error.printed}, read {error.read}"
        for outcome in outcomes
        if outcome.judgement is not None
        for error in outcome.judgement.silent
    ]


def write_page(outcomes: list[Outcome], seed: int) -> str:
    """The page for the docs."""
    silent = list_silent(outcomes)
    titles = {damage.name: damage.title for damage in DAMAGES}
    return "\n".join(
        [
            "# Torture bench",
            "",
            f"Written by `make torture` (seed {seed}); how it works is told in `tests/torture/`. Whole reports are",
            "printed from known figures, damaged as real reports are, written in every carrier with libraries the",
            "readers do not use, read back, and compared cell by cell: value, state, unit and remark, and the report's",
            "body and year.",
            "",
            "A cell is *flagged* when it is `unreadable` or `absent`, when a finding names it, or when its confidence",
            "is 0. *With cause*: the printed figures contradict each other, or are no figures. *Nothing left to read*:",
            "the damage took the figures or their borders (fused, torn, one too many); shares leave those cells out.",
            "",
            "## By carrier",
            "",
            format_tallies("carrier", tally_by_carrier(outcomes), {}),
            "",
            "## By damage",
            "",
            "A report counts for each of its damages.",
            "",
            format_tallies("damage", tally_by_damage(outcomes), titles),
            "",
            "## Not met",
            "",
            "These damages take what a figure needs to be read; its cells are flagged, with the reason named here.",
            "",
            "* Figures run together, tables poured into one line: where the sums leave one way to cut them, the cells",
            "  are suspect (R23), else unreadable (R14). A wrong total that another cut balances is never clean.",
            "* A figure too many or too few, spans that lie, a label gone or torn: the row is unreadable (R15).",
            "* A number torn in two inside its cell: two numbers, or one; never joined.",
            "* Repeated lines dropped by a converter: what is left does not tell which lines are gone.",
            "* Invented headers: figures are told by their order alone (R19).",
            "* PDF tables without rules, and old Word tables: where blank cells or labels without figures leave open",
            "  which row or column a figure belongs to, the row is not read; where a figure in small type or put aside",
            "  may be of two rows or columns, neither is the table.",
            "",
            "## Wrong in silence",
            "",
            *(silent or ["None."]),
            "",
        ]
    )
