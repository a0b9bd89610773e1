"""Draws figures that add up, from bodies without a single application to counties with thousands."""

from collections.abc import Mapping
from random import Random

_APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_interest_org",
    "legal_service_org",
    "other_org",
)
_RESULTS = (
    "granted_full",
    "granted_partial",
    "denied_state_secret",
    "denied_prohibited_by_law",
    "denied_security_stability",
    "denied_third_party_rights",
    "denied_internal_affairs",
    "denied_process_information",
    "denied_enforcement_files",
    "denied_administrative_query",
    "unavailable_not_held",
    "unavailable_requires_creation",
    "unavailable_unclear_after_correction",
    "not_processed_petition_complaint",
    "not_processed_duplicate",
    "not_processed_publication",
    "not_processed_excessive",
    "not_processed_reconfirmation",
)
_OTHER_RESULTS = {
    "format_2021": ("other_correction_overdue", "other_fee_unpaid", "other_misc"),
    "format_2019": ("other_total",),
}
_BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_OUTCOMES = ("upheld", "corrected", "other_outcome", "pending")
# How full a report is: the share of cells that are not zero, and the largest figure.
PROFILES = ((0.0, 0), (0.08, 4), (0.3, 30), (0.9, 60), (1.0, 900))


def draw_figures(editions: Mapping[str, str], random: Random) -> dict[str, str]:
    """Printed texts by cell id. All sums hold; rows are told apart by their figures in the fuller reports."""
    share, largest = random.choice(PROFILES)
    figures = _DRAW_TABLE_2[editions["t2"]](share, largest, random)
    figures |= _draw_table_3(_OTHER_RESULTS[editions["t3"]], share, largest, random)
    figures |= _draw_table_4(share, min(largest, 90), random)
    # None of the bench's bodies can make government rules, and one that prints some is reported (R12).
    figures |= {cell_id: 0 for cell_id in figures if cell_id.startswith("t2.government_rules.")}
    return {cell_id: str(figure) for cell_id, figure in figures.items()}


def _draw_count(share: float, largest: int, random: Random) -> int:
    return random.randint(1, max(1, largest)) if random.random() < share else 0


def _draw_table_2_of_2021(share: float, largest: int, random: Random) -> dict[str, int | str]:
    figures: dict[str, int | str] = {}
    for line in ("government_rules", "normative_documents"):
        issued, repealed = (_draw_count(share, largest, random) for _ in range(2))
        figures[f"t2.{line}.issued"] = issued
        figures[f"t2.{line}.repealed"] = repealed
        figures[f"t2.{line}.in_force"] = issued + _draw_count(share, largest, random)
    for line in ("administrative_licensing", "administrative_penalty", "administrative_compulsion"):
        figures[f"t2.{line}.decisions"] = _draw_count(share, largest * 700, random)
    whole = _draw_count(share, largest * 50, random)
    decimals = random.choice((0, 0, 2, 4, 6))
    fraction = "".join(str(random.randint(1, 9)) for _ in range(decimals)) if whole else ""
    figures["t2.administrative_fees.amount_10k_cny"] = f"{whole}.{fraction}" if fraction else whole
    return figures


def _draw_table_2_of_2019(share: float, largest: int, random: Random) -> dict[str, int | str]:
    figures: dict[str, int | str] = {}
    for line in ("government_rules", "normative_documents"):
        disclosed = _draw_count(share, largest, random)
        figures[f"t2.{line}.created"] = disclosed + _draw_count(share, largest, random)
        figures[f"t2.{line}.newly_disclosed"] = disclosed
        figures[f"t2.{line}.disclosed_stock"] = disclosed + _draw_count(share, largest, random)
    for line in (
        "administrative_licensing",
        "other_public_services",
        "administrative_penalty",
        "administrative_compulsion",
        "administrative_fees",
    ):
        items = _draw_count(share, largest, random)
        change = random.randint(-items, largest) if items else 0
        figures[f"t2.{line}.prior_year_items"] = items
        figures[f"t2.{line}.net_change"] = f"+{change}" if change > 0 and random.random() < 0.5 else change
        figures[f"t2.{line}.decisions"] = _draw_count(share, largest * 300, random)
    figures["t2.central_procurement.projects"] = _draw_count(share, largest, random)
    figures["t2.central_procurement.amount_cny_raw"] = _draw_count(share, largest * 90_000, random)
    return figures


def _draw_table_3(others: tuple[str, ...], share: float, largest: int, random: Random) -> dict[str, int | str]:
    """Results first; what was carried out and in is drawn, what was received is the rest."""
    figures: dict[str, int | str] = {}
    totals = dict.fromkeys((*_RESULTS, *others, "results_total", "carried_out", "carried_in", "received_new"), 0)
    for number, applicant in enumerate(_APPLICANTS):
        weight = share if number == 0 else share * 0.7
        column = {line: _draw_count(weight, largest, random) for line in (*_RESULTS, *others)}
        column["results_total"] = sum(column.values())
        column["carried_out"] = _draw_count(weight, largest, random)
        came_in = column["results_total"] + column["carried_out"]
        column["carried_in"] = random.randint(0, min(came_in, largest)) if random.random() < weight else 0
        column["received_new"] = came_in - column["carried_in"]
        for line, figure in column.items():
            figures[f"t3.{line}.{applicant}"] = figure
            totals[line] += figure
    return figures | {f"t3.{line}.total": total for line, total in totals.items()}


def _draw_table_4(share: float, largest: int, random: Random) -> dict[str, int | str]:
    figures: dict[str, int | str] = {}
    for block in _BLOCKS:
        outcomes = {outcome: _draw_count(share, largest, random) for outcome in _OUTCOMES}
        figures |= {f"t4.{block}.{outcome}": figure for outcome, figure in outcomes.items()}
        figures[f"t4.{block}.total"] = sum(outcomes.values())
    return figures


_DRAW_TABLE_2 = {"format_2021": _draw_table_2_of_2021, "format_2019": _draw_table_2_of_2019}
