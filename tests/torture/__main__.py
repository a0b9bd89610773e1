"""Runs the bench: `python -m tests.torture --reports 200 --seed 1 --carrier html,text --out docs/torture.md`."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tests.torture.bench import PROCESSES, list_cases, run_case, run_cases
from tests.torture.build import Case, build_draft, parse_case
from tests.torture.renderers import RENDERERS
from tests.torture.summary import format_tallies, list_silent, tally_by_carrier, tally_by_damage, write_page


def main() -> int:
    """Run and report. Exit code 1 where anything was wrong in silence."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Damage reports and read them back.")
    parser.add_argument("--reports", type=int, help="reports a carrier (default: each carrier's own full number)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other reports")
    parser.add_argument("--carrier", default=",".join(RENDERERS), help="carriers apart by commas (default: all)")
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--out", type=Path, help="the Markdown file to write")
    parser.add_argument("--replay", metavar="CASE", help="one case, such as html:1:31 or html:1:31+misprints_seen")
    parser.add_argument("--save", type=Path, help="with --replay: where to put the report's bytes")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    if arguments.replay:
        return _replay(parse_case(arguments.replay), arguments.save, console)
    carriers = arguments.carrier.split(",")
    unknown = [carrier for carrier in carriers if carrier not in RENDERERS]
    if unknown:
        parser.error(f"unknown carriers: {', '.join(unknown)}\nhint: choose from {', '.join(RENDERERS)}")
    cases: list[Case] = []
    for carrier in carriers:
        cases += list_cases(carrier, arguments.reports or RENDERERS[carrier].reports, arguments.seed)
    outcomes = []
    with Progress(console=console) as progress:
        task = progress.add_task("reports", total=len(cases))
        for outcome in run_cases(cases, arguments.processes):
            outcomes.append(outcome)
            progress.advance(task)
    silent = list_silent(outcomes)
    sys.stdout.write(format_tallies("carrier", tally_by_carrier(outcomes), {}) + "\n\n")
    sys.stdout.write(format_tallies("damage", tally_by_damage(outcomes), {}) + "\n\n")
    sys.stdout.write("".join(f"{line}\n" for line in silent))
    if arguments.out is not None:
        arguments.out.write_text(write_page(outcomes, arguments.seed), encoding="utf-8")
    return 1 if silent else 0


def _replay(case: Case, save: Path | None, console: Console) -> int:
    """Run one case again and say everything about it."""
    draft, _ = build_draft(case)
    if save is not None:
        save.write_bytes(RENDERERS[case.carrier].write(draft))
    outcome = run_case(str(case))
    console.print(f"{case}: {', '.join(outcome.damages) or 'undamaged'}; {outcome.style}", markup=False)
    judgement = outcome.judgement
    if judgement is None:
        console.print("not read yet")
        return 0
    console.print(f"status {judgement.status}; {judgement.counts}", markup=False)
    for finding in judgement.findings:
        console.print(f"finding: {finding}", markup=False)
    for name, errors in (("needless", judgement.needless), ("silent", judgement.silent)):
        for error in errors:
            console.print(f"{name}: {error.subject}: printed {error.printed}, read {error.read}", markup=False)
    return 1 if judgement.silent else 0


if __name__ == "__main__":
    sys.exit(main())
