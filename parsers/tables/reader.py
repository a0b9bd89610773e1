"""Finds the three tables of the form in a page by what they print, and reads their cells.

Tables are found by their labels, never by position or by the notice a report cites; the edition is decided for each
table by itself. What has no certain place is kept as unplaced. No value is ever moved to make a sum fit.
"""

from dataclasses import dataclass
from itertools import takewhile

from parsers.findings import make_finding
from parsers.page import Page
from parsers.report import EditionId, Finding, ReportCell, UnplacedCell
from parsers.tables.alignment import Alignment, Match, align_labels
from parsers.tables.cells import RowPlace, TableDraft, add_missing_row, add_row
from parsers.tables.labels import LISTED, WITHOUT_ORDINAL
from parsers.tables.leftovers import collect_leftovers
from parsers.tables.pattern import build_fused_pattern, list_fused_marks, load_patterns
from parsers.tables.placement import Placement, place_row
from parsers.tables.tokens import Token, read_tokens

_TABLE_IDS = ("t2", "t3", "t4")
_SURE_SCORE_GAP = 0.05


@dataclass(frozen=True, slots=True)
class TablesReading:
    """All cells of the tables found, by table and printed order, with the edition of each table."""

    editions: dict[str, EditionId]
    cells: tuple[ReportCell, ...]
    unplaced_cells: tuple[UnplacedCell, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of figures before placement: its places in the form, its cells and its header."""

    place: RowPlace
    keys: tuple[str, ...]
    cells: tuple[Token, ...]
    header: dict[str, Token]


def read_tables(page: Page) -> TablesReading:
    """Read tables 2, 3 and 4 of a page. An empty reading means that none of them was found."""
    tokens = read_tokens(page, build_fused_pattern(), list_fused_marks())
    alignments = _choose_editions(tokens)
    taken = frozenset(match.token_no for alignment in alignments.values() for match in alignment.matches)
    rows = {table_id: _list_rows(alignment, tokens, taken) for table_id, alignment in alignments.items()}
    leads = _learn_leads([row for table_rows in rows.values() for row in table_rows])
    drafts = [
        _read_table(alignment, rows[table_id], tokens, leads) for table_id, alignment in sorted(alignments.items())
    ]
    placed = {id(token) for table_rows in rows.values() for row in table_rows for token in row.cells}
    twice = _find_second_tables(tokens, alignments, taken) if alignments else []
    leftovers = collect_leftovers(tokens, alignments, taken, placed, [draft.extra for draft in drafts], twice)
    findings = [finding for draft in drafts for finding in draft.findings]
    findings += _check_editions(alignments) + leftovers.findings
    return TablesReading(
        editions={table_id: alignment.pattern.table.edition for table_id, alignment in alignments.items()},
        cells=tuple(cell for draft in drafts for cell in draft.cells.values()),
        unplaced_cells=leftovers.cells,
        findings=tuple(findings),
    )


def _choose_editions(tokens: tuple[Token, ...], taken: frozenset[int] = frozenset()) -> dict[str, Alignment]:
    """The best alignment of each table that is found. Where a table fits two editions alike (table 4 always, table 3
    when it is cut) it is taken for the edition of the table before it."""
    chosen: dict[str, Alignment] = {}
    for table_id in _TABLE_IDS:
        found = [
            alignment
            for pattern in load_patterns()
            if pattern.table.id == table_id and _is_found(alignment := align_labels(tokens, pattern, taken))
        ]
        if not found:
            continue
        top = max(alignment.score for alignment in found)
        level = [alignment for alignment in found if top - alignment.score <= _SURE_SCORE_GAP]
        earlier = [alignment.pattern.table.edition for alignment in chosen.values()]
        alike = [alignment for alignment in level if alignment.pattern.table.edition in earlier[:1]]
        chosen[table_id] = (alike or level)[0]
    return chosen


def _is_found(alignment: Alignment) -> bool:
    """Two lines of the form, for table 2 also one of its columns; for table 4 one whole block of columns."""
    if alignment.pattern.table.id == "t4":
        has_block = any(match.label.kind == "block" for match in alignment.matches)
        return has_block and alignment.column_count >= 5
    needs_columns = 1 if alignment.pattern.table.id == "t2" else 0
    return len(alignment.line_ids) >= 2 and alignment.column_count >= needs_columns


def _list_rows(alignment: Alignment, tokens: tuple[Token, ...], taken: frozenset[int]) -> list[_Row]:
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
        rows.append(
            _Row(
                place=RowPlace(
                    table_id=table.id,
                    places=tuple((line.id, column) for column in line.columns),
                    row_label=label,
                    column_labels=tuple(headers.get(column.id) for column in line.columns),
                ),
                keys=tuple(column.id for column in line.columns),
                cells=_list_cells_after(match.token_no, tokens, taken),
                header=_keep_same_grid(headers, label.grid_no),
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


def _list_rows_of_blocks(alignment: Alignment, tokens: tuple[Token, ...], taken: frozenset[int]) -> list[_Row]:
    """Table 4: the blocks whose columns stand in one grid share one row of figures, the first below their header."""
    table = alignment.pattern.table
    grids: dict[str, int | None] = {}
    for match in alignment.matches:
        if match.label.kind == "column" and match.label.line_id is not None:
            grids.setdefault(match.label.line_id, tokens[match.token_no].grid_no)
    only_grid = next(iter(grids.values())) if len(set(grids.values())) == 1 else None
    rows = []
    for grid_no in dict.fromkeys(grids.values()):
        lines = [line for line in table.lines if grids.get(line.id, only_grid) == grid_no]
        columns = [match for match in alignment.matches if match.label.kind == "column"]
        here = [match for match in columns if tokens[match.token_no].grid_no == grid_no]
        headers = {f"{match.label.line_id}.{match.label.id}": tokens[match.token_no] for match in here}
        keys = tuple(f"{line.id}.{column.id}" for line in lines for column in line.columns)
        rows.append(
            _Row(
                place=RowPlace(
                    table_id=table.id,
                    places=tuple((line.id, column) for line in lines for column in line.columns),
                    row_label=None,
                    column_labels=tuple(headers.get(key) for key in keys),
                ),
                keys=keys,
                cells=_list_cells_below(max(match.token_no for match in here), tokens, taken),
                header=_keep_same_grid(headers, grid_no),
            )
        )
    return rows


def _list_cells_below(last_no: int, tokens: tuple[Token, ...], taken: frozenset[int]) -> tuple[Token, ...]:
    """The first row below a header that holds anything but labels; where rows are not marked, all that follows."""
    header = tokens[last_no]
    if header.layout == "stream":
        return _list_cells_after(last_no, tokens, taken)
    behind = tokens[last_no + 1 :]
    below = list(takewhile(lambda token: token.grid_no == header.grid_no, behind))
    below = [token for token in below if token.row > header.row]
    rows = [[token for token in below if token.row == row] for row in dict.fromkeys(token.row for token in below)]
    figures = [[token for token in row if not token.label] for row in rows]
    printed = [row for row in figures if any(token.text.strip() for token in row)]
    blank = [row for row in figures if row]
    return tuple(next(iter(printed or blank), ()))


def _learn_leads(rows: list[_Row]) -> frozenset[int]:
    """How many blanks stand before the figures in rows that were widened and have one reading only. At least two such
    rows must agree; else nothing is known."""
    leads = [
        placement.lead
        for row in rows
        if len(row.cells) > len(row.keys)
        and (placement := place_row(row.keys, row.cells, row.header, frozenset())).lead is not None
    ]
    return frozenset(leads) if len(leads) >= 2 else frozenset()


def _read_table(alignment: Alignment, rows: list[_Row], tokens: tuple[Token, ...], leads: frozenset[int]) -> TableDraft:
    table = alignment.pattern.table
    draft = TableDraft(table.id)
    for line in table.lines:
        add_missing_row(draft, tuple((line.id, column) for column in line.columns))
    fused: list[Placement] = []
    for row in rows:
        placement = place_row(row.keys, row.cells, row.header, leads)
        add_row(draft, row.place, placement)
        fused += [placement] if placement.is_fused else []
    draft.findings += _report_unreadable(draft, bool(fused))
    draft.findings += _report_labels(alignment, tokens)
    draft.findings += _report_missing(alignment)
    return draft


def _report_unreadable(draft: TableDraft, is_fused: bool) -> list[Finding]:
    if not draft.unreadable:
        return []
    first = draft.unreadable[0]
    count = len(draft.unreadable)
    return [
        make_finding(
            "R14",
            draft.table_id,
            tuple(cell.cell_id for cell in draft.unreadable),
            f"表中 {count} 个单元格的数字无法认定" + ("：单元格边界丢失，数字连写" if is_fused else ""),
            f"{count} cells cannot be told apart" + (": the borders between cells were lost" if is_fused else ""),
            f"{first.locator}: {first.printed_text}",
        )
    ]


def _report_labels(alignment: Alignment, tokens: tuple[Token, ...]) -> list[Finding]:
    """R19 for every line or column accepted by order and likeness only."""
    table_id = alignment.pattern.table.id
    return [
        make_finding(
            "R19",
            f"{table_id}.{match.label.id}",
            (),
            f"标目印为“{tokens[match.token_no].text.strip()}”，认作“{match.label.labels[0]}”",
            f"label printed as `{tokens[match.token_no].text.strip()}`, taken for `{match.label.labels[0]}`",
            f"{tokens[match.token_no].locator}; likeness: {match.likeness:.2f}",
        )
        for match in alignment.matches
        if match.label.kind in ("line", "column") and match.likeness < min(LISTED, WITHOUT_ORDINAL)
    ]


def _report_missing(alignment: Alignment) -> list[Finding]:
    """R18: lines and columns of the edition whose label is not printed."""
    table = alignment.pattern.table
    found = {_name_place(match) for match in alignment.matches}
    missing = [
        label
        for label in alignment.pattern.labels
        if label.kind in ("line", "column") and (label.kind, label.section_no, label.line_id, label.id) not in found
    ]
    if not missing:
        return []
    names = "、".join(label.labels[0] for label in missing)
    return [
        make_finding(
            "R18",
            table.id,
            (),
            f"{len(missing)} 个行名或列名没有印出：{names}",
            f"{len(missing)} labels of the form are not printed: {names}",
            table.edition,
        )
    ]


def _name_place(match: Match) -> tuple[str, int, str | None, str]:
    return match.label.kind, match.label.section_no, match.label.line_id, match.label.id


def _check_editions(alignments: dict[str, Alignment]) -> list[Finding]:
    """R17 for a table that is missing beside others, R22 for tables of different editions."""
    if not alignments:
        return []
    findings = [
        make_finding("R17", table_id, (), f"没有找到表{table_id[1]}", f"table {table_id[1]} was not found", "")
        for table_id in _TABLE_IDS
        if table_id not in alignments
    ]
    editions = {table_id: alignments[table_id].pattern.table.edition for table_id in alignments}
    if len(set(editions.values())) > 1:
        text = ", ".join(f"{table_id} {edition}" for table_id, edition in editions.items())
        findings.append(
            make_finding("R22", "editions", (), f"各表的表式不同：{text}", f"tables differ in edition: {text}", text)
        )
    return findings


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
