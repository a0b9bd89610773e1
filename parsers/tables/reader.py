"""Finds the three tables of the form in a page by what they print, and reads their cells.

Tables are found by their labels, never by position or by the notice a report cites; the edition is decided for each
table by itself. What has no certain place is kept as unplaced. No value is ever moved to make a sum fit.
"""

from dataclasses import dataclass

from parsers.form import TABLE_NAMES
from parsers.page import Page
from parsers.report import EditionId, Finding, ReportCell, UnplacedCell
from parsers.tables.alignment import Alignment, align_labels
from parsers.tables.cells import TableDraft, add_missing_row, add_row, add_suspect_row
from parsers.tables.doubts import (
    check_editions,
    report_labels,
    report_missing,
    report_strange_headers,
    report_unreadable,
)
from parsers.tables.labels import strip_ordinal
from parsers.tables.leftovers import collect_leftovers
from parsers.tables.numbers import read_number
from parsers.tables.pattern import COMMON_LABELS, build_fused_pattern, list_fused_marks, load_patterns
from parsers.tables.placement import Placement
from parsers.tables.rows import Row, learn_leads, list_rows, place_cells
from parsers.tables.segmentation import tell_apart
from parsers.tables.tokens import Token, read_tokens
from parsers.tables.torn_rows import find_torn_rows

_SURE_SCORE_GAP = 0.05


@dataclass(frozen=True, slots=True)
class TablesReading:
    """All cells of the tables found, by table and printed order, with the edition of each table."""

    editions: dict[str, EditionId]
    cells: tuple[ReportCell, ...]
    unplaced_cells: tuple[UnplacedCell, ...]
    findings: tuple[Finding, ...]


def read_tables(page: Page) -> TablesReading:
    """Read tables 2, 3 and 4 of a page. An empty reading means that none of them was found."""
    tokens = read_tokens(page, build_fused_pattern(), list_fused_marks())
    alignments = _choose_editions(tokens)
    taken = frozenset(match.token_no for alignment in alignments.values() for match in alignment.matches)
    rows = {table_id: list_rows(alignment, tokens, taken) for table_id, alignment in alignments.items()}
    leads = learn_leads([row for table_rows in rows.values() for row in table_rows])
    drafts = [
        _read_table(alignment, rows[table_id], tokens, leads, taken)
        for table_id, alignment in sorted(alignments.items())
    ]
    placed = {id(token) for table_rows in rows.values() for row in table_rows for token in row.cells}
    twice = _find_second_tables(tokens, alignments, taken) if alignments else []
    cells = [cell for draft in drafts for cell in draft.cells.values()]
    extra = [draft.extra for draft in drafts]
    leftovers = collect_leftovers(tokens, alignments, taken, placed, extra, twice, cells)
    findings = [finding for draft in drafts for finding in draft.findings]
    findings += check_editions(alignments) + leftovers.findings
    return TablesReading(
        editions={table_id: alignment.pattern.table.edition for table_id, alignment in alignments.items()},
        cells=tuple(cells),
        unplaced_cells=leftovers.cells,
        findings=tuple(findings),
    )


def _choose_editions(tokens: tuple[Token, ...], taken: frozenset[int] = frozenset()) -> dict[str, Alignment]:
    """The best alignment of each table that is found. Where a table fits two editions alike (table 4 always, table 3
    when it is cut) it is taken for the only one of which it prints every line, else for the edition of the table before
    it."""
    chosen: dict[str, Alignment] = {}
    for table_id in TABLE_NAMES:
        found = [
            alignment
            for pattern in load_patterns()
            if pattern.table.id == table_id and _is_found(alignment := align_labels(tokens, pattern, taken), tokens)
        ]
        if not found:
            continue
        top = max(alignment.score for alignment in found)
        level = [alignment for alignment in found if top - alignment.score <= _SURE_SCORE_GAP]
        complete = [alignment for alignment in level if len(alignment.line_ids) == len(alignment.pattern.table.lines)]
        earlier = [alignment.pattern.table.edition for alignment in chosen.values()]
        alike = [alignment for alignment in level if alignment.pattern.table.edition in earlier[:1]]
        chosen[table_id] = (complete if len(complete) == 1 else alike or level)[0]
    return chosen


def _is_found(alignment: Alignment, tokens: tuple[Token, ...]) -> bool:
    """Two lines of the form that are called more than 其他 or 总计, for table 2 also one of its columns; for table 4 a
    whole block of columns."""
    if alignment.pattern.table.id == "t4":
        has_block = any(match.label.kind == "block" for match in alignment.matches)
        return has_block and alignment.column_count >= 5
    needs_columns = 1 if alignment.pattern.table.id == "t2" else 0
    lines = [tokens[match.token_no].label for match in alignment.matches if match.label.kind == "line"]
    telling = [label for label in lines if strip_ordinal(label) not in COMMON_LABELS]
    return len(telling) >= 2 and alignment.column_count >= needs_columns


def _read_table(
    alignment: Alignment,
    rows: list[Row],
    tokens: tuple[Token, ...],
    leads: frozenset[int],
    taken: frozenset[int],
) -> TableDraft:
    table = alignment.pattern.table
    draft = TableDraft(table.id)
    for line in table.lines:
        add_missing_row(draft, tuple((line.id, column) for column in line.columns))
    torn = find_torn_rows(alignment, rows, tokens, taken)
    placements = [
        (row, Placement((), torn[row.place.places[0][0]], is_whole=False))
        if row.place.places[0][0] in torn
        else (row, place_cells(row, rows, leads))
        for row in rows
    ]
    runs = {
        row.place.places[0][0]: placement.extra[0].text
        for row, placement in placements
        if placement.is_fused and len(placement.extra) == 1
    }
    known = {row.place.places[0][0]: _read_figures(placement) for row, placement in placements} if runs else {}
    told_apart = tell_apart(table, runs, {line_id: figures for line_id, figures in known.items() if figures})
    for row, placement in placements:
        segmentation = told_apart.get(row.place.places[0][0]) if placement.is_fused else None
        if segmentation is None:
            add_row(draft, row.place, placement)
        else:
            add_suspect_row(draft, row.place, placement.extra[0], segmentation)
    fused = [placement for _, placement in placements if placement.is_fused]
    draft.findings += report_unreadable(draft, bool(fused))
    draft.findings += report_labels(alignment, tokens)
    draft.findings += report_strange_headers(alignment.pattern, rows, tokens, taken)
    draft.findings += report_missing(alignment)
    return draft


def _read_figures(placement: Placement) -> tuple[int, ...]:
    """The counts of a row that was read whole; empty where any cell is something else."""
    if not placement.is_whole or len(placement.ways) != 1:
        return ()
    values = [read_number(cell.text).value if cell is not None else None for cell in placement.ways[0]]
    return tuple(int(value) for value in values if value is not None) if None not in values else ()


def _find_second_tables(
    tokens: tuple[Token, ...], alignments: dict[str, Alignment], taken: frozenset[int]
) -> list[Alignment]:
    """Tables that stand once more on the page; a heading repeated after a page break is none."""
    second = _choose_editions(tokens, taken)
    return [
        alignment
        for table_id, alignment in second.items()
        if table_id in alignments and len(alignment.matches) * 2 > len(alignments[table_id].matches)
    ]
