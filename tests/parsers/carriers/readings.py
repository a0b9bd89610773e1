"""What tests ask of a page: that its tables hold the printed figures, and that no cell is wrong without a finding."""

from decimal import Decimal

from hypothesis import strategies as st

from parsers.carriers.member import MemberPage
from parsers.page import Page
from parsers.tables import TablesReading, read_tables
from tests.parsers.tables.grids import list_cell_ids

FIGURES = st.one_of(st.integers(0, 9), st.integers(0, 120_000)).map(str)
PRINTED = st.one_of(FIGURES, st.sampled_from(["", "/", "0", "—"]))


def number_figures(edition_id: str = "format_2021") -> dict[str, str]:
    """Every cell its own number, so that a figure in the wrong place shows."""
    return {cell_id: str(number) for number, cell_id in enumerate(list_cell_ids(edition_id), start=100)}


def draw_figures(data: st.DataObject, edition_id: str, figures: st.SearchStrategy[str] = FIGURES) -> dict[str, str]:
    """A figure for every cell of an edition."""
    ids = list_cell_ids(edition_id)
    return dict(zip(ids, data.draw(st.lists(figures, min_size=len(ids), max_size=len(ids))), strict=True))


def take_page(members: tuple[MemberPage, ...]) -> Page:
    """The page of a document with one member."""
    (member,) = members
    assert member.page is not None, (member.status_reason, member.status_detail)
    return member.page


def read_printed(page: Page) -> tuple[dict[str, str], TablesReading]:
    """What every cell prints, by id, with the whole reading."""
    reading = read_tables(page)
    return {cell.cell_id: (cell.printed_text or "").strip() for cell in reading.cells}, reading


def list_silent_errors(page: Page, figures: dict[str, str]) -> list[str]:
    """Cells whose value is not the printed one and that no finding names."""
    reading = read_tables(page)
    doubted = {cell_id for finding in reading.findings for cell_id in finding.cells}
    return [
        f"{cell.cell_id}: printed {figures[cell.cell_id]}, read {cell.value}"
        for cell in reading.cells
        if cell.state == "number"
        and cell.cell_id not in doubted
        and Decimal(figures[cell.cell_id] or "-1") != cell.value
    ]
