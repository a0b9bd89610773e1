"""What a single mistake of reading could have hidden, and for which carriers it is looked for."""

import pytest

from parsers.carriers.registry import CARRIERS
from parsers.relations.mistakes import list_readings, load_mistakes
from tests.parsers.relations.test_sums import make_cells

ARCHIVES = {"zip", "rar", "7z", "tar", "gzip"}


def list_printed(row: str, carrier: str) -> set[tuple[str, str]]:
    """Each mistake with the whole row as it would be read."""
    cells = make_cells(row)
    return {
        (mistake, ",".join(figures.get(cell.cell_id, cell).printed_text or "" for cell in cells))
        for mistake, figures in list_readings(cells, carrier)
    }


@pytest.mark.parametrize(
    ("row", "readings"),
    [
        ("1,2", {("split", "12,"), ("split", ",12")}),
        ("12,3", {("joined", "1,23"), ("split", "123,"), ("split", ",123")}),
        ("10,1", {("split", "101,"), ("split", ",101")}),
        ("5,", {("joined", ",5"), ("shifted", ",5"), ("lost", "?,5")}),
        ("1.5,2", set()),
        ("无,2", set()),
    ],
)
def test_borders_between_figures_of_a_text_may_stand_elsewhere(row: str, readings: set[tuple[str, str]]) -> None:
    assert list_printed(row, "text") == readings


def test_run_beside_blanks_may_be_a_whole_row() -> None:
    assert ("joined", "21,7,0,0") in list_printed("21700,,,", "text")
    assert ("joined", "217,0,0,") in list_printed("21700,,,", "text")


@pytest.mark.parametrize("carrier", ["html", "docx", "xlsx"])
@pytest.mark.parametrize("row", ["12,3", "21700,,,", "5,,1"])
def test_marked_cells_cannot_be_misread(carrier: str, row: str) -> None:
    assert list_printed(row, carrier) == set()


def test_every_format_that_is_read_says_what_can_go_wrong() -> None:
    formats = {name for carrier in CARRIERS for name in carrier.formats}
    assert formats - ARCHIVES <= set(load_mistakes())
