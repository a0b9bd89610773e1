"""Reads text files, Markdown included: paragraphs, and tables in the ways that converters write them.

Left out as noise, by name: page marks (—#—, — 4 —, -3-), rules, `[bookmark: …]`, `**` and `#` marks, the bars of merged
cells. Whatever is not clearly a table stays a paragraph; text whose cells are fused is one, too.
"""

import re
from collections.abc import Sequence

from parsers.carriers.charset import decode_text
from parsers.carriers.detection import Format
from parsers.carriers.member import Carrier, MemberPage, accept_page, refuse_document
from parsers.carriers.page_words import holds_report_text, read_head_line
from parsers.carriers.text_lines import Line, split_lines
from parsers.carriers.text_runs import read_plain_cells, read_spaced_rows
from parsers.carriers.text_tables import (
    Found,
    TableReader,
    read_bar_cells,
    read_pipe_rows,
    read_tab_cells,
    read_tab_rows,
)
from parsers.page import Grid, MetadataItem, Page, Paragraph

_READER = "lines"
_MAX_BYTES = 16 * 1024 * 1024
_READERS: tuple[TableReader, ...] = (
    read_pipe_rows,
    read_bar_cells,
    read_tab_cells,
    read_tab_rows,
    read_spaced_rows,
    read_plain_cells,
)
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
# A crawler's head: lines of name and value, closed by ===== 正文 =====.
_BODY_MARK = re.compile(r"\s*[=＝]{3,}\s*正文\s*[=＝]{3,}\s*")
_HEAD_LINE = re.compile(r"\s*([^:：]{1,12})[:：]\s*(.*?)\s*")
_LONGEST_HEAD = 40


def read_text_members(data: bytes, detected: Format) -> tuple[MemberPage, ...]:
    """Read one text file. `unreadable` where its charset cannot be told."""
    decoded = decode_text(data)
    if decoded is None:
        return (refuse_document(detected.media_type, detected.id, _READER, "unknown_charset"),)
    if not decoded.text.strip():
        return (refuse_document(detected.media_type, detected.id, _READER, "empty_file"),)
    doubts = [MetadataItem("decoding", decoded.note, "document")] if decoded.note else []
    return (accept_page(detected, read_page(decoded.text, detected.id, doubts)),)


def read_page(text: str, carrier: str, doubts: list[MetadataItem]) -> Page:
    """Read decoded text to a page; `doubts` are what is to be said about the decoding."""
    lines = split_lines(text)
    metadata = list(doubts)
    blocks: list[Paragraph | Grid] = []
    place = read_head(lines, blocks, metadata)
    missed = dict.fromkeys(_READERS, place)
    has_begun = False
    while place < len(lines):
        line = lines[place]
        if line.is_blank:
            place += 1
            continue
        found = read_table(lines, place, missed)
        if found is not None:
            blocks.append(found.grid)
            place = found.end
            continue
        items = read_head_line(line.printed, line.locator, is_before_article=not has_begun)
        metadata.extend(items)
        if not items and line.printed:
            blocks.append(read_paragraph(line))
            has_begun = has_begun or holds_report_text(line.printed)
        place += 1
    return Page(carrier, _READER, tuple(blocks), tuple(metadata))


def read_head(lines: Sequence[Line], blocks: list[Paragraph | Grid], metadata: list[MetadataItem]) -> int:
    """Read a crawler's head to items, named as printed; gives the place of the first line behind it, 0 without one."""
    mark = next((n for n, line in enumerate(lines[:_LONGEST_HEAD]) if _BODY_MARK.fullmatch(line.text)), None)
    if mark is None:
        return 0
    for line in lines[:mark]:
        match = _HEAD_LINE.fullmatch(line.text)
        if match is not None:
            metadata.append(MetadataItem(match[1].strip(), match[2], line.locator))
        elif line.printed:
            blocks.append(read_paragraph(line))
    return mark + 1


def read_table(lines: Sequence[Line], place: int, missed: dict[TableReader, int]) -> Found | None:
    """The table that begins on this line, by the first way of writing that fits. `missed` holds, for each way, the
    place before which it is known not to begin."""
    for reader in _READERS:
        if place < missed[reader]:
            continue
        result = reader(lines, place)
        if isinstance(result, Found):
            return result
        missed[reader] = result.end
    return None


def read_paragraph(line: Line) -> Paragraph:
    """A line as a paragraph; Markdown headings lose their marks, the first level is the title."""
    match = _HEADING.fullmatch(line.printed)
    if match is None:
        return Paragraph(line.printed, line.locator)
    return Paragraph(match[2], line.locator, "title" if len(match[1]) == 1 else "heading")


CARRIER = Carrier(_READER, frozenset({"text"}), _MAX_BYTES, read_text_members)
