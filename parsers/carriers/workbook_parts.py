"""What an XLSX workbook says beside its values: how large its sheets are, how numbers are shown, what is hidden.

Read before the library lays a sheet out as a full rectangle, so that two cells at far corners are refused and not
laid out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from parsers.carriers.docx_words import read_whole_number
from parsers.carriers.number_formats import BUILT_IN, GENERAL
from parsers.carriers.office_package import Package, parse_part
from parsers.carriers.sheet_blocks import check_size

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_COLUMNS = 16_384
_PLAIN_FORMATS = frozenset({GENERAL, "@"})
_STRICT_MAIN = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_USUAL_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass
class SheetParts:
    """Facts about one sheet, by row and column from zero. `formats` has only cells whose format is no plain one;
    `uncomputed` are formulas whose result the file does not hold; `blank_rows` print cells, but nothing in them."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: dict[tuple[int, int], str] = field(default_factory=dict)
    blank_rows: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_sheet_parts(package: Package, workbook_part: str) -> dict[str, SheetParts]:
    """The facts of every sheet of cells, by sheet name. Raises RefusalError `too_large` or `damaged_file`."""
    relations = package.list_relations(workbook_part)
    targets = {relation.kind: relation.target for relation in relations.values()}
    formats = _read_formats(_parse(package, targets.get("styles", "")))
    workbook = _parse(package, workbook_part)
    found = {}
    for sheet in () if workbook is None else workbook.iter(f"{_MAIN}sheet"):
        relation = relations.get(sheet.get(_RELATION, ""))
        if relation is None or relation.kind != "worksheet":
            continue
        root = _parse(package, relation.target)
        if root is not None:
            found[sheet.get("name", "")] = _read_sheet(root, formats)
    return found


def _parse(package: Package, name: str) -> etree._Element | None:
    data = package.read(name)
    return None if data is None else parse_part(data.replace(_STRICT_MAIN, _USUAL_MAIN))


def _read_formats(styles: etree._Element | None) -> Mapping[str, str]:
    """The number format of each cell style that shows a number otherwise than plainly."""
    if styles is None:
        return {}
    codes = dict(BUILT_IN)
    for node in styles.iter(f"{_MAIN}numFmt"):
        number = read_whole_number(node.get("numFmtId"))
        if number is not None:
            codes[number] = node.get("formatCode", GENERAL)
    used = styles.find(f"{_MAIN}cellXfs")
    if used is None:
        return {}
    numbers = (read_whole_number(style.get("numFmtId")) for style in used)
    named = {str(no): None if number is None else codes.get(number) for no, number in enumerate(numbers)}
    return {style: code for style, code in named.items() if code is not None and code not in _PLAIN_FORMATS}


def _read_sheet(root: etree._Element, formats: Mapping[str, str]) -> SheetParts:
    parts = SheetParts()
    height = width = 0
    row_no = -1
    for columns in root.iter(f"{_MAIN}col"):
        if columns.get("hidden") in ("1", "true"):
            first, last = read_whole_number(columns.get("min")), read_whole_number(columns.get("max"))
            if first is not None and last is not None:
                parts.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))
    for row in root.iter(f"{_MAIN}row"):
        number = read_whole_number(row.get("r"))
        row_no = row_no + 1 if number is None else number - 1
        if row.get("hidden") in ("1", "true"):
            parts.hidden_rows.add(row_no)
        column, filled = -1, 0
        for cell in row.iterchildren(f"{_MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = column + 1 if place is None else read_column(place[1])
            if len(cell):
                _read_cell(cell, (row_no, column), formats, parts)
                filled = column + 1
        if filled:
            width, height = max(width, filled), max(height, row_no + 1)
        elif column >= 0:
            parts.blank_rows.add(row_no)
    check_size(height, width)
    return parts


def _read_cell(cell: etree._Element, place: tuple[int, int], formats: Mapping[str, str], parts: SheetParts) -> None:
    style = cell.get("s")
    if style is not None and style in formats:
        parts.formats[place] = formats[style]
    formula = cell.find(f"{_MAIN}f")
    if formula is not None and cell.get("t") != "str" and not cell.findtext(f"{_MAIN}v"):
        parts.uncomputed[place] = formula.text or ""


def read_column(letters: str) -> int:
    """A column's number from zero by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
