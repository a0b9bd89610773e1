"""What a report can state and what its figures are told apart by: metrics.yml and breakdowns.yml as frozen records."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

Breakdown = Literal["channel", "topic", "applicant", "route", "outcome", "body"]


class ProseRecord(BaseModel):
    """A record of the grammar's data: frozen, and refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Metric(ProseRecord):
    """One thing a report can state in figures or in words for zero."""

    id: str
    zh: str
    en: str
    unit: str
    kind: Literal["count", "rate", "amount"]
    breakdowns: tuple[Breakdown, ...]
    meaning: str
    not_counted: str
    stated_once: bool = False


class Part(ProseRecord):
    """One part that figures are told apart by: a channel, a topic, a kind of applicant."""

    id: str
    zh: str
    en: str
    words: tuple[str, ...]
    also: tuple[str, ...] = ()
    of: str | None = None
    owned: tuple[str, ...] = ()
    yields: bool = False
    post: bool = False
    residual: bool = False


class Joint(ProseRecord):
    """Several parts that one figure counts together, and the id they then have."""

    breakdown: Breakdown
    ids: tuple[str, ...]
    id: str


class Catalogue(ProseRecord):
    """All metrics and parts, held together when they are loaded."""

    metrics: tuple[Metric, ...]
    groups: dict[str, tuple[str, ...]]
    breakdowns: dict[Breakdown, tuple[Part, ...]]
    held_on: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    joint: tuple[Joint, ...]
    families: tuple[Joint, ...]

    def find_metric(self, metric_id: str) -> Metric:
        """The metric of this id; `KeyError` when there is none."""
        return _index_metrics()[metric_id]

    def find_part(self, breakdown: Breakdown, part_id: str) -> Part:
        """The part of this breakdown and id; `KeyError` when there is none."""
        return _index_parts()[breakdown, part_id]

    def allows(self, metric_id: str, breakdown: Breakdown, part_id: str) -> bool:
        """Whether figures of a metric are told apart by this part."""
        if breakdown not in self.find_metric(metric_id).breakdowns:
            return False
        group = self.find_part(breakdown, part_id).of
        return group is None or metric_id in self.groups[group]

    def holds_on(self, first: str, second: str) -> bool:
        """Whether the topic of a figure of one metric holds on for a following one of the other."""
        return any(first in self.groups[group] and second in self.groups[group] for group in self.held_on)

    def join(self, breakdown: Breakdown, ids: Sequence[str]) -> str | None:
        """The one id of several parts under one figure; null when they have none."""
        distinct = set(ids)
        if len(distinct) == 1:
            return ids[0]
        joint = next((j.id for j in self.joint if j.breakdown == breakdown and set(j.ids) == distinct), None)
        family = self.name_family(breakdown, distinct)
        return joint or (family if family in distinct else None)

    def name_family(self, breakdown: Breakdown, ids: Iterable[str]) -> str | None:
        """The family that all these parts are of."""
        distinct = set(ids)
        return next((f.id for f in self.families if f.breakdown == breakdown and distinct <= set(f.ids)), None)

    @model_validator(mode="after")
    def _refuse_inconsistency(self) -> Self:
        metrics = {metric.id for metric in self.metrics}
        named = {name for names in (*self.groups.values(), *self.changed.values()) for name in names}
        if named - metrics or len(metrics) != len(self.metrics):
            raise ValueError(f"metrics unknown or given twice: {sorted(named - metrics)}")
        for breakdown, parts in self.breakdowns.items():
            ids = [part.id for part in parts]
            groups = {part.of for part in parts if part.of is not None}
            if len(set(ids)) != len(ids) or groups - set(self.groups):
                raise ValueError(f"`{breakdown}`: an id stands twice or a group is unknown")
            joined = {i for j in (*self.joint, *self.families) if j.breakdown == breakdown for i in (*j.ids, j.id)}
            if joined - set(ids):
                raise ValueError(f"`{breakdown}`: unknown parts are joined: {sorted(joined - set(ids))}")
        return self


def read_prose_yaml(name: str) -> dict:
    """One data file of this room."""
    return yaml.safe_load(resources.files("parsers.prose").joinpath(name).read_text(encoding="utf-8"))


@cache
def load_catalogue() -> Catalogue:
    """Reads and checks metrics.yml and breakdowns.yml. Raises `ValueError` for content that does not fit together."""
    return Catalogue(**read_prose_yaml("metrics.yml"), **read_prose_yaml("breakdowns.yml"))


@cache
def _index_metrics() -> dict[str, Metric]:
    return {metric.id: metric for metric in load_catalogue().metrics}


@cache
def _index_parts() -> dict[tuple[Breakdown, str], Part]:
    return {(b, part.id): part for b, parts in load_catalogue().breakdowns.items() for part in parts}
