"""Decisions that people took: how a printed name is to be read, or that it stays unlinked. They win over all rules."""

import csv
from dataclasses import dataclass
from functools import cache

from gongkai.linking.names import fold_name
from gongkai.settings import PROJECT_ROOT

DECISIONS = PROJECT_ROOT / "dbt_project" / "seeds" / "agency_decisions.csv"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision with its reason: `read_as` a name that rules can read, or null to leave the report unlinked;
    `usual_name` is the agency's where the name so read is not."""

    read_as: str | None
    usual_name: str | None
    reason: str


@cache
def load_decisions() -> dict[tuple[str, str], Decision]:
    """Decisions by folded name and site code or host, which is empty where the decision holds everywhere."""
    rows = csv.DictReader(DECISIONS.read_text(encoding="utf-8").splitlines())
    return {
        (fold_name(row["agency_name"]), row["site_or_host"]): Decision(
            row["read_as"] or None, row["usual_name"] or None, row["reason"]
        )
        for row in rows
    }


def find_decision(agency_name: str, places: tuple[str, ...]) -> Decision | None:
    """The decision on a name at one of these site codes or hosts, or everywhere; null without one."""
    known = load_decisions()
    name = fold_name(agency_name)
    return next((known[name, place] for place in (*places, "") if (name, place) in known), None)
