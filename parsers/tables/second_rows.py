"""Finds rows that a table prints a second time with other figures: neither printing is the right one for certain."""

from collections.abc import Iterable
from itertools import groupby

from parsers.report import ReportCell
from parsers.tables.alignment import Alignment
from parsers.tables.labels import normalise_label
from parsers.tables.numbers import normalise_text
from parsers.tables.placement import trim_blanks
from parsers.tables.tokens import Token


def find_contradicted(
    strangers: Iterable[Token], tokens: tuple[Token, ...], alignments: dict[str, Alignment], cells: list[ReportCell]
) -> tuple[str, ...]:
    """The ids of cells for which a row without a place prints another figure: a row of the same label, in table 4 one
    in the grid of the same header. Rows that are not as long contradict all cells of their line."""
    lines: dict[str, list[ReportCell]] = {}
    for cell in cells:
        if cell.row_label_text:
            lines.setdefault(normalise_label(cell.row_label_text), []).append(cell)
    disputes = [cell for cell in cells if cell.table_id == "t4" and cell.locator]
    headers = alignments["t4"].matches if "t4" in alignments else ()
    grids = {tokens[match.token_no].grid_no for match in headers if match.label.kind == "column"}
    found: list[str] = []
    for (grid_no, row), figures in groupby(strangers, key=lambda token: (token.grid_no, token.row)):
        in_row = [token for token in tokens if token.grid_no == grid_no and token.row == row]
        place = next((no for no, token in reversed([*enumerate(in_row)]) if token.label in lines), None)
        if place is not None:
            known, behind = lines[in_row[place].label], in_row[place + 1 :]
        else:
            known, behind = disputes if grid_no in grids and not any(token.label for token in in_row) else [], in_row
        texts = [token.text for token in trim_blanks(tuple(behind), len(known))]
        found += _list_other(known, texts if known and len(list(figures)) <= len(known) else [])
    return tuple(dict.fromkeys(found))


def _list_other(cells: list[ReportCell], texts: list[str]) -> list[str]:
    if len(cells) != len(texts):
        return [cell.cell_id for cell in cells]
    pairs = zip(cells, texts, strict=True)
    return [cell.cell_id for cell, text in pairs if normalise_text(cell.printed_text or "") != normalise_text(text)]
