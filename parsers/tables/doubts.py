"""Findings about a table as a whole: what is unreadable, misprinted, missing, or of another edition."""

from collections.abc import Mapping

from parsers.findings import make_finding
from parsers.form import TABLE_NAMES, load_form
from parsers.report import EditionId, Finding
from parsers.tables.alignment import Alignment, Match
from parsers.tables.cells import TableDraft
from parsers.tables.labels import LISTED, WITHOUT_ORDINAL
from parsers.tables.pattern import Pattern
from parsers.tables.rows import Row
from parsers.tables.tokens import Token

# From this many header cells on that the form does not know, a header is one of its own.
_FEWEST_STRANGERS = 3


def report_unreadable(draft: TableDraft, is_fused: bool) -> list[Finding]:
    """R14 once a table, for all its cells that cannot be told apart."""
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


def report_labels(alignment: Alignment, tokens: tuple[Token, ...]) -> list[Finding]:
    """R19 for every line or column accepted by order and likeness only."""
    table_id = alignment.pattern.table.id
    return [
        make_finding(
            "R19",
            f"{table_id}.{match.label.id}",
            (),
            f"标目印为“{tokens[match.token_no].text.strip()}”，认作“{match.label.text}”",
            f"label printed as `{tokens[match.token_no].text.strip()}`, taken for `{match.label.text}`",
            f"{tokens[match.token_no].locator}; likeness: {match.likeness:.2f}",
        )
        for match in alignment.matches
        if match.label.kind in ("line", "column") and match.likeness < min(LISTED, WITHOUT_ORDINAL)
    ]


def report_strange_headers(
    pattern: Pattern, rows: list[Row], tokens: tuple[Token, ...], taken: frozenset[int]
) -> list[Finding]:
    """R19 for rows told by the order of their figures under a header of their own that is not the form's, in a grid
    that prints none of the form's columns for them. A header of the form that is printed again may begin with what a
    page break left of its corner."""
    table_id = pattern.table.id
    strange: dict[str, list[Row]] = {}
    for row in rows:
        label = row.place.row_label
        if label is None or row.header or label.layout == "stream":
            continue
        if any(column is not None and column.grid_no == label.grid_no for column in row.place.column_labels):
            continue
        header = [
            token
            for token_no, token in enumerate(tokens)
            if token.grid_no == label.grid_no and token.row == 0 and token.label and token_no not in taken
        ]
        if len(header) >= _FEWEST_STRANGERS and not _is_header_of_form(header, row, pattern):
            strange.setdefault("、".join(token.text.strip() for token in header), []).append(row)
    return [
        make_finding(
            "R19",
            table_id,
            tuple(f"{table_id}.{line_id}.{column.id}" for row in below for line_id, column in row.place.places),
            f"表头印为“{header}”，不是表式的列名，数字按顺序认定",
            f"the header `{header}` is not the form's; figures are told by their order",
            f"{len(below)} rows",
        )
        for header, below in strange.items()
    ]


def _is_header_of_form(header: list[Token], row: Row, pattern: Pattern) -> bool:
    """Whether header cells print labels of the form's header, columns in the form's order; one may be a piece of the
    long label in the corner."""
    found = [
        next((label for label in pattern.labels if label.kind != "line" and token.label in label.labels), None)
        for token in header
    ]
    corners = [label.labels[0] for label in pattern.labels if label.kind == "furniture"]
    places = [row.keys.index(label.id) for label in found if label is not None and label.id in row.keys]
    are_known = all(
        label is not None or any(token.label in corner for corner in corners)
        for token, label in zip(header, found, strict=True)
    )
    return are_known and places == sorted(places)


def report_missing(alignment: Alignment) -> list[Finding]:
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
    zh, en = TABLE_NAMES[table.id]
    return [
        make_finding(
            "R18",
            table.id,
            (),
            f"{zh}没有印出 {len(missing)} 个行名或列名：{'、'.join(label.text for label in missing)}",
            f"{en} does not print {len(missing)} labels of the form: {'; '.join(label.text_en for label in missing)}",
            table.edition,
        )
    ]


def _name_place(match: Match) -> tuple[str, int, str | None, str]:
    return match.label.kind, match.label.section_no, match.label.line_id, match.label.id


def check_editions(alignments: dict[str, Alignment]) -> list[Finding]:
    """R17 for a table that is missing beside others, R22 for tables of different editions."""
    if not alignments:
        return []
    findings = [
        make_finding("R17", table_id, (), f"没有找到{zh}", f"{en} was not found", "")
        for table_id, (zh, en) in TABLE_NAMES.items()
        if table_id not in alignments
    ]
    editions = {table_id: alignments[table_id].pattern.table.edition for table_id in alignments}
    if len(set(editions.values())) > 1:
        text = ", ".join(f"{table_id} {edition}" for table_id, edition in editions.items())
        zh, en = _name_editions(editions)
        findings.append(
            make_finding("R22", "editions", (), f"各表的表式不同：{zh}", f"tables differ in edition: {en}", text)
        )
    return findings


def _name_editions(editions: Mapping[str, EditionId]) -> tuple[str, str]:
    """The tables of each edition, in Chinese and English."""
    named = []
    for edition in load_form().editions:
        tables = [TABLE_NAMES[table_id] for table_id, edition_id in editions.items() if edition_id == edition.id]
        if tables:
            zh, en = "、".join(zh for zh, _ in tables), ", ".join(en for _, en in tables)
            named.append((f"{zh}为“{edition.title}”", f"{en}: {edition.title_en}"))
    return "，".join(zh for zh, _ in named), "; ".join(en for _, en in named)
