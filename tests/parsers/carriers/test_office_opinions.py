"""Two readings of one document: what both print stays certain, what they print differently is certain in neither."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.carriers.office_opinions import merge_readings
from parsers.page import Cell, Grid, Page
from tests.parsers.carriers.readings import draw_figures, number_figures
from tests.parsers.tables.grids import make_page


def list_doubted(page: Page) -> list[str]:
    return [
        cell.text for block in page.blocks if isinstance(block, Grid) for cell in block.cells if not cell.confidence
    ]


def change_cells(page: Page, changes: dict[str, str]) -> Page:
    """The page with the texts of some cells changed."""
    blocks = tuple(
        replace(block, cells=tuple(cell._replace(text=changes.get(cell.text, cell.text)) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_readings_that_agree_leave_nothing_in_doubt(data: st.DataObject) -> None:
    figures = draw_figures(data, "format_2021")
    first, second = make_page("format_2021", figures, "sequence"), make_page("format_2021", figures, "placed")
    merged = merge_readings(first, second)
    assert merged.blocks == first.blocks
    assert merged.reader == "test, test"


@settings(max_examples=40, deadline=None)
@given(
    changed=st.lists(st.sampled_from(sorted(number_figures().values())), min_size=1, max_size=5, unique=True),
    to=st.sampled_from(["9999", "", "/", "0"]),
)
def test_cells_that_differ_are_doubted_and_no_others(changed: list[str], to: str) -> None:
    first = make_page("format_2021", number_figures(), "sequence")
    second = change_cells(make_page("format_2021", number_figures(), "placed"), dict.fromkeys(changed, to))
    assert sorted(list_doubted(merge_readings(first, second))) == sorted(changed)


def test_figures_in_another_order_are_doubted() -> None:
    first = make_page("format_2021", number_figures(), "sequence")
    second = change_cells(first, {"110": "111", "111": "110"})
    assert list_doubted(merge_readings(first, second)) == ["110", "111"]


def test_row_that_the_other_reading_lacks_is_doubted() -> None:
    first = make_page("format_2021", number_figures(), "sequence")
    lost = "1.属于国家秘密"
    blocks = tuple(
        replace(block, cells=tuple(cell for cell in block.cells if cell.row != row_of(block, lost)))
        if isinstance(block, Grid)
        else block
        for block in first.blocks
    )
    assert len(list_doubted(merge_readings(first, replace(first, blocks=blocks)))) == 7


def row_of(grid: Grid, label: str) -> int | None:
    """The row with the label, null where the grid has none."""
    return next((cell.row for cell in grid.cells if cell.text == label), None)


def test_row_with_a_cell_too_many_is_doubted_as_a_whole() -> None:
    cells = tuple(Cell(text, 0, no, "x") for no, text in enumerate(["规章", "1", "2", "3"]))
    first = Page("doc", "a", (Grid(cells[:3], "sequence", "x"),))
    second = Page("doc", "b", (Grid(cells, "placed", "x"),))
    assert list_doubted(merge_readings(first, second)) == ["1", "2"]


def test_reading_without_tables_gives_way() -> None:
    with_tables, without = make_page("format_2021", number_figures(), "placed"), Page("doc", "b", ())
    assert merge_readings(without, with_tables) is with_tables
    assert merge_readings(with_tables, without) is with_tables
