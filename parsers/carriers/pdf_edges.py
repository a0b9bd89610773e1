"""Leaves out what stands at the edges of pages by name: page numbers, and lines that every page repeats."""

import re
from collections import Counter

from parsers.carriers.page_words import squeeze_text
from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.text_lines import is_figure, is_page_mark
from parsers.page import MetadataItem

# Share of the page's height at its top and its bottom where such lines stand.
_EDGE = 0.15
_MOST_LINES = 3
_NEAR = 4.0
_REPEATED_SHARE = 0.5
_NUMBER = re.compile(
    r"(?:第|page)?[·•.—–-]?(?P<number>\d{1,3})[·•.—–-]?页?(?:(?:[/,]|of|共|、)+\d{1,3}页?)?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


def leave_out_edges(
    pages: list[list[FlowLine]], heights: list[float]
) -> tuple[list[list[FlowLine]], list[MetadataItem]]:
    """The lines of each page without page numbers and repeated lines, and what the latter print."""
    outermost = [_list_outermost(lines, height) for lines, height in zip(pages, heights, strict=True)]
    numbers = _find_numbers(
        [[line for line in edges if not _is_beside(line, lines)] for edges, lines in zip(outermost, pages, strict=True)]
    )
    repeated = _find_repeated(outermost)
    items: dict[str, MetadataItem] = {}
    kept: list[list[FlowLine]] = []
    for lines, edges in zip(pages, outermost, strict=True):
        left_out = {id(line) for line in edges if is_page_mark(line.text) or id(line) in numbers}
        for line in edges:
            if id(line) in repeated and id(line) not in left_out:
                left_out.add(id(line))
                items.setdefault(line.text, MetadataItem("running_head", line.text, f"page {line.page}"))
        kept.append([line for line in lines if id(line) not in left_out])
    return kept, list(items.values())


def _list_outermost(lines: list[FlowLine], height: float) -> list[FlowLine]:
    top = [line for line in lines[:_MOST_LINES] if line.middle < height * _EDGE]
    bottom = [line for line in lines[-_MOST_LINES:] if line.middle > height * (1 - _EDGE)]
    return [*top, *(line for line in bottom if line not in top)]


def _find_numbers(outermost: list[list[FlowLine]]) -> set[int]:
    """Lines that are a number and nothing else, and count the pages: all as far from the page's own number."""
    found: list[tuple[int, FlowLine]] = []
    for lines in outermost:
        for line in lines:
            match = _NUMBER.fullmatch(squeeze_text(line.text))
            if match is not None:
                found.append((int(match["number"]) - line.page, line))
    distances = Counter(distance for distance, _ in found)
    is_sure = {
        distance for distance, count in distances.items() if count > 1 or (distance == 0 and len(outermost) == 1)
    }
    return {id(line) for distance, line in found if distance in is_sure}


def _is_beside(line: FlowLine, others: list[FlowLine]) -> bool:
    """Whether a line stands less than a line from another: it may be a figure of a row, which no page number is."""
    return any(
        max(line.top - other.bottom, other.top - line.bottom) < max(line.size, other.size)
        for other in others
        if other is not line
    )


def _find_repeated(outermost: list[list[FlowLine]]) -> set[int]:
    """Lines of the same words at the same height on half of the pages, two at least, but figures and sentences."""
    places: dict[str, list[FlowLine]] = {}
    for lines in outermost:
        for line in lines:
            if "。" in line.text or any(is_figure(piece.text) for piece in line.pieces):
                continue
            places.setdefault(_DIGITS.sub("#", squeeze_text(line.text)), []).append(line)
    repeated: set[int] = set()
    for lines in places.values():
        for line in lines:
            alike = [other for other in lines if abs(other.middle - line.middle) <= _NEAR]
            pages = {other.page for other in alike}
            if len(pages) > 1 and len(pages) >= _REPEATED_SHARE * len(outermost):
                repeated.update(id(other) for other in alike)
    return repeated
