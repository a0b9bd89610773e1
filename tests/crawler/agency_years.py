"""What became of made reports in a published warehouse: their agency-years, and each of their figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from gongkai.home import Home
from tests.crawler.made_reports import MadeReport

# Columns of the fact table with the printed cell that each must show, whatever the edition.
FACTS = {
    "applications_received_new_count": "t3.received_new.total",
    "applications_carried_in_count": "t3.carried_in.total",
    "granted_full_count": "t3.granted_full.total",
    "applications_carried_out_count": "t3.carried_out.total",
    "reconsideration_upheld_count": "t4.reconsideration.upheld",
}
AGENCY_YEARS = f"SELECT agency_name, report_year, report_id, {', '.join(FACTS)} FROM marts.fct_agency_year"
CELLS = """
    SELECT report_id, table_id || '.' || line_id || '.' || column_id, value
    FROM raw.report_cells WHERE state = 'number'
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agency-years that are right, missing and too many; figures of facts and of cells, right and wrong."""

    agency_years: int
    missing: Counter[tuple[str, int]]
    surplus: Counter[tuple[str, int]]
    facts: Counter[bool]
    cells: Counter[bool]

    @property
    def is_exact(self) -> bool:
        """Whether everything is there once and as printed."""
        return not self.missing and not self.surplus and not self.facts[False] and not self.cells[False]

    def describe(self) -> str:
        """The comparison in one line."""
        years = f"agency-years right {self.agency_years}, missing {self.missing.total()}"
        facts = f"figures of the fact table right {self.facts[True]}, wrong {self.facts[False]}"
        cells = f"printed cells right {self.cells[True]}, wrong {self.cells[False]}"
        return f"{years}, too many {self.surplus.total()}; {facts}; {cells}"


def compare_home(home: Home, reports: Sequence[MadeReport]) -> Comparison:
    """Holds what a home has published against what was made: every agency-year once, and all of its figures."""
    with duckdb.connect(home.published_warehouse, read_only=True) as published:
        rows = published.execute(AGENCY_YEARS).fetchall()
    with duckdb.connect(home.warehouse, read_only=True) as warehouse:
        read: dict[str, dict[str, Decimal]] = {}
        for report_id, cell_id, value in warehouse.execute(CELLS).fetchall():
            read.setdefault(report_id, {})[cell_id] = value
    made = {(report.agency, report.year): report for report in reports}
    wanted, found = Counter((report.agency, report.year) for report in reports), Counter(row[:2] for row in rows)
    facts, cells = Counter[bool](), Counter[bool]()
    for agency, year, report_id, *figures in rows:
        if (agency, year) not in made:
            continue
        printed = {cell_id: Decimal(text) for cell_id, text in made[agency, year].figures.items()}
        facts.update(figure == printed[cell_id] for figure, cell_id in zip(figures, FACTS.values(), strict=True))
        cells.update(read.get(report_id, {}).get(cell_id) == value for cell_id, value in printed.items())
    return Comparison((wanted & found).total(), wanted - found, found - wanted, facts, cells)
