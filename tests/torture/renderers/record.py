"""What a renderer is: a name, how it draws its style, how it writes a report, and what turns that into its format."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.torture.printing import Draft

_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


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


def settle_times(package: bytes) -> bytes:
    """The same office file without the time of day that its writer puts into it."""
    buffer = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _TIME.sub(b"2024-01-01T00:00:00Z", part)
            target.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return buffer.getvalue()


def draw_no_style(random: Random) -> dict[str, str]:
    """One way only."""
    return {}


def list_lines(draft: Draft) -> list[str]:
    """Everything above the first chapter, in order."""
    return [*draft.above, *draft.title, *draft.preface]


OTHER_TABLE = (("渠道", "条数", "占比"), ("政府网站", "34", "5%"), ("政务新媒体", "513", "68%"), ("其他", "202", "27%"))
