"""How large the sheets of an open document (ODS) are, before the library lays them out as full rectangles.

Such files write a run of equal rows or cells once, with a count: a few bytes can stand for a million rows.
"""

from lxml import etree

from parsers.carriers.docx_words import read_whole_number
from parsers.carriers.office_package import parse_part
from parsers.carriers.sheet_blocks import check_size

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def check_open_document(content: bytes) -> None:
    """Raises RefusalError `too_large` for a sheet that holds more places than any report has cells."""
    for table in parse_part(content).iter(f"{_TABLE}table"):
        place, height, width = 0, 0, 0
        for row in table.iter(f"{_TABLE}table-row"):
            place += _read_count(row, "number-rows-repeated")
            filled = _measure_row(row)
            if filled:
                height, width = place, max(width, filled)
        check_size(height, width)


def _measure_row(row: etree._Element) -> int:
    """The column after the last cell that holds anything; 0 for a blank row."""
    place = filled = 0
    for cell in row.iterchildren(*_CELLS):
        place += _read_count(cell, "number-columns-repeated")
        if len(cell) or any("value" in name for name in cell.attrib):
            filled = place
    return filled


def _read_count(node: etree._Element, name: str) -> int:
    return read_whole_number(node.get(f"{_TABLE}{name}")) or 1
