"""The form's tables in Word documents: whole ones without a finding, odd ones never wrong in silence."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.carriers.detection import get_format
from parsers.carriers.docx import read_docx_members
from parsers.page import Grid, Page, Paragraph
from parsers.tables import read_tables
from tests.parsers.carriers.docx_writer import WriteCell, add_table, save, write_in_runs, write_plainly, write_report
from tests.parsers.carriers.form_tables import TITLE, lay_out_form
from tests.parsers.carriers.readings import (
    PRINTED,
    draw_figures,
    list_silent_errors,
    number_figures,
    read_printed,
    take_page,
)

EDITIONS = ["format_2021", "format_2019"]


def read(data: bytes) -> Page:
    return take_page(read_docx_members(data, get_format("docx")))


@pytest.mark.parametrize("write", [write_plainly, write_in_runs])
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_whole_document_is_read_without_findings(edition_id: str, write: WriteCell) -> None:
    figures = number_figures(edition_id)
    page = read(save(write_report(lay_out_form(figures, edition_id), write)))
    printed, reading = read_printed(page)
    assert printed == figures
    assert set(reading.editions.values()) == {edition_id}
    assert reading.findings == ()
    assert [block.text for block in page.blocks[:2] if isinstance(block, Paragraph)] == [TITLE, "一、总体情况"]
    assert page.metadata == ()


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_blanks_slashes_and_figures_are_read_as_printed(data: st.DataObject) -> None:
    figures = draw_figures(data, "format_2021", PRINTED)
    page = read(save(write_report(lay_out_form(figures))))
    printed, reading = read_printed(page)
    assert printed == figures
    assert reading.findings == ()


def test_published_blank_form_has_two_hundred_blank_cells(reports_folder: Path) -> None:
    reading = read_tables(read((reports_folder / "空白模板.docx").read_bytes()))
    assert {cell.state for cell in reading.cells} == {"blank"}
    assert len(reading.cells) == 200
    assert (reading.findings, reading.unplaced_cells) == ((), ())
    assert set(reading.editions.values()) == {"format_2021"}


def test_document_inside_a_layout_table_is_read_as_if_it_stood_in_the_open() -> None:
    figures = number_figures()
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = TITLE
    for table in lay_out_form(figures):
        add_table(cell, table)
    page = read(save(document))
    printed, reading = read_printed(page)
    assert (printed, reading.findings) == (figures, ())
    assert [type(block) for block in page.blocks] == [Paragraph, Grid, Grid, Grid]
    assert [block.locator for block in page.blocks[1:]] == ["table 2", "table 3", "table 4"]


def test_deleted_and_inserted_figures_are_read_as_accepted() -> None:
    figures = number_figures()

    def write_changed(cell: _Cell, text: str) -> None:
        if not text.isdigit():
            write_plainly(cell, text)
            return
        paragraph = cell.paragraphs[0]._p
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        paragraph.append(parse_xml(f'<w:del {space} w:id="1"><w:r><w:delText>9{text}</w:delText></w:r></w:del>'))
        paragraph.append(parse_xml(f'<w:ins {space} w:id="2"><w:r><w:t>{text}</w:t></w:r></w:ins>'))

    page = read(save(write_report(lay_out_form(figures), write_changed)))
    printed, reading = read_printed(page)
    assert (printed, reading.findings) == (figures, ())
    (item,) = page.metadata
    assert (item.name, item.value) == (
        "tracked_changes",
        "read as accepted: 200 insertions kept, 200 deletions left out",
    )


def test_figure_beside_another_text_in_its_cell_is_never_silent() -> None:
    figures = number_figures()

    def write_two_paragraphs(cell: _Cell, text: str) -> None:
        write_plainly(cell, text[:1])
        cell.add_paragraph(text[1:])

    page = read(save(write_report(lay_out_form(figures), write_two_paragraphs)))
    assert list_silent_errors(page, figures) == []
    assert {cell.state for cell in read_tables(page).cells} == {"unreadable"}


def test_row_without_merges_above_is_still_read_to_its_columns() -> None:
    figures = number_figures()
    document = write_report(lay_out_form(figures))
    table = document.tables[1]
    for row in table.rows[6:]:
        first = row._tr.tc_lst[0]
        properties = first.tcPr
        assert properties is not None
        for mark in properties.xpath("w:vMerge"):
            properties.remove(mark)
    page = read(save(document))
    assert list_silent_errors(page, figures) == []


def test_rows_of_a_table_cut_in_two_keep_their_figures() -> None:
    figures = number_figures()
    document = write_report(lay_out_form(figures))
    table = document.tables[1]._tbl
    lower = parse_xml(docx.Document().add_table(0, 10)._tbl.xml)
    for row in table.tr_lst[15:]:
        lower.append(row)
    table.addnext(lower)
    table.addnext(docx.Document().add_paragraph("")._p)
    page = read(save(document))
    printed, _ = read_printed(page)
    assert list_silent_errors(page, figures) == []
    wrong = {cell_id for cell_id, text in printed.items() if text != figures[cell_id]}
    assert not wrong


def test_saved_again_by_another_library_reads_the_same() -> None:
    figures = number_figures()
    data = save(write_report(lay_out_form(figures)))
    again = BytesIO()
    docx.Document(BytesIO(data)).save(again)
    assert read(again.getvalue()) == read(data)
