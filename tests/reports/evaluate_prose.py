"""Precision and recall of the statements on sentences a person labelled, by metric; every miss and every extra.

`make evaluate-prose`. A third of the sentences was set aside by hash before the grammar was written; of it only the
totals are printed, so that nobody writes a rule for one of its sentences. `make evaluate-prose ARGS=--all` lists that
third, too. A statement counts as found when metric, value, bound and breakdown id are the labelled ones.
"""

import argparse
import csv
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from parsers.prose.statements import read_statements
from parsers.report import Chapter, Statement

SHARES = 3

Answer = tuple[str, Decimal, str, str]


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence and the answers a person gave."""

    text: str
    answers: tuple[Answer, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether the sentence is of the third that was set aside, decided by the hash of its text alone."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % SHARES == 0


@dataclass(slots=True)
class Score:
    """Found, missed and extra answers, each with its sentence."""

    found: list[tuple[str, Answer]] = field(default_factory=list)
    missed: list[tuple[str, Answer]] = field(default_factory=list)
    extra: list[tuple[str, Answer]] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        """Both scores together."""
        return Score(self.found + other.found, self.missed + other.missed, self.extra + other.extra)

    @property
    def recall(self) -> float:
        """Found of all that a person labelled."""
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """Found of all that was read."""
        return len(self.found) / (len(self.found) + len(self.extra))


def find_form_folder() -> Path:
    """Where the labelled sentences are."""
    return Path(__file__).parents[2] / os.environ.get("GONGKAI_FORM", "../shared/form")


@cache
def load_sentences() -> tuple[LabelledSentence, ...]:
    """The labelled sentences in order; empty where the file is not there."""
    path = find_form_folder() / "narrative_examples.tsv"
    if not path.is_file():
        return ()
    answers: dict[str, list[Answer]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            answer = (row["metric_id"], Decimal(row["value"]), row["bound"], row["breakdown_id"])
            answers.setdefault(row["sentence"], []).append(answer)
    return tuple(LabelledSentence(text, tuple(found)) for text, found in answers.items())


def read_answers(text: str) -> list[Answer]:
    """What the grammar reads from a sentence that stands alone."""
    return [_write_answer(statement) for statement in read_statements((Chapter(1, "", text),), None, None).statements]


def score_sentences(sentences: Iterable[LabelledSentence]) -> Score:
    """Compares what was read with what was labelled, sentence by sentence."""
    score = Score()
    for sentence in sentences:
        labelled, read = Counter(sentence.answers), Counter(read_answers(sentence.text))
        score.found.extend((sentence.text, answer) for answer in (labelled & read).elements())
        score.missed.extend((sentence.text, answer) for answer in (labelled - read).elements())
        score.extra.extend((sentence.text, answer) for answer in (read - labelled).elements())
    return score


def _write_answer(statement: Statement) -> Answer:
    return statement.metric_id, statement.value, statement.bound, statement.breakdown_id or ""


def score_parts() -> tuple[Score, Score]:
    """The scores of the sentences that were worked with and of those set aside; both empty without the sentences."""
    sentences = load_sentences()
    return (
        score_sentences(sentence for sentence in sentences if not sentence.is_held_out),
        score_sentences(sentence for sentence in sentences if sentence.is_held_out),
    )


def write_total(title: str, score: Score) -> str:
    """One line: how many answers a person gave, recall and precision."""
    total = len(score.found) + len(score.missed)
    return f"{title}: {total} labelled, recall {score.recall:.1%}, precision {score.precision:.1%}"


def write_details(score: Score) -> Iterator[str]:
    """A line for each metric, then every miss and every extra by metric."""
    metrics = sorted({answer[0] for _, answer in (*score.found, *score.missed, *score.extra)})
    for metric_id in metrics:
        found, missed, extra = (
            sum(answer[0] == metric_id for _, answer in answers) for answers in (score.found, score.missed, score.extra)
        )
        recall = f"{found / (found + missed):.0%}" if found + missed else "-"
        precision = f"{found / (found + extra):.0%}" if found + extra else "-"
        yield f"  {metric_id:32} labelled {found + missed:3}  recall {recall:>4}  precision {precision:>4}"
    for metric_id in metrics:
        for kind, answers in (("missed", score.missed), ("extra", score.extra)):
            yield from (f"  {kind}: {answer} in {text}" for text, answer in answers if answer[0] == metric_id)


def write_report(worked_with: Score, set_aside: Score, *, lists_all: bool) -> Iterator[str]:
    """The totals, every miss and extra of the sentences worked with, and where all are asked of those set aside."""
    if not lists_all:
        yield from (write_total("worked with", worked_with), *write_details(worked_with))
        yield write_total("set aside", set_aside)
        return
    for title, score in (("worked with", worked_with), ("set aside", set_aside)):
        yield from (write_total(title, score), *write_details(score))
    yield write_total("all", worked_with + set_aside)


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked on the command line: `lists_all`."""
    parser = argparse.ArgumentParser("evaluate-prose", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--all",
        action="store_true",
        dest="lists_all",
        help="list the misses and extras of the third that was set aside, too, and the total of all sentences; whoever "
        "has looked at them must set aside another third before widening the grammar",
    )
    return parser.parse_args(arguments)


def main() -> int:
    """Prints the scores; 1 where the labelled sentences are not there."""
    lists_all = read_arguments().lists_all
    if not load_sentences():
        sys.stderr.write("no labelled sentences\nhint: name their folder in `GONGKAI_FORM`\n")
        return 1
    worked_with, set_aside = score_parts()
    sys.stdout.write("\n".join(write_report(worked_with, set_aside, lists_all=lists_all)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
