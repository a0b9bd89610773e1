"""What a damage is: a name, the stage it belongs to, the carriers it can happen to, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from tests.torture.printing import Draft
from tests.torture.truth import Truth

TEXT = frozenset({"text"})
PAGES = frozenset({"html", "text"})
WEB = frozenset({"html"})
OFFICE = frozenset({"docx", "doc", "xlsx", "pdf_ruled", "pdf_borderless", "scan"})


@dataclass(frozen=True, slots=True)
class FigureDamage:
    """Changes what the agency prints, so that the truth changes with it. False where there was nothing to change."""

    name: str
    title: str
    change: Callable[[Truth, Random], bool]
    carriers: frozenset[str] | None = None
    stage: Literal["edition", "figures"] = "figures"


@dataclass(frozen=True, slots=True)
class PrintDamage:
    """Changes how the report is printed, laid out or converted; the truth stays. False where it found no place."""

    name: str
    title: str
    apply: Callable[[Draft, Random], bool]
    carriers: frozenset[str] | None = None
    stage: Literal["text", "labels", "rows", "breaks", "around", "style"] = "rows"


Damage = FigureDamage | PrintDamage
STAGES = ("edition", "figures", "text", "labels", "rows", "breaks", "around", "style")
