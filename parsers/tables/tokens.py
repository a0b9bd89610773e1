"""A page as one sequence of printed tokens in reading order, whatever carrier it came from."""

import re
from dataclasses import dataclass

from parsers.page import Cell, Grid, Layout, Page, Paragraph
from parsers.tables.labels import normalise_label
from parsers.tables.numbers import is_figure, normalise_text

_LONGEST_HEADING = 40
# The form's longest label has 46 characters; what is beyond this is prose.
_LONGEST_LABEL = 200
_RUN_OF_FIGURES = re.compile(r"[+\-−—/.,\d\s]*(?:万元|元)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A printed cell (or a short paragraph between grids, which can only be a heading).

    `label` is the normalised text where the token can be a label, else empty. `grid_no` is null for paragraphs.
    `is_fused` marks a run of figures taken out of running text, where cell borders were lost.
    """

    text: str
    label: str
    grid_no: int | None
    layout: Layout | None
    row: int
    column: int
    column_span: int
    locator: str
    confidence: float
    is_fused: bool = False


def read_tokens(page: Page, fused_labels: re.Pattern[str], fused_marks: tuple[str, ...]) -> tuple[Token, ...]:
    """All cells of all grids, short paragraphs, and the labels and runs of fused paragraphs, in reading order."""
    tokens: list[Token] = []
    for block_no, block in enumerate(page.blocks):
        if isinstance(block, Grid):
            tokens.extend(_read_grid(block, block_no))
        elif len(block.text) > _LONGEST_HEADING and _is_fused(block, fused_marks):
            tokens.extend(_read_fused_paragraph(block, block_no, fused_labels))
        elif len(block.text) <= _LONGEST_HEADING:
            label = normalise_label(block.text)
            tokens.append(Token(block.text, label, None, None, 0, 0, 1, block.locator, 1.0))
    return tuple(tokens)


def _read_grid(grid: Grid, grid_no: int) -> list[Token]:
    return [
        Token(
            text=cell.text,
            label=normalise_label(cell.text[:_LONGEST_LABEL]) if _can_be_label(cell) else "",
            grid_no=grid_no,
            layout=grid.layout,
            row=cell.row,
            column=cell.column,
            column_span=cell.column_span,
            locator=cell.locator,
            confidence=cell.confidence,
        )
        for cell in grid.cells
    ]


def _can_be_label(cell: Cell) -> bool:
    """Words, and not the two readings of a figure that its carrier could not tell."""
    if cell.confidence == 0 and not any("\u4e00" <= character <= "\u9fff" for character in cell.text):
        return False
    return not is_figure(cell.text)


def _is_fused(paragraph: Paragraph, marks: tuple[str, ...]) -> bool:
    compact = normalise_text(paragraph.text)
    return sum(mark in compact for mark in marks) * 2 >= len(marks)


def _read_fused_paragraph(paragraph: Paragraph, block_no: int, labels: re.Pattern[str]) -> list[Token]:
    """Labels found in running text, each followed by the run of figures that stands behind it, if any."""
    tokens: list[Token] = []
    text = paragraph.text
    matches = list(labels.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        run = _RUN_OF_FIGURES.match(text, match.end(), end)
        pieces = [(match, normalise_label(match[0]), False)]
        if run is not None and run[0].strip():
            pieces.append((run, "", True))
        for piece, label, is_fused in pieces:
            place = f"{paragraph.locator}, character {piece.start() + 1}"
            tokens.append(Token(piece[0].strip(), label, block_no, "stream", 0, len(tokens), 1, place, 1.0, is_fused))
    return tokens
