"""What a renderer is: a name, how it draws its style, and how it writes a report."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.torture.printing import Draft


@dataclass(frozen=True, slots=True)
class Renderer:
    """`draw_style` chooses among undamaged ways to write; `write` gives the bytes. `reports` is the full number."""

    name: str
    draw_style: Callable[[Random], dict[str, str]]
    write: Callable[[Draft], bytes]
    reports: int = 200


def draw_no_style(random: Random) -> dict[str, str]:
    """One way only."""
    return {}


def list_lines(draft: Draft) -> list[str]:
    """Everything above the first chapter, in order."""
    return [*draft.above, *draft.title, *draft.preface]
