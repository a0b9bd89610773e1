"""The form's tables printed to PDF in many ways: right cell for cell, or with a finding, never wrong in silence."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.carriers.pdf import read_pdf
from parsers.page import Grid, Page
from tests.parsers.carriers.pdf_prints import Rules, Style
from tests.parsers.carriers.pdf_reports import AGENCY, OVERVIEW, make_pdf
from tests.parsers.carriers.readings import PRINTED, draw_figures, list_silent_errors, number_figures, read_printed
from tests.parsers.page_readings import read_page_chapters, read_page_identity

EDITIONS = ["format_2021", "format_2019"]
# Table 4 has the narrowest columns; a figure is no wider than half its type. Wider numbers go on in the next line.
NARROWEST_COLUMN = Style().width / 15
RULES: list[Rules] = ["sides", "lines", "rectangles", "areas", "double", "dashes"]
STYLES = st.builds(
    Style,
    rules=st.sampled_from(RULES),
    row_break=st.sampled_from(["between", "open"]),
    size=st.sampled_from([5.0, 6.5, 9.0, 10.5, 12.0]),
    page_height=st.integers(420, 842).map(float),
    padding=st.sampled_from([1.0, 2.0, 5.0]),
    line_width=st.sampled_from([0.1, 0.5, 1.5]),
    frame=st.booleans(),
    page_numbers=st.sampled_from([None, "— {} —", "-{}-", "第{}页", "{}"]),
    running_head=st.sampled_from([None, "某市某局政务公开"]),
    group_downwards=st.booleans(),
    is_bold_twice=st.booleans(),
    landscape=st.sampled_from(["upright", "turned", "rotated"]),
)


def read_page(data: bytes) -> Page:
    member = read_pdf(data)
    assert member.page is not None, (member.status_reason, member.status_detail)
    return member.page


def assert_undamaged(style: Style, figures: dict[str, str], edition_id: str) -> None:
    """Every cell as printed, not one finding, and who reports on which year."""
    page = read_page(make_pdf(style, figures, edition_id))
    printed, reading = read_printed(page)
    assert printed == figures
    assert [finding.message_en for finding in reading.findings] == []
    identity, _ = read_page_identity(page)
    assert (identity.agency_name, identity.report_year) == (AGENCY, 2023)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_ruled_tables_are_read_cell_for_cell(edition_id: str, rules: Rules) -> None:
    assert_undamaged(Style(rules=rules), number_figures(edition_id), edition_id)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(style=STYLES, edition_id=st.sampled_from(EDITIONS), data=st.data())
def test_ruled_tables_are_read_whatever_their_print(style: Style, edition_id: str, data: st.DataObject) -> None:
    room = NARROWEST_COLUMN - 2 * style.padding
    fitting = PRINTED.filter(lambda text: len(text) * style.size / 2 <= room)
    assert_undamaged(style, draw_figures(data, edition_id, fitting), edition_id)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(style=STYLES, row_break=st.sampled_from(["torn", "torn_open"]), figures_below=st.booleans(), data=st.data())
def test_torn_rows_are_never_wrong_in_silence(
    style: Style, row_break: str, figures_below: bool, data: st.DataObject
) -> None:
    torn = replace(style, row_break=row_break, figures_below=figures_below)
    figures = draw_figures(data, "format_2021", PRINTED)
    assert list_silent_errors(read_page(make_pdf(torn, figures)), figures) == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(style=STYLES, data=st.data())
def test_tables_without_rules_are_never_wrong_in_silence(style: Style, data: st.DataObject) -> None:
    figures = draw_figures(data, "format_2021", PRINTED)
    assert list_silent_errors(read_page(make_pdf(replace(style, rules="none"), figures)), figures) == []


@pytest.mark.parametrize(("size", "padding"), [(10, 3), (9, 5), (10.5, 2), (6, 2)])
def test_tables_without_rules_are_read_by_alignment(size: float, padding: float) -> None:
    assert_undamaged(Style(rules="none", size=size, padding=padding), number_figures(), "format_2021")


def test_blank_cells_without_rules_are_known_by_the_rows_around_them() -> None:
    figures = number_figures() | {"t3.granted_full.commercial_enterprise": "", "t3.carried_in.total": ""}
    page = read_page(make_pdf(Style(rules="none"), figures))
    printed, reading = read_printed(page)
    assert printed["t3.granted_full.commercial_enterprise"] == ""
    assert printed["t3.granted_full.research_institution"] == figures["t3.granted_full.research_institution"]
    assert list_silent_errors(page, figures) == []
    assert len(reading.cells) == 200


@pytest.mark.parametrize("page_height", range(420, 700, 20))
def test_row_torn_by_a_page_break_is_mended(page_height: int) -> None:
    style = Style(row_break="torn_open", page_height=page_height)
    assert_undamaged(style, number_figures(), "format_2021")


def test_figures_below_the_break_belong_to_the_label_above_it() -> None:
    style = Style(row_break="torn_open", figures_below=True, page_height=560)
    assert_undamaged(style, number_figures(), "format_2021")


def test_table_over_three_pages_is_one_grid() -> None:
    page = read_page(make_pdf(Style(page_height=420), number_figures()))
    (grid,) = [
        block
        for block in page.blocks
        if isinstance(block, Grid) and any("上年结转" in cell.text for cell in block.cells)
    ]
    pages = {cell.locator.partition(",")[0] for cell in grid.cells}
    assert len(pages) >= 3
    assert grid.layout == "placed"
    groups = [cell for cell in grid.cells if cell.text.startswith("三、")]
    assert [(cell.row_span, cell.column) for cell in groups] == [(22, 0)]


def test_cells_are_found_by_page_table_row_and_cell() -> None:
    page = read_page(make_pdf(Style(), number_figures()))
    grid = next(block for block in page.blocks if isinstance(block, Grid))
    locators = {cell.text: cell.locator for cell in grid.cells}
    assert locators["第二十条第（一）项"] == "page 1, table 1, row 1, cell 1"
    assert locators["102"] == "page 1, table 1, row 3, cell 4"


def test_chapters_of_a_printed_report_are_read() -> None:
    page = read_page(make_pdf(Style(page_numbers="— {} —", page_height=600), number_figures()))
    chapters = {chapter.chapter: chapter.body_text for chapter in read_page_chapters(page)}
    assert sorted(chapters) == [0, 1, 2, 3, 4, 5, 6]
    assert chapters[1] == OVERVIEW
    assert chapters[6] == "无。"
