"""Makes the font that stands in for fonts a PDF does not carry: `python -m tests.parsers.carriers.stand_in_font`.

Two signs serve all characters: a mark in the middle of a full-width place, and one narrow enough for any other.
"""

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from parsers.carriers.pdf_fonts import STAND_IN_FONT

UNITS_PER_EM = 1000
FIRST, FIRST_WIDE, LAST = 0x21, 0x1100, 0x2FFFF
# Left, bottom, right, top of each mark.
MARKS = {".notdef": (20, 0, 120, 500), "narrow": (20, 0, 120, 500), "wide": (300, 200, 700, 600)}
WIDTHS = {".notdef": 500, "narrow": 500, "wide": 1000}


def make_font() -> bytes:
    """The font, the same bytes every time."""
    builder = FontBuilder(UNITS_PER_EM, isTTF=True)
    builder.setupGlyphOrder(list(MARKS))
    builder.setupCharacterMap({FIRST: "narrow"})
    builder.setupGlyf({name: _draw_mark(*mark) for name, mark in MARKS.items()})
    builder.setupHorizontalMetrics({name: (WIDTHS[name], mark[0]) for name, mark in MARKS.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Stand-in", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    many_to_one = CmapSubtable.newSubtable(13)
    many_to_one.platformID, many_to_one.platEncID, many_to_one.language = 3, 10, 0
    many_to_one.cmap = {code: "narrow" if code < FIRST_WIDE else "wide" for code in range(FIRST, LAST + 1)}
    builder.font["cmap"].tables.append(many_to_one)
    builder.font.recalcTimestamp = False
    builder.updateHead(created=0, modified=0)
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _draw_mark(left: int, bottom: int, right: int, top: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((left, bottom))
    for corner in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


if __name__ == "__main__":
    STAND_IN_FONT.write_bytes(make_font())
