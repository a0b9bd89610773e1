"""The names of what a report's text can state, for those who only show statements and do not read them."""

from typing import NamedTuple

from parsers.prose.catalogue import load_catalogue
from parsers.report import Statement


class Name(NamedTuple):
    """A name in Chinese and English."""

    zh: str
    en: str


def name_metric(metric_id: str) -> Name:
    """What the figure is of, as metrics.yml names it. Raises `KeyError` for an id that is in no list."""
    metric = load_catalogue().find_metric(metric_id)
    return Name(metric.zh, metric.en)


def name_part(statement: Statement) -> Name | None:
    """The part that a statement is of its metric; a member's own name, as printed; null for the whole."""
    if statement.breakdown == "none" or statement.breakdown_id is None:
        return None
    if statement.breakdown == "body":
        return Name(statement.breakdown_id, statement.breakdown_id)
    part = load_catalogue().find_part(statement.breakdown, statement.breakdown_id)
    return Name(part.zh, part.en)
