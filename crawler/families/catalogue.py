"""What is known of each family: the shapes of its addresses and which strategies read its pages."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml

FamilyId = Literal["trs", "hanweb", "annual_module", "guangdong_post", "gkmlpt", "ucap", "openness", "vsb", "generic"]
FAMILY_IDS: tuple[FamilyId, ...] = get_args(FamilyId)
StrategyId = Literal["anchors", "script_pagination", "dataproxy", "annual_module", "gkmlpt_api"]


@dataclass(frozen=True, slots=True)
class Family:
    """One family: patterns over an address' path and query, and the strategies for its column pages in order."""

    id: FamilyId
    article: re.Pattern[str]
    column: re.Pattern[str]
    marks: re.Pattern[str] | None
    strategies: tuple[StrategyId, ...]


@cache
def load_families() -> dict[FamilyId, Family]:
    """Every family, from `families.yml` beside this module. Raises when one is missing or names something unknown."""
    written = yaml.safe_load(files("crawler.families").joinpath("families.yml").read_text(encoding="utf-8"))
    return {name: _read_family(name, written[name]) for name in FAMILY_IDS}


def _read_family(name: FamilyId, record: dict[str, object]) -> Family:
    strategies = record["strategies"]
    assert isinstance(strategies, list)
    for strategy in strategies:
        if strategy not in get_args(StrategyId):
            raise ValueError(f"family `{name}`: unknown strategy `{strategy}`")
    marks = record["marks"]
    return Family(
        name,
        re.compile(str(record["article"]), re.IGNORECASE),
        re.compile(str(record["column"]), re.IGNORECASE),
        None if marks is None else re.compile(str(marks), re.IGNORECASE),
        tuple(strategies),
    )
