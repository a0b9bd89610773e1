"""Rows and columns that are missing, doubled, swapped, in excess, or run together."""

from random import Random

from tests.torture.damage.record import OFFICE, TEXT, PrintDamage
from tests.torture.printing import Draft, PrintedCell, PrintedTable, place_cells
from tests.torture.truth import Figure

_ORGANISATIONS = 5
_APPLICANTS = 7
_DISPUTES = 15


def list_figure_rows(table: PrintedTable) -> list[int]:
    """Numbers of the rows that hold figures."""
    return [number for number, row in enumerate(table.rows) if any(cell.kind == "figure" for cell in row)]


def list_ids(row: list[PrintedCell]) -> list[str]:
    """The cells of the form that stand in a row."""
    return [cell.cell_id for cell in row if cell.cell_id]


def _choose_row(draft: Draft, random: Random, *table_ids: str) -> tuple[PrintedTable, int] | None:
    """A row of figures of one of these tables; null where damage has taken or joined them all."""
    tables = [table for table in draft.tables if table.table_id in table_ids]
    if not tables:
        return None
    table = random.choice(tables)
    rows = list_figure_rows(table)
    return (table, random.choice(rows)) if rows else None


def _forget(draft: Draft, cell_ids: list[str]) -> None:
    """Cells that are no longer printed; a row printed twice names them twice, another damage may have taken them."""
    for cell_id in draft.truth.cells.keys() & set(cell_ids):
        del draft.truth.cells[cell_id]


def remove_row(draft: Draft, random: Random) -> bool:
    """A line of table 2 or 3 is not printed at all."""
    chosen = _choose_row(draft, random, "t2", "t3")
    if chosen is None:
        return False
    table, number = chosen
    _forget(draft, list_ids(table.rows[number]))
    table.remove_row(number)
    return True


def remove_clause(draft: Draft, random: Random) -> bool:
    """The row 第二十条第（…）项 is missing."""
    table = draft.find_whole("t2")
    if table is None:
        return False
    clauses = [number for number, row in enumerate(table.rows) if row[0].text.startswith("第二十条")]
    table.remove_row(random.choice(clauses))
    return True


def remove_column(draft: Draft, random: Random) -> bool:
    """A kind of organisation is left out of table 3, header and figures."""
    table = draft.find_whole("t3")
    if table is None or any(len(list_ids(table.rows[number])) != _APPLICANTS for number in list_figure_rows(table)):
        return False
    header = table.rows[2]
    if len(header) != _ORGANISATIONS:
        return False
    column = random.randrange(len(header))
    places = place_cells(table)
    missing = places[2][column].column
    for place in (place for row in places[:2] for place in row):
        if place.column <= missing < place.column + place.cell.across:
            place.cell.across -= 1
    del header[column]
    if draft.style["carrier"] in ("text", "doc"):
        cells = [cell_id for cell_id in draft.truth.cells if cell_id.startswith("t3.")]
        draft.excuse(cells, "six figures, seven kinds")
    removed = []
    for row in table.rows[3:]:
        figures = [cell for cell in row if cell.kind == "figure"]
        if not figures:
            continue
        removed.append(figures[1 + column].cell_id or "")
        row.remove(figures[1 + column])
    _forget(draft, removed)
    return True


def remove_table(draft: Draft, random: Random) -> bool:
    """A chapter is empty because its table, or two joined to one, is a picture."""
    table = random.choice(draft.tables)
    (chapter,) = (chapter for chapter in draft.chapters if table in chapter.blocks)
    chapter.blocks = ["（见附图）"] if random.random() < 0.3 else []
    gone = {cell.cell_id.split(".")[0] for cell in table.cells if cell.cell_id}
    _forget(draft, [cell_id for cell_id in draft.truth.cells if cell_id.split(".")[0] in gone])
    return True


def print_table_twice(draft: Draft, random: Random) -> bool:
    """The same table once more."""
    chapter = random.choice(draft.chapters[1:4])
    chapter.blocks = [block for block in chapter.blocks for _ in range(2)]
    return True


def double_row(draft: Draft, random: Random) -> bool:
    """A row printed twice, word for word."""
    chosen = _choose_row(draft, random, "t2", "t3", "t4")
    if chosen is None:
        return False
    table, number = chosen
    copy = [PrintedCell(cell.text, cell.kind, cell.cell_id, 1, cell.across) for cell in table.rows[number]]
    if any(cell.down > 1 for cell in table.rows[number]):
        return False
    table.insert_row(number + 1, copy)
    return True


def swap_rows(draft: Draft, random: Random) -> bool:
    """Two neighbouring lines change places, label and figures together."""
    chosen = _choose_row(draft, random, "t2", "t3")
    if chosen is None:
        return False
    table, number = chosen
    if number + 1 >= len(table.rows):
        return False
    one, other = table.rows[number : number + 2]
    both = (*one, *other)
    if any(cell.down > 1 for cell in both) or list_ids(other) == [] or _shape(one) != _shape(other):
        return False
    table.rows[number : number + 2] = [other, one]
    return True


def _shape(row: list[PrintedCell]) -> list[int]:
    return [cell.across for cell in row]


def add_note_row(draft: Draft, random: Random) -> bool:
    """注：… over the whole width, between header and figures or anywhere below."""
    table = random.choice(draft.tables)
    rows = list_figure_rows(table)
    if not rows:
        return False
    number = random.choice(rows)
    text = random.choice(("注：数据由各科室填报", "注：1.本表由办公室汇总", "单位：件", "备注：含2个下属单位"))
    width = table.width
    covered = sum(cell.down > 1 for row in table.rows[:number] for cell in row) if table.table_id == "t3" else 0
    table.insert_row(number, [PrintedCell(text, "note", None, 1, max(1, width - covered))])
    return True


def add_title_row(draft: Draft, random: Random) -> bool:
    """The table's title as its first row."""
    table = random.choice(draft.tables)
    (chapter,) = (chapter for chapter in draft.chapters if table in chapter.blocks)
    table.insert_row(0, [PrintedCell(chapter.heading, "heading", None, 1, table.width)])
    return True


def add_blank_row(draft: Draft, random: Random) -> bool:
    """A row of blank cells between two lines."""
    chosen = _choose_row(draft, random, "t2", "t3")
    if chosen is None:
        return False
    table, number = chosen
    width = sum(cell.across for cell in table.rows[number])
    table.insert_row(number, [PrintedCell("", "note") for _ in range(width)])
    return True


def add_figure(draft: Draft, random: Random) -> bool:
    """Sixteen figures under the fifteen headers of table 4, as a converter doubled one. A blank sixteenth would not be
    seen: then every figure stands under a header, and is what is printed there."""
    table = draft.find_whole("t4")
    if table is None:
        return False
    row = table.rows[-1]
    if len(row) != _DISPUTES or not row[-1].text.strip():
        return False
    place = random.choice((len(row) - 1, random.randrange(len(row))))
    row.insert(place + 1, PrintedCell(row[place].text, "note"))
    draft.excuse(list_ids(row), "sixteen figures, fifteen headers")
    return True


def drop_figure(draft: Draft, random: Random) -> bool:
    """A row with a cell too few."""
    chosen = _choose_row(draft, random, "t3", "t4")
    if chosen is None:
        return False
    table, number = chosen
    row = table.rows[number]
    if any(cell.kind == "note" for cell in row):
        return False
    figures = [cell for cell in row if cell.kind == "figure"]
    draft.excuse(list_ids(row), "a row with a figure too few")
    dropped = random.randrange(len(figures))
    if _pads_rows(draft, table):
        ids = [cell.cell_id or "" for cell in figures]
        for cell_id, follower in zip(ids[dropped:], [*ids[dropped + 1 :], ""], strict=True):
            draft.truth.cells[cell_id] = draft.truth.cells[follower] if follower else Figure("", "blank")
    row.remove(figures[dropped])
    return True


def _pads_rows(draft: Draft, table: PrintedTable) -> bool:
    """Whether every row is printed as long as the others: then what stands under a header is its figure."""
    if draft.style["carrier"] == "html":
        return False
    if draft.style["carrier"] == "text" and draft.style["layout"] == "bars":
        return table.table_id == "t4"
    return draft.style.get("layout") not in ("cells_by_line", "tab_rows_unpadded", "plain_lines")


def fuse_row(draft: Draft, random: Random) -> bool:
    """The figures of a row run together in one cell: 217 1 0 0 0 0 218, or 21710000218."""
    chosen = _choose_row(draft, random, "t3", "t4")
    if chosen is None:
        return False
    table, number = chosen
    fuse_cells(draft, table.rows[number], random.choice(("", " ", "\n")))
    return True


def fuse_cells(draft: Draft, row: list[PrintedCell], border: str) -> None:
    """Put all figures of a row into the cell of the first."""
    figures = [cell for cell in row if cell.kind == "figure"]
    draft.excuse(list_ids(row), "figures run together")
    figures[0].text = border.join(cell.text for cell in figures)
    figures[0].across = sum(cell.across for cell in figures)
    figures[0].kind = "note"
    for cell in figures[1:]:
        row.remove(cell)


def join_tables(draft: Draft, random: Random) -> bool:
    """Tables 2 and 3 as one table, headings among its rows."""
    first, second = draft.find_whole("t2"), draft.find_whole("t3")
    if first is None or second is None:
        return False
    (lower,) = (chapter for chapter in draft.chapters if second in chapter.blocks)
    width = second.width
    for row in place_cells(first):
        row[-1].cell.across += width - row[-1].column - row[-1].cell.across
    first.rows += [[PrintedCell(lower.heading, "heading", None, 1, width)], *second.rows]
    lower.blocks.remove(second)
    return True


def swap_chapters(draft: Draft, random: Random) -> bool:
    """Chapters with tables in another order."""
    draft.chapters[1], draft.chapters[2] = draft.chapters[2], draft.chapters[1]
    return True


DAMAGES = (
    PrintDamage("row_missing", "a line not printed", remove_row),
    PrintDamage("clause_missing", "a clause's row not printed", remove_clause),
    PrintDamage("column_missing", "a column not printed", remove_column),
    PrintDamage("table_missing", "a table not printed", remove_table),
    PrintDamage("table_twice", "a table printed twice", print_table_twice, stage="breaks"),
    PrintDamage("row_doubled", "a row printed twice", double_row),
    PrintDamage("rows_swapped", "two lines in the other order", swap_rows),
    PrintDamage("note_row", "a note between rows", add_note_row),
    PrintDamage("title_row", "the title as first row", add_title_row),
    PrintDamage("blank_row", "a blank row", add_blank_row),
    PrintDamage("sixteenth_figure", "sixteen figures in table 4", add_figure),
    PrintDamage("figure_missing", "a row with a cell too few", drop_figure),
    PrintDamage("fused_row", "figures of a row in one cell", fuse_row),
    PrintDamage("tables_joined", "two tables as one", join_tables, TEXT | OFFICE | {"html"}),
    PrintDamage("chapters_swapped", "chapters in another order", swap_chapters, stage="around"),
)
