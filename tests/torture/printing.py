"""A report as printed, before any carrier: lines of text and tables of cells with their spans, open to damage."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.torture.truth import Truth, list_columns, load_layout

CellKind = Literal["label", "group", "column", "heading", "figure", "note"]


@dataclass(slots=True)
class PrintedCell:
    """One printed cell: a label, a merged label before lines (`group`), a column's label, other heads, or a figure."""

    text: str
    kind: CellKind
    cell_id: str | None = None
    down: int = 1
    across: int = 1


@dataclass(slots=True)
class PrintedTable:
    """A table, or one piece of it, as rows of the cells that begin in them."""

    table_id: str
    rows: list[list[PrintedCell]]

    @property
    def cells(self) -> Iterator[PrintedCell]:
        return (cell for row in self.rows for cell in row)

    @property
    def width(self) -> int:
        """The number of columns the table covers."""
        return max((place.column + place.cell.across for row in place_cells(self) for place in row), default=0)

    def remove_row(self, number: int) -> None:
        """Take a row out; merged cells that begin in it move down, those above it become shorter."""
        for place in _find_covering(self, number):
            place.down -= 1
        left = [cell for cell in self.rows[number] if cell.down > 1]
        for cell in left:
            cell.down -= 1
        if left and number + 1 < len(self.rows):
            self.rows[number + 1][:0] = left
        del self.rows[number]

    def insert_row(self, number: int, row: list[PrintedCell]) -> None:
        """Put a row in before another; merged cells around it become longer."""
        for place in _find_covering(self, number):
            place.down += 1
        self.rows.insert(number, row)

    def split(self, number: int, *, repeats_merged: bool) -> "PrintedTable":
        """Cut the table before a row, return the lower piece. Merged cells cut through go on blank or are repeated."""
        lower = PrintedTable(self.table_id, self.rows[number:])
        first = [(place.column, place.cell) for place in place_cells(self)[number]]
        for row, place in _list_cut(self, number):
            cell, rest = place.cell, place.cell.down - (number - row)
            cell.down -= rest
            text = cell.text if repeats_merged else ""
            first.append((place.column, PrintedCell(text, cell.kind, cell.cell_id, rest, cell.across)))
        lower.rows[0] = [cell for _, cell in sorted(first, key=lambda item: item[0])]
        del self.rows[number:]
        return lower


@dataclass(frozen=True, slots=True)
class Place:
    """A cell and the first column it covers."""

    cell: PrintedCell
    column: int


def place_cells(table: PrintedTable) -> list[list[Place]]:
    """The cells of each row with their columns, merged cells above taken into account."""
    covered_until: dict[int, int] = {}
    rows: list[list[Place]] = []
    for number, row in enumerate(table.rows):
        rows.append([])
        column = 0
        for cell in row:
            while covered_until.get(column, -1) > number:
                column += 1
            rows[-1].append(Place(cell, column))
            covered_until |= dict.fromkeys(range(column, column + cell.across), number + cell.down)
            column += cell.across
    return rows


def _list_cut(table: PrintedTable, number: int) -> list[tuple[int, Place]]:
    return [
        (row_no, place)
        for row_no, row in enumerate(place_cells(table)[:number])
        for place in row
        if row_no + place.cell.down > number
    ]


def _find_covering(table: PrintedTable, number: int) -> list[PrintedCell]:
    return [place.cell for _, place in _list_cut(table, number)]


def expand_rows(table: PrintedTable) -> list[list[PrintedCell | None]]:
    """A grid of places: a cell in its first place, null in the other places it covers or nothing covers."""
    width = table.width
    grid: list[list[PrintedCell | None]] = [[None] * width for _ in table.rows]
    for number, row in enumerate(place_cells(table)):
        for place in row:
            grid[number][place.column] = place.cell
    return grid


@dataclass(slots=True)
class Chapter:
    """A heading and what stands under it, in order."""

    heading: str
    blocks: list[str | PrintedTable] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A report about to be rendered.

    `style` are choices of the renderer (layout, skeleton, charset …). `excused` are cells whose figures the damage has
    destroyed or left open, with the reason: they need not be read, but must not be wrong in silence. `trapped` cells
    must not come out without a finding, right or wrong.
    """

    truth: Truth
    random: Random
    title: list[str]
    above: list[str]
    preface: list[str]
    chapters: list[Chapter]
    closing: list[str]
    style: dict[str, str] = field(default_factory=dict)
    excused: dict[str, str] = field(default_factory=dict)
    trapped: set[str] = field(default_factory=set)
    says_year: bool = True
    says_agency: bool = True

    @property
    def tables(self) -> list[PrintedTable]:
        return [block for chapter in self.chapters for block in chapter.blocks if isinstance(block, PrintedTable)]

    def find_tables(self, table_id: str) -> list[PrintedTable]:
        """The pieces of one table of the form."""
        return [table for table in self.tables if table.table_id == table_id]

    def find_whole(self, table_id: str) -> PrintedTable | None:
        """A table of the form; null where damage has taken, cut or doubled it."""
        tables = self.find_tables(table_id)
        return tables[0] if len(tables) == 1 else None

    def excuse(self, cell_ids: Iterator[str] | list[str], reason: str) -> None:
        """Name cells whose figures the damage has destroyed or left open; the first reason stays."""
        self.excused = dict.fromkeys(cell_ids, reason) | self.excused


def print_report(truth: Truth, random: Random) -> Draft:
    """An undamaged report with a title, a preface, six chapters and a signature, in our own words."""
    names = load_layout()["chapters"]
    total = truth.cells["t3.received_new.total"].text
    chapters = [
        Chapter(names["1"], [f"{truth.year}年，本机关按要求做好政务公开。", f"全年新收政府信息公开申请{total}件。"]),
        *(Chapter(names[str(number)], [print_table(truth, f"t{number}")]) for number in (2, 3, 4)),
        Chapter(names["5"], ["个别栏目更新不够及时，下一步将加强培训、定期检查。"]),
        Chapter(names["6"], ["本年度没有其他需要说明的情况。"]),
    ]
    preface = f"本报告的统计期限为{truth.year}年1月1日至{truth.year}年12月31日，欢迎来电咨询。"
    return Draft(
        truth=truth,
        random=random,
        title=[f"{truth.agency}{truth.year}年政府信息公开工作年度报告"],
        above=[],
        preface=[preface],
        chapters=chapters,
        closing=[truth.agency, f"{truth.year + 1}年1月{random.randint(5, 28)}日"],
    )


def print_table(truth: Truth, table: str) -> PrintedTable:
    """One table of the form as its edition prints it."""
    edition = truth.editions[table]
    rows = []
    for items in load_layout()["tables"][table][edition]:
        figures = [item for item in items if isinstance(item, dict) and "text" not in item]
        rows.append(
            [cell for no, item in enumerate(items) for cell in _print_item(truth, table, item, no, items, figures)]
        )
    return PrintedTable(table, rows)


def _print_item(
    truth: Truth, table: str, item: str | dict[str, str], number: int, items: list, figures: list
) -> Iterator[PrintedCell]:
    down, across = (1, 1) if isinstance(item, str) else (int(item.get("down", 1)), int(item.get("across", 1)))
    if isinstance(item, str) or "text" in item:
        text = item if isinstance(item, str) else item["text"]
        yield PrintedCell(text, _name_kind(table, text, number, items, figures), None, down, across)
        return
    if "cell" in item:
        cell_ids = [f"{table}.{item['cell']}"]
    else:
        columns = list_columns(table, truth.editions[table], item["line"])
        cell_ids = [f"{table}.{item['line']}.{column}" for column in columns]
    for cell_id in cell_ids:
        yield PrintedCell(truth.cells[cell_id].text, "figure", cell_id, down, across)


_HEADINGS = frozenset(
    {"信息内容", "申请人情况", "法人或其他组织", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"}
)


def _name_kind(table: str, text: str, number: int, items: list, figures: list) -> CellKind:
    """In a row with figures the last label names the line, those before it are merged; other rows are heads."""
    if figures:
        following = items[number + 1]
        return "label" if isinstance(following, dict) and "text" not in following else "group"
    is_heading = text in _HEADINGS or text.startswith(("第二十条", "（本列数据"))
    return "heading" if is_heading else "column"
