"""The rows of figures of a table: for each its place in the form, its printed cells and its header."""

from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from parsers.tables.alignment import Alignment, Match
from parsers.tables.cells import RowPlace
from parsers.tables.labels import LEAST_LIKENESS, score_likeness
from parsers.tables.numbers import holds_total, normalise_text
from parsers.tables.placement import Placement, holds_run, place_row
from parsers.tables.tokens import Token


@dataclass(frozen=True, slots=True)
class Row:
    """One row of figures before placement: its places in the form, its cells and its header."""

    place: RowPlace
    keys: tuple[str, ...]
    cells: tuple[Token, ...]
    header: dict[str, Token]
    is_ordered: bool


def list_rows(alignment: Alignment, tokens: tuple[Token, ...], taken: frozenset[int]) -> list[Row]:
    """Every row of figures of an aligned table. `taken` are the tokens that any table uses as labels."""
    if alignment.pattern.table.id == "t4":
        return _list_rows_of_blocks(alignment, tokens, taken)
    table = alignment.pattern.table
    rows = []
    for match in alignment.matches:
        if match.label.kind != "line":
            continue
        label = tokens[match.token_no]
        line = table.find_line(match.label.id)
        headers = _find_headers(alignment, tokens, match.label.section_no)
        header = _keep_same_grid(headers, label.grid_no) or _find_header_above(headers, label)
        rows.append(
            Row(
                place=RowPlace(
                    table_id=table.id,
                    places=tuple((line.id, column) for column in line.columns),
                    row_label=label,
                    column_labels=tuple(headers.get(column.id) for column in line.columns),
                ),
                keys=tuple(column.id for column in line.columns),
                cells=_leave_out_padding(_list_figures_after(match, tokens, taken), header, tokens),
                header=header,
                is_ordered=_is_ordered([headers.get(column.id) for column in line.columns]),
            )
        )
    return rows


def _find_headers(alignment: Alignment, tokens: tuple[Token, ...], section_no: int) -> dict[str, Token]:
    return {
        match.label.id: tokens[match.token_no]
        for match in alignment.matches
        if match.label.kind == "column" and match.label.section_no == section_no
    }


def _keep_same_grid(headers: dict[str, Token], grid_no: int | None) -> dict[str, Token]:
    return {key: token for key, token in headers.items() if token.grid_no == grid_no and token.layout == "placed"}


def _find_header_above(headers: dict[str, Token], label: Token) -> dict[str, Token]:
    """The header of the grid that goes on in this one, where the label ends in the column the header begins in."""
    grids = {token.grid_no for token in headers.values()}
    if len(grids) != 1 or any(token.layout != "placed" for token in (label, *headers.values())):
        return {}
    first = min(token.column for token in headers.values())
    return headers if label.column + label.column_span == first else {}


def _leave_out_padding(
    cells: tuple[Token, ...], header: dict[str, Token], tokens: tuple[Token, ...]
) -> tuple[Token, ...]:
    """The cells of a row without the blank ones behind the last column, as a wide sheet has them: where the header has
    blank cells there, too."""
    end = max((token.column + token.column_span for token in header.values()), default=0)
    if not header or not cells or cells[-1].column < end:
        return cells
    rows = {(token.grid_no, token.row) for token in header.values()}
    behind = {token.column for token in tokens if (token.grid_no, token.row) in rows and token.column >= end}
    kept = list(cells)
    while kept and kept[-1].column in behind and not kept[-1].text.strip():
        kept.pop()
    return tuple(kept)


def _is_ordered(headers: list[Token | None], *, in_one_row: bool = False) -> bool:
    """The labels of each printed header row stand in the form's order, so that figures may be told by their number.

    Where places are known and the blocks print the same labels (`in_one_row`), all rows of the header count as one.
    """
    seen: dict[tuple[int | None, int], int] = {}
    for token in headers:
        if token is None or token.layout == "stream":
            continue
        row = (token.grid_no, 0 if in_one_row and token.layout == "placed" else token.row)
        if token.column < seen.get(row, -1):
            return False
        seen[row] = token.column
    return True


def _list_figures_after(match: Match, tokens: tuple[Token, ...], taken: frozenset[int]) -> tuple[Token, ...]:
    """The cells behind a label; a cell that only ends the label, as where blanks part cells, is none of them."""
    cells = _list_cells_after(match.token_no, tokens, taken)
    if cells and cells[0].label and tokens[match.token_no].label + cells[0].label in match.label.labels:
        return cells[1:]
    return cells


def _list_cells_after(token_no: int, tokens: tuple[Token, ...], taken: frozenset[int]) -> tuple[Token, ...]:
    """The cells behind a label: to the end of its row, in a stream to the next label of the form."""
    label = tokens[token_no]
    cells = []
    for next_no in range(token_no + 1, len(tokens)):
        token = tokens[next_no]
        if token.grid_no != label.grid_no or next_no in taken:
            break
        if token.row != label.row or (token.layout == "stream" and token.label):
            break
        cells.append(token)
    return tuple(cells)


def _list_rows_of_blocks(alignment: Alignment, tokens: tuple[Token, ...], taken: frozenset[int]) -> list[Row]:
    """Table 4: the blocks whose columns stand in one grid share one row of figures, the first below their header."""
    table = alignment.pattern.table
    grids: dict[str, int | None] = {}
    for match in alignment.matches:
        if match.label.kind == "column" and match.label.line_id is not None:
            grids.setdefault(match.label.line_id, tokens[match.token_no].grid_no)
    labels = frozenset(spelling for label in alignment.pattern.labels for spelling in label.labels)
    only_grid = next(iter(grids.values())) if len(set(grids.values())) == 1 else None
    rows = []
    for grid_no in dict.fromkeys(grids.values()):
        lines = [line for line in table.lines if grids.get(line.id, only_grid) == grid_no]
        columns = [match for match in alignment.matches if match.label.kind == "column"]
        here = [match for match in columns if tokens[match.token_no].grid_no == grid_no]
        headers = {f"{match.label.line_id}.{match.label.id}": tokens[match.token_no] for match in here}
        keys = tuple(f"{line.id}.{column.id}" for line in lines for column in line.columns)
        is_ordered = _is_ordered([headers.get(key) for key in keys], in_one_row=True)
        # A small table of one block under the heading of another: its own header was lost, or that of the one before.
        is_ordered = is_ordered and _find_block_above(here[0].token_no, alignment, tokens) in (
            None,
            *(line.id for line in lines),
        )
        header = _keep_same_grid(headers, grid_no) if is_ordered else {}
        cells = _list_cells_below(max(match.token_no for match in here), len(keys), tokens, taken, labels)
        rows.append(
            Row(
                place=RowPlace(
                    table_id=table.id,
                    places=tuple((line.id, column) for line in lines for column in line.columns),
                    row_label=None,
                    column_labels=tuple(headers.get(key) for key in keys),
                ),
                keys=keys,
                cells=_leave_out_padding(cells, header, tokens),
                header=header,
                is_ordered=is_ordered,
            )
        )
    return rows


def _find_block_above(token_no: int, alignment: Alignment, tokens: tuple[Token, ...]) -> str | None:
    """The block of table 4 that the nearest heading between a grid and the one before it names, if any."""
    blocks = [label for label in alignment.pattern.labels if label.kind == "block"]
    above = dropwhile(lambda token: token.grid_no == tokens[token_no].grid_no, reversed(tokens[:token_no]))
    for token in takewhile(lambda token: token.grid_no is None, above):
        likeness = {label.id: score_likeness(token.label, label.labels, label.key) for label in blocks}
        block = max(likeness, key=lambda line_id: likeness[line_id])
        if likeness[block] >= LEAST_LIKENESS:
            return block
    return None


def _list_cells_below(
    last_no: int, width: int, tokens: tuple[Token, ...], taken: frozenset[int], labels: frozenset[str]
) -> tuple[Token, ...]:
    """The first row below a header that holds anything but labels; where rows are not marked, all that follows.

    In a row as wide as the header words stand where figures belong, unless nothing else stands in it or they are the
    form's own `labels`, as in a header printed again; in others they are labels. A header that a note parts from its
    row has it at the beginning of the next grid, as wide as the header.
    """
    header = tokens[last_no]
    if header.layout == "stream":
        return _list_cells_after(last_no, tokens, taken)
    behind = tokens[last_no + 1 :]
    below = list(takewhile(lambda token: token.grid_no == header.grid_no, behind))
    below = [token for token in below if token.row > header.row]
    rows = [[token for token in below if token.row == row] for row in dict.fromkeys(token.row for token in below)]
    figures = [
        row
        if len(row) == width and not _is_note(row) and not _is_header(row, labels)
        else [token for token in row if not _is_word(token)]
        for row in rows
    ]
    figures = [row for row in figures if any(not _is_word(token) for token in row)]
    printed = [row for row in figures if any(token.text.strip() for token in row)]
    if not rows:
        after = [token for token in behind if token.grid_no not in (None, header.grid_no)]
        first = [token for token in after if (token.grid_no, token.row) == (after[0].grid_no, after[0].row)]
        printed = [first] if len(first) == width and not _is_word(first[0]) else []
    return tuple(next(iter(printed or figures), ()))


def _is_note(row: list[Token]) -> bool:
    """Whether words stand alone in a row."""
    filled = [token for token in row if token.text.strip()]
    return len(filled) == 1 and _is_word(filled[0])


def _is_header(row: list[Token], labels: frozenset[str]) -> bool:
    """Whether most cells of a row that are not blank print labels of the form."""
    filled = [token for token in row if token.text.strip()]
    return 2 * sum(token.label in labels for token in filled) > len(filled)


def _is_word(token: Token) -> bool:
    """Whether a cell below a header is a label: it has a text, and not the digits of figures run together."""
    return bool(token.label) and not holds_run(token.text)


def learn_leads(rows: list[Row]) -> frozenset[int]:
    """How many blanks stand before the figures in rows that were widened and have one reading only. At least two such
    rows must agree; else nothing is known."""
    leads = [
        placement.lead
        for row in rows
        if len(row.cells) > len(row.keys) and (placement := place_cells(row, rows, frozenset())).lead is not None
    ]
    return frozenset(leads) if len(leads) >= 2 else frozenset()


def place_cells(row: Row, rows: list[Row], leads: frozenset[int]) -> Placement:
    """The ways to read a row, given the other rows and what is known of blanks before figures on this page. Where the
    header lacks a column and other rows lack a figure, a row with as many cells as the form may be a padded one. A
    figure alone in a row without the total that other rows print may be a run of several; a blank row says nothing of a
    column without a header."""
    others = [
        other
        for other in rows
        if other.place.table_id == row.place.table_id and any(cell.text.strip() for cell in other.cells)
    ]
    is_padded = any(len(other.cells) > len(other.keys) for other in others)
    if None in row.place.column_labels:
        is_padded = is_padded or any(len(other.cells) < len(other.keys) for other in others)
    if _may_be_run(row, others):
        return Placement(((None,) * len(row.keys),), row.cells, is_whole=False, is_fused=True)
    placement = place_row(row.keys, row.cells, row.header, leads, is_ordered=row.is_ordered, is_padded=is_padded)
    if any(cell.text.strip() for cell in row.cells):
        return placement
    return replace(placement, ways=tuple(_leave_out_unprinted(way, row.place.column_labels) for way in placement.ways))


def _may_be_run(row: Row, others: list[Row]) -> bool:
    """Whether a row of table 3 holds one figure before its total that can be cut to figures and their total, and most
    rows print a total."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    if row.place.table_id != "t3" or len(filled) != 1 or filled[0] is row.cells[-1] or len(row.cells) < len(row.keys):
        return False
    figure = normalise_text(filled[0].text)
    with_total = sum(bool(other.cells[-1].text.strip()) for other in others if other.cells)
    return 2 * with_total > len(others) and figure.isdecimal() and holds_total(figure)


def _leave_out_unprinted(
    way: tuple[Token | None, ...], column_labels: tuple[Token | None, ...]
) -> tuple[Token | None, ...]:
    """The blanks of a row below the headers that are printed, where most are."""
    if 2 * column_labels.count(None) > len(column_labels):
        return way
    return tuple(token if label else None for token, label in zip(way, column_labels, strict=True))
