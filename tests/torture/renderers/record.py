"""What a renderer is: a name, how it draws its style, how it writes a report, and what turns that into its format."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.torture.printing import Draft


@dataclass(frozen=True, slots=True)
class Renderer:
    """`draw_style` chooses among undamaged ways to write; `write` gives the bytes. `reports` is the full number.

    `convert` turns many written files at once into the format, for programs that take long to start; null results are
    files it could not write. Reports of such a renderer are run in batches of `batch`.
    """

    name: str
    draw_style: Callable[[Random], dict[str, str]]
    write: Callable[[Draft], bytes]
    reports: int = 200
    batch: int = 8
    convert: Callable[[list[bytes]], list[bytes]] | None = None


def draw_no_style(random: Random) -> dict[str, str]:
    """One way only."""
    return {}


def list_lines(draft: Draft) -> list[str]:
    """Everything above the first chapter, in order."""
    return [*draft.above, *draft.title, *draft.preface]


OTHER_TABLE = (("渠道", "条数", "占比"), ("政府网站", "34", "5%"), ("政务新媒体", "513", "68%"), ("其他", "202", "27%"))
