"""Lines with indents in a terminal: Chinese breaks between characters, and no line begins with a closing mark."""

import re
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

LEAST_WIDTH = 20
_OPENING, _CLOSING = "“‘（《【〔", "，。、；：？！”’）》】〕"
_TOKENS = re.compile(rf"[{_OPENING}]*(?:[!-~]+|[^\s!-~])[{_CLOSING}]*|\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph: how far it stands in, what it says, and its style."""

    indent: int
    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines below each other; one that is too wide goes on below at its own indent."""

    lines: tuple[Line, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.lines:
            for part in fold_line(line.text, options.max_width - line.indent):
                yield Text(" " * line.indent + part, line.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((line.indent + cell_len(line.text) for line in self.lines), default=0)
        return Measurement(min(LEAST_WIDTH, widest), widest).with_maximum(options.max_width)


def fold_line(text: str, width: int) -> list[str]:
    """The text in parts of at most `width` cells, broken between words and between Chinese characters."""
    parts = [""]
    for token in _TOKENS.findall(text):
        if cell_len(parts[-1] + token.rstrip()) <= width:
            parts[-1] += token
        elif not token.isspace():
            parts += chop_cells(token, width)
    return [part.rstrip() for part in parts if part.strip()]
