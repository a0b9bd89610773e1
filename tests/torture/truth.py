"""What a printed report says: its body, its year, and for every cell of the form what stands there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from parsers.report import CellState, EditionId
from tests.torture.figures import draw_figures

_LAYOUT = Path(__file__).resolve().parents[2] / "data" / "samples" / "layout.yml"
TABLE_IDS = ("t2", "t3", "t4")
REPORT_YEARS = range(2019, 2026)
_PLACES = ("和田市", "宁强县", "共和县", "将乐县", "江宁区", "云阳县", "大竹县", "平利县", "硚口区", "昆山市")
_BODIES = (
    "人民政府",
    "人民政府办公室",
    "财政局",
    "发展和改革局",
    "统计局",
    "气象局",
    "自然资源和规划局",
    "河口镇人民政府",
    "城关街道办事处",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell prints, and what must be read from it."""

    text: str
    state: CellState
    value: Decimal | None = None
    unit: str | None = None
    remark: str | None = None


@dataclass(slots=True)
class Truth:
    """One report's facts. A cell of the editions that is not in `cells` is not printed."""

    agency: str
    year: int
    editions: dict[str, EditionId]
    cells: dict[str, Figure]

    def list_rows(self, table: str) -> dict[str, list[str]]:
        """The ids of the printed cells of a table by line, in printed order."""
        rows: dict[str, list[str]] = {}
        for cell_id in self.cells:
            if cell_id.startswith(f"{table}."):
                rows.setdefault(cell_id.split(".")[1], []).append(cell_id)
        return rows

    def change(self, cell_id: str, **changes: Any) -> None:
        """Replace what one cell prints."""
        self.cells[cell_id] = replace(self.cells[cell_id], **changes)


def make_number(text: str) -> Figure:
    """A bare figure."""
    return Figure(text, "number", Decimal(text))


@cache
def load_layout() -> dict[str, Any]:
    """The printed tables of both editions, every scalar as a string; a test of the samples holds it to the form."""
    return yaml.load(_LAYOUT.read_text("utf-8"), Loader=yaml.BaseLoader)


def list_columns(table: str, edition: str, line: str) -> list[str]:
    """The column ids of one line in printed order."""
    columns = load_layout()["columns"][table]
    return columns[edition][line] if table == "t2" else columns


def list_lines(table: str, edition: str) -> Iterator[str]:
    """The lines of a table in printed order."""
    for row in load_layout()["tables"][table][edition]:
        for item in row:
            if isinstance(item, dict) and "text" not in item:
                yield item["line"] if "line" in item else item["cell"].split(".")[0]


def draw_truth(random: Random) -> Truth:
    """A body, a year and consistent figures, as an undamaged report prints them."""
    year = random.choice(REPORT_YEARS)
    edition: EditionId = "format_2019" if year <= 2020 else "format_2021"
    agency = random.choice(_PLACES) + random.choice(_BODIES)
    editions: dict[str, EditionId] = dict.fromkeys(TABLE_IDS, edition)
    return Truth(agency, year, editions, draw_cells(editions, random))


def draw_cells(editions: dict[str, EditionId], random: Random) -> dict[str, Figure]:
    """Figures that add up, for the tables of these editions, in printed order."""
    figures = draw_figures(editions, random)
    return {
        cell_id: make_number(figures[cell_id])
        for table, edition in editions.items()
        for line in dict.fromkeys(list_lines(table, edition))
        for cell_id in (f"{table}.{line}.{column}" for column in list_columns(table, edition, line))
    }
