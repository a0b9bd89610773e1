"""RTF written by hand: tables row by row, characters in every way they are written, damage named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.carriers.detection import detect_format, get_format
from parsers.carriers.reasons import get_reason
from parsers.carriers.rtf import read_rtf_members
from parsers.page import Grid, Page, Paragraph
from tests.parsers.carriers.form_tables import CHAPTERS, TITLE, FormTable, lay_out_form
from tests.parsers.carriers.readings import (
    PRINTED,
    draw_figures,
    list_silent_errors,
    number_figures,
    read_printed,
    take_page,
)

HEAD = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}{\*\generator x;}"


def write_bytes(text: str) -> bytes:
    """Characters as bytes of GBK, as Chinese programs write them."""
    return "".join(f"\\'{byte:02x}" if byte > 0x7F else chr(byte) for byte in text.encode("gb18030")).encode()


def write_numbers(text: str) -> bytes:
    """Characters by their numbers, each with a question mark for programs that do not know them."""
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2)]
    return "".join(chr(code) if 0x20 <= code < 0x7F else f"\\u{code}?" for code in codes).encode()


WRITERS = {"bytes": write_bytes, "numbers": write_numbers}


def write_table(table: FormTable, writer: str) -> bytes:
    """Every row with its cells, those that a merge covers included, as word processors write them."""
    covering = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    rows = []
    for row in range(table.height):
        cells = list(dict.fromkeys(covering[row, column] for column in range(table.width)))
        marks = b"".join(
            (b"" if cell.row_span == 1 else rb"\clvmgf" if cell.row == row else rb"\clvmrg")
            + b"\\cellx%d" % ((cell.column + cell.column_span) * 1000)
            for cell in cells
        )
        texts = b"".join(
            rb"\pard\intbl {" + (WRITERS[writer](cell.text) if cell.row == row else b"") + rb"}\cell" for cell in cells
        )
        rows.append(rb"\trowd" + marks + texts + b"\\row\n")
    return b"".join(rows) + rb"\pard "


def write_report(tables: list[FormTable], writer: str) -> bytes:
    parts = [WRITERS[writer](TITLE) + rb"\par "]
    for table in tables:
        parts.append(WRITERS[writer](CHAPTERS[table.table_id]) + rb"\par " + write_table(table, writer))
    return HEAD + b"".join(parts) + b"}"


WHOLE = write_report(lay_out_form(number_figures()), "bytes")


def read(data: bytes) -> Page:
    return take_page(read_rtf_members(data, detect_format(data)))


def read_texts(inside: bytes) -> list[str]:
    return [block.text for block in read(HEAD + inside + b"}").blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("edition_id", ["format_2021", "format_2019"])
def test_whole_document_is_read_without_findings(edition_id: str, writer: str) -> None:
    figures = number_figures(edition_id)
    page = read(write_report(lay_out_form(figures, edition_id), writer))
    printed, reading = read_printed(page)
    assert (printed, reading.findings) == (figures, ())
    assert page.blocks[0] == Paragraph(TITLE, "paragraph 1")
    assert {block.layout for block in page.blocks if isinstance(block, Grid)} == {"sequence"}


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_blanks_slashes_and_figures_are_read_as_printed(data: st.DataObject) -> None:
    figures = draw_figures(data, "format_2021", PRINTED)
    printed, reading = read_printed(read(write_report(lay_out_form(figures), "bytes")))
    assert (printed, reading.findings) == (figures, ())


@pytest.mark.parametrize(
    ("inside", "texts"),
    [
        pytest.param(write_bytes("总体") + rb"{\b " + write_bytes("情况") + b"}", ["总体情况"], id="groups"),
        pytest.param(rb"2{\v 9}0{\deleted 8}{\v0 1}", ["201"], id="hidden_and_deleted"),
        pytest.param(rb"{\field{\*\fldinst PAGE}{\fldrslt 12}}", ["12"], id="field"),
        pytest.param(rb"{\listtext 1.\tab}" + write_bytes("总体"), ["1.\t总体"], id="automatic_number"),
        pytest.param(rb"a\~b\_c\-d\line e\{\}\\", ["a\xa0b-cd\ne{}\\"], id="signs"),
        pytest.param(rb"{\uc2\u20844\'3f\'3f}{\uc0\u24320}", ["公开"], id="characters_replaced"),
        pytest.param(rb"\u-10179?\u-8704?", ["\U0001f600"], id="surrogates"),
        pytest.param(rb"{\header x}{\footnote y}{\*\unknown z}{\pict 0a0b}a", ["a"], id="left_out"),
        pytest.param(b"{\\pict\\bin4 {{{{}a", ["a"], id="binary"),
        pytest.param(rb"{\shp{\*\shpinst{\sp x}{\shptxt a\par}}{\shprslt b}}", ["a"], id="text_box"),
        pytest.param(rb"a\par\page b\sect c", ["a", "b", "c"], id="breaks"),
    ],
)
def test_text_is_read_as_printed(inside: bytes, texts: list[str]) -> None:
    assert read_texts(inside) == texts


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"a",
        HEAD + b"a}}b",
        HEAD + b"}",
        HEAD + b"{" * 1_000_000,
        write_report(lay_out_form(number_figures()), "bytes")[:-900],
    ],
    ids=["open", "closed_twice", "blank", "deep", "cut_off"],
)
def test_damaged_file_is_named(data: bytes) -> None:
    (member,) = read_rtf_members(data, get_format("rtf"))
    assert (member.status, member.status_reason) == ("unreadable", "damaged_file")


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(b"{}\\ az\n")), max_size=3))
def test_any_damage_has_a_listed_reason_or_no_silent_error(changes: list[tuple[float, int]]) -> None:
    figures = number_figures()
    data = bytearray(write_report(lay_out_form(figures), "numbers"))
    for place, value in changes:
        at = int(place * len(data))
        if not chr(data[at]).isdigit():
            data[at] = value
    for member in read_rtf_members(bytes(data), get_format("rtf")):
        if member.page is None:
            assert get_reason(member.status_reason or "").status == member.status
        else:
            assert list_silent_errors(member.page, figures) == []
