"""Prints the example reports of `examples.yml` and reads them back."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from parsers.reading import read_reports
from parsers.report import EditionId, Finding, Report
from parsers.tables.numbers import read_number
from tests.torture.bench import write_documents
from tests.torture.damage import PrintDamage, find_damage
from tests.torture.printing import Draft, PrintedTable, print_report
from tests.torture.renderers import RENDERERS
from tests.torture.truth import Figure, Truth, list_columns, list_lines, make_number

_AGENCY, _YEARS = "河口镇人民政府", {"format_2021": 2023, "format_2019": 2020}
_TRIES = 12


@cache
def load_examples() -> dict[str, dict[str, Any]]:
    """The examples by rule id."""
    return yaml.safe_load((Path(__file__).parent / "examples.yml").read_text(encoding="utf-8"))


def read_example(example: dict[str, Any]) -> Report:
    """The report that an example prints; damages draw again where they found no place or were read all the same."""
    for attempt in range(_TRIES):
        draft = _print_example(example, attempt)
        if draft is not None:
            (document,) = write_documents(RENDERERS[draft.style["carrier"]], [draft])
            (report,) = read_reports(document)
            return report
    raise ValueError(f"no place for {example['damage']}")


def list_failures(report: Report, rule_id: str) -> list[Finding]:
    """The findings of one rule that failed."""
    return [f for f in report.findings if f.rule_id == rule_id and f.outcome == "failed"]


def _print_example(example: dict[str, Any], attempt: int) -> Draft | None:
    carrier = example.get("carrier", "html")
    truth = _make_truth(example)
    draft = print_report(truth, Random(f"print {attempt}"))
    draft.style = {"carrier": carrier, **RENDERERS[carrier].draw_style(Random("style"))}
    for number, text in example.get("say", {}).items():
        kept = [block for block in draft.chapters[number - 1].blocks if isinstance(block, PrintedTable)]
        draft.chapters[number - 1].blocks = [*([text] if text else []), *kept]
    if "swap" in example:
        one, other = (number - 1 for number in example["swap"])
        draft.chapters[one], draft.chapters[other] = draft.chapters[other], draft.chapters[one]
    draft.chapters = [c for number, c in enumerate(draft.chapters, start=1) if number not in example.get("drop", ())]
    for name in example.get("damage", ()):
        damage = find_damage(name)
        if not isinstance(damage, PrintDamage) or not damage.apply(draft, Random(f"{name} {attempt}")):
            return None
    return draft


def _make_truth(example: dict[str, Any]) -> Truth:
    edition: EditionId = example.get("edition", "format_2021")
    editions: dict[str, EditionId] = {
        "t2": example.get("edition_t2", edition),
        "t3": edition,
        "t4": edition,
    }
    cells = {
        f"{table}.{line}.{column}": make_number("0")
        for table, table_edition in editions.items()
        for line in dict.fromkeys(list_lines(table, table_edition))
        for column in list_columns(table, table_edition, line)
    }
    for cell_id, text in example.get("cells", {}).items():
        if cell_id not in cells:
            raise ValueError(f"{cell_id} is no cell of {editions}")
        reading = read_number(text)
        cells[cell_id] = Figure(text, reading.state, reading.value)
    return Truth(_AGENCY, example.get("year", _YEARS[edition]), editions, cells)
