"""Joins lines to paragraphs: a line goes on in the next where it is full and the next is not indented."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from parsers.carriers.page_words import load_page_words
from parsers.carriers.pdf_lines import FlowLine
from parsers.carriers.text_lines import is_chapter_heading
from parsers.page import Paragraph, ParagraphRole

_FEWEST_SIGNS = 15
_STEP = 3
# In heights of the type.
_FULL_WITHIN = 1.6
_INDENTED_FROM = 1.0
_WIDEST_GAP = 1.6
_SAME_SIZE = 0.25
_TITLE_SIZE = 1.2


@dataclass(frozen=True, slots=True)
class TextArea:
    """Where the body of a document's text begins and ends across the page, and the height of its type."""

    left: float
    right: float
    size: float


def find_area(lines: Sequence[FlowLine]) -> TextArea:
    """The area that most long lines stand in; without long lines none is full, so that the area has no end."""
    long = [line for line in lines if len(line.text) >= _FEWEST_SIGNS]
    if not long:
        return TextArea(0.0, float("inf"), max((line.size for line in lines), default=0.0))
    lefts = Counter(round(line.left / _STEP) for line in long)
    most = max(lefts, key=lambda place: (lefts[place], -place))
    left = min(line.left for line in long if round(line.left / _STEP) == most)
    size = median(line.size for line in long)
    widest = max(line.right for line in long)
    full = [line.right for line in long if widest - line.right <= 2.5 * size]
    return TextArea(left, median(full), size)


def join_paragraphs(lines: Sequence[FlowLine], area: TextArea, first_no: dict[int, int]) -> list[Paragraph]:
    """The paragraphs of lines that follow one another, over page breaks too. `first_no` counts the paragraphs of each
    page and is counted on."""
    groups: list[list[FlowLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, area):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs = []
    for group in groups:
        page = group[0].page
        first_no[page] = first_no.setdefault(page, 0) + 1
        locator = f"page {page}, paragraph {first_no[page]}"
        paragraphs.append(Paragraph(_join_texts(group), locator, _find_role(group, area)))
    return paragraphs


def _goes_on(line: FlowLine, following: FlowLine, area: TextArea) -> bool:
    size = max(line.size, following.size)
    if abs(line.size - following.size) > _SAME_SIZE * size or is_chapter_heading(following.text):
        return False
    if _is_large(line, area) != _is_large(following, area):
        return False
    if following.page == line.page and following.top - line.bottom > _WIDEST_GAP * size:
        return False
    is_full = line.right >= area.right - _FULL_WITHIN * size
    return is_full and following.left < area.left + _INDENTED_FROM * size


def _is_large(line: FlowLine, area: TextArea) -> bool:
    return line.size >= _TITLE_SIZE * area.size


def _join_texts(group: list[FlowLine]) -> str:
    """The lines without a break, but where figures or words would run into one another."""
    text = group[0].text
    for line in group[1:]:
        if text[-1].isdigit() and line.text[0].isdigit():
            text += "\n"
        elif text[-1].isascii() and text[-1].isalnum() and line.text[0].isascii() and line.text[0].isalnum():
            text += " "
        text += line.text
    return text


def _find_role(group: list[FlowLine], area: TextArea) -> ParagraphRole:
    """`title` for large lines on the first page with a word of a report's title."""
    line = group[0]
    if line.page > 1 or not _is_large(line, area):
        return "text"
    return "title" if any(word in line.text for word in load_page_words().title_words) else "text"
