"""What a page prints in grids and what has no place in the form: kept, with a reason, never dropped."""

from dataclasses import dataclass

from parsers.findings import make_finding
from parsers.form import TABLE_NAMES
from parsers.report import Finding, ReportCell, UnplacedCell
from parsers.tables.alignment import Alignment
from parsers.tables.cells import RowPlace
from parsers.tables.labels import LEAST_LIKENESS, score_likeness
from parsers.tables.pattern import load_patterns
from parsers.tables.second_rows import find_contradicted
from parsers.tables.tokens import Token

_MOST_SHOWN = 8
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Unplaced cells in printed order. Reasons: `extra_in_row`, `row_not_recognised`, `table_twice`, `note`,
    `other_table`; only the first three carry findings."""

    cells: tuple[UnplacedCell, ...]
    findings: list[Finding]


def collect_leftovers(
    tokens: tuple[Token, ...],
    alignments: dict[str, Alignment],
    taken: frozenset[int],
    placed: set[int],
    extra: list[list[tuple[Token, RowPlace]]],
    twice: list[Alignment],
    read: list[ReportCell],
) -> Leftovers:
    """Every printed cell of a grid that is neither a label of the form nor placed. `read` are the cells of the form,
    which a second printing of their row may contradict."""
    reach = _measure_reach(alignments, tokens)
    second_reach = _measure_reach({str(no): alignment for no, alignment in enumerate(twice)}, tokens)
    extra_ids = {id(token) for tokens_of_table in extra for token, _ in tokens_of_table}
    cells: list[UnplacedCell] = []
    strangers: list[Token] = []
    for token_no, token in enumerate(tokens):
        if token.grid_no is None or token_no in taken or not token.text.strip():
            continue
        if id(token) in placed and id(token) not in extra_ids:
            continue
        reason = _find_reason(token_no, token, id(token) in extra_ids, reach, second_reach)
        if reason is None:
            continue
        row_label, column_label = _find_labels(token_no, tokens)
        strangers += [token] if reason == "row_not_recognised" else []
        cells.append(UnplacedCell(len(cells) + 1, row_label, column_label, token.text.strip(), token.locator, reason))
    contradicted = find_contradicted(strangers, tokens, alignments, read)
    return Leftovers(tuple(cells), _report_leftovers(cells, twice, contradicted))


def _measure_reach(alignments: dict[str, Alignment], tokens: tuple[Token, ...]) -> dict[int, tuple[int, int]]:
    """The grids that hold lines or columns of the form, each with its first and last token of the form's tables."""
    reach: dict[int, tuple[int, int]] = {}
    for alignment in alignments.values():
        for match in alignment.matches:
            grid_no = tokens[match.token_no].grid_no
            if grid_no is None or match.label.kind not in ("line", "column"):
                continue
            first, last = reach.get(grid_no, (match.token_no, match.token_no))
            reach[grid_no] = (min(first, match.token_no), max(last, match.token_no))
    return reach


def _find_reason(
    token_no: int,
    token: Token,
    is_extra: bool,
    reach: dict[int, tuple[int, int]],
    second_reach: dict[int, tuple[int, int]],
) -> str | None:
    if is_extra:
        return "extra_in_row"
    if token.grid_no in second_reach and _is_inside(token_no, token, second_reach):
        return "table_twice"
    if token.grid_no not in reach:
        return None if token.is_fused else "other_table"
    if not _is_inside(token_no, token, reach):
        return None
    if not token.label:
        return "row_not_recognised"
    return None if _is_form_label(token.label) else "note"


def _is_inside(token_no: int, token: Token, reach: dict[int, tuple[int, int]]) -> bool:
    """Whole grids count; of a stream taken out of running text only what stands between labels of the form."""
    if token.grid_no is None:
        return False
    first, last = reach[token.grid_no]
    return token.layout != "stream" or first <= token_no <= last


def _is_form_label(label: str) -> bool:
    return any(
        score_likeness(label, form_label.labels, form_label.key) >= LEAST_LIKENESS
        for pattern in load_patterns()
        for form_label in pattern.labels
    )


def _find_labels(token_no: int, tokens: tuple[Token, ...]) -> tuple[str | None, str | None]:
    """The nearest label before the cell in its row, and the nearest above it in its column."""
    token = tokens[token_no]
    row_label = column_label = None
    for other in reversed(tokens[:token_no]):
        if other.grid_no != token.grid_no or (row_label and column_label):
            break
        if not other.label:
            continue
        if row_label is None and other.row == token.row:
            row_label = other.text.strip()
        if column_label is None and other.row < token.row and other.column == token.column:
            column_label = other.text.strip()
    return row_label, column_label


def _report_leftovers(
    cells: list[UnplacedCell], twice: list[Alignment], contradicted: tuple[str, ...]
) -> list[Finding]:
    findings = [
        make_finding(
            "R20",
            alignment.pattern.table.id,
            (),
            f"{TABLE_NAMES[alignment.pattern.table.id][0]}出现两次，后一张未计入",
            f"{TABLE_NAMES[alignment.pattern.table.id][1]} stands twice, the second was not counted",
            "",
        )
        for alignment in twice
    ]
    strangers = [cell for cell in cells if cell.reason == "row_not_recognised"]
    if strangers:
        shown = "; ".join(
            f"{cell.locator}: {cell.row_label_text or ''} {cell.printed_text}" for cell in strangers[:_MOST_SHOWN]
        )
        labelled = (f"{cell.row_label_text or ''} {cell.printed_text}" for cell in strangers)
        figures = [*dict.fromkeys(" ".join(text.split()) for text in labelled)]
        first, more = figures[:_MOST_NAMED], len(figures) > _MOST_NAMED
        findings.append(
            make_finding(
                "R16",
                "tables",
                contradicted,
                f"表内有 {len(strangers)} 个数字在表式中没有位置：{'；'.join(first)}{'……' if more else ''}",
                f"{len(strangers)} figures inside the tables have no place in the form: "
                f"{'; '.join(first)}{' …' if more else ''}",
                shown,
            )
        )
    return findings
