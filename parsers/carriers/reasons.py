"""Why a document has no report, or a report no tables: the codes of `reports.status_reason` with what to do."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

RefusalStatus = Literal["no_tables", "not_a_report", "unreadable", "unsupported", "needs_tool"]


class StatusReason(BaseModel):
    """One reason, in both languages, with the remedy. It belongs to exactly one status."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    status: RefusalStatus
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    hint_zh: str = Field(min_length=1)
    hint_en: str = Field(min_length=1)


@cache
def load_reasons() -> Mapping[str, StatusReason]:
    """All reasons by id, in the file's order. Raises ValueError for an id given twice or a field missing."""
    text = files("parsers").joinpath("form", "status_reasons.yml").read_text(encoding="utf-8")
    reasons = TypeAdapter(tuple[StatusReason, ...]).validate_python(yaml.safe_load(text))
    by_id = {reason.id: reason for reason in reasons}
    if len(by_id) != len(reasons):
        twice = sorted({reason.id for reason in reasons if [r.id for r in reasons].count(reason.id) > 1})
        raise ValueError(f"status_reasons.yml: id given twice: {', '.join(twice)}")
    return MappingProxyType(by_id)


def get_reason(reason_id: str) -> StatusReason:
    """The reason with this id. Raises KeyError with the file's name: an unlisted reason is a mistake in the code."""
    reasons = load_reasons()
    if reason_id not in reasons:
        raise KeyError(f"status_reasons.yml: unknown reason `{reason_id}`")
    return reasons[reason_id]
