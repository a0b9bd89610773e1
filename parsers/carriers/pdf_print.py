"""What stands on a printed page: characters and straight strokes, upright and measured from the top left in points."""

from dataclasses import dataclass
from typing import NamedTuple

# Stands for a glyph that the file gives no character for, so that a figure with one in it is never read.
UNKNOWN = "\ufffd"


class Character(NamedTuple):
    """One printed character with its box. `turn` counts quarter turns clockwise against the page's own writing."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turn: int

    @property
    def size(self) -> float:
        """The height of the box, which is the size of the type."""
        return self.bottom - self.top


class Stroke(NamedTuple):
    """A straight ruled line: `at` is its place across, `start` and `end` its reach along."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page. `has_picture` is true where a picture covers much of it; `doubts` are what was left out, by name."""

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    has_picture: bool
    doubts: tuple[str, ...]
