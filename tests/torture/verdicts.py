"""Judges verdicts: a wrong total that stands clean on the page is the agency's error, damage to the reading never is.

`python -m tests.torture.verdicts --carrier html,text --reports 400` counts them.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.reading import read_reports
from parsers.report import Report
from tests.torture.bench import list_cases, write_documents
from tests.torture.build import Case, build_draft
from tests.torture.judging import is_read_right, list_sums
from tests.torture.printing import Draft
from tests.torture.renderers import RENDERERS
from tests.torture.truth import Truth

RELATIONS = frozenset({"R1", "R2", "R3", "R4"})


@dataclass(slots=True)
class VerdictCount:
    """Wrong sums that stand clean on the page, and those of them called `source_error`; the others by name.

    `blamed` are sums called `source_error` that add up as printed, or whose figures were not read as printed.
    """

    wrong: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    blamed: list[str] = field(default_factory=list)

    def add(self, other: "VerdictCount") -> None:
        self.wrong += other.wrong
        self.found += other.found
        self.missed += other.missed
        self.blamed += other.blamed


def count_verdicts(cases: Iterable[Case]) -> VerdictCount:
    """Build, read and judge cases."""
    total = VerdictCount()
    for case in cases:
        draft, damages = build_draft(case)
        (document,) = write_documents(RENDERERS[case.carrier], [draft])
        report = max(read_reports(document), key=lambda report: len(report.cells))
        total.add(judge_verdicts(draft, report, f"{case} ({', '.join(damages) or 'undamaged'})"))
    return total


def judge_verdicts(draft: Draft, report: Report, name: str) -> VerdictCount:
    """The verdicts of one report against what it prints."""
    failed = {frozenset(f.cells): f.verdict for f in report.findings if f.rule_id in RELATIONS}
    read = {cell.cell_id: cell for cell in report.cells}
    count = VerdictCount()
    for left, right in list_sums(draft.truth):
        cells = (*left, *right)
        is_right = all(is_read_right(draft.truth.cells.get(cell_id), read.get(cell_id)) for cell_id in cells)
        is_clean = is_right and all(
            cell_id in draft.truth.cells and cell_id not in draft.excused and cell_id not in draft.trapped
            for cell_id in cells
        )
        verdict, is_wrong = failed.get(frozenset(cells)), contradicts(draft.truth, left, right)
        if is_clean and is_wrong:
            count.wrong += 1
            count.found += verdict == "source_error"
            if verdict != "source_error":
                count.missed.append(f"{name}: {right[0]} {verdict}")
        elif verdict == "source_error" and not (is_right and is_wrong):
            count.blamed.append(f"{name}: {right[0]}")
    return count


def contradicts(truth: Truth, left: list[str], right: list[str]) -> bool:
    """Whether a sum is wrong whatever its blanks hold: one side is printed whole and differs, or is exceeded."""
    sums, wholes = [], []
    for side in (left, right):
        values = [truth.cells[cell_id].value for cell_id in side if cell_id in truth.cells]
        known = [value for value in values if value is not None]
        if any(value < 0 for value in known):
            return False
        sums.append(sum(known))
        wholes.append(len(known) == len(side))
    if all(wholes):
        return sums[0] != sums[1]
    return (wholes[0] and sums[1] > sums[0]) or (wholes[1] and sums[0] > sums[1])


def main() -> int:
    """Count by carrier; exit code 1 where an agency is blamed for our reading."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.verdicts", description=__doc__.splitlines()[0])
    parser.add_argument("--carrier", default="html,text")
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    blamed = 0
    for carrier in arguments.carrier.split(","):
        count = count_verdicts(list_cases(carrier, arguments.reports, arguments.seed))
        blamed += len(count.blamed)
        sys.stdout.write(f"{carrier}: {count.found} of {count.wrong} wrong sums found, {len(count.blamed)} blamed\n")
        sys.stdout.write("".join(f"  missed {line}\n" for line in count.missed))
        sys.stdout.write("".join(f"  blamed {line}\n" for line in count.blamed))
    return 1 if blamed else 0


if __name__ == "__main__":
    sys.exit(main())
