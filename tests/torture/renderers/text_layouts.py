"""The layouts a table takes in text."""

from tests.torture.printing import PrintedCell, PrintedTable, expand_rows, place_cells


def embolden(cell: PrintedCell) -> PrintedCell:
    """The cell between bold marks, unless it is blank."""
    text = f"**{cell.text}**" if cell.text.strip() else cell.text
    return PrintedCell(text, cell.kind, cell.cell_id, cell.down, cell.across)


def _write_cells_by_line(table: PrintedTable) -> str:
    """A cell a line behind a tab, an empty one for a cell continued from above, a blank line after each row."""
    lines: list[str] = []
    covered: dict[int, int] = {}
    for number, row in enumerate(place_cells(table)):
        texts = {column: "" for column, until in covered.items() if until > number}
        texts |= {place.column: place.cell.text for place in row}
        covered |= {place.column: number + place.cell.down for place in row}
        lines += [f"\t{texts[column]}" for column in sorted(texts)] + [""]
    return "\n".join(lines)


def _write_tab_rows(table: PrintedTable) -> str:
    """A row a line, every place of the grid between tabs."""
    return "\n".join("\t".join(cell.text if cell else "" for cell in row) for row in _flatten(table)) + "\n"


def _write_unpadded_tab_rows(table: PrintedTable) -> str:
    """A row a line, places covered from above left empty, those covered from the left not written."""
    lines = []
    covered: dict[int, int] = {}
    for number, row in enumerate(place_cells(table)):
        texts = {column: "" for column, until in covered.items() if until > number}
        texts |= {place.column: place.cell.text.replace("\n", " ") for place in row}
        covered |= {place.column: number + place.cell.down for place in row}
        lines.append("\t".join(texts[column] for column in sorted(texts)))
    return "\n".join(lines) + "\n"


def _write_bars(table: PrintedTable) -> str:
    """A cell and a bar a line; the places a row leaves over are bars on one line."""
    width = table.width
    lines: list[str] = []
    for row in table.rows:
        lines += [f"{cell.text} |".lstrip(" ") for cell in row]
        lines += ["|" * (width - len(row))] if width > len(row) else []
    return "\n".join(lines)


def _write_pipes(table: PrintedTable) -> str:
    """A row a line, places apart by pipes, without a rule."""
    return "\n".join(" | ".join(cell.text if cell else "" for cell in row) for row in _flatten(table)) + "\n"


def _write_markdown(table: PrintedTable) -> str:
    """A markdown table; its first row is the header."""
    header, *body = [f"| {' | '.join(cell.text if cell else '' for cell in row)} |" for row in _flatten(table)]
    return "\n".join(["", header, "|" + " --- |" * table.width, *body, ""])


def _write_plain_lines(table: PrintedTable) -> str:
    """One cell a line without any mark; a blank line is a blank cell, covered places are not written."""
    return "\n".join(cell.text for row in table.rows for cell in row)


def _write_spaced(table: PrintedTable) -> str:
    """A row a line, cells apart by blanks."""
    rows = [[cell.text for cell in row if cell.text.strip()] for row in table.rows]
    return "\n".join("   ".join(row) for row in rows if row) + "\n"


def _write_row_tables(table: PrintedTable) -> str:
    """Table 3 as a markdown table a row, with headers a converter made up; tables 2 and 4 as one a clause or block."""
    if table.table_id == "t2":
        return _write_tables_of_clauses(table)
    if table.table_id == "t4":
        return _write_tables_of_blocks(table)
    lines: list[str] = []
    for row in table.rows:
        labels = [cell.text for cell in row if cell.kind not in ("figure", "note")]
        figures = [cell.text for cell in row if cell.kind in ("figure", "note")]
        if not figures:
            lines += [f"### {label}" for label in labels if label]
            continue
        lines += [f"### {label}" for label in labels[:-1] if label]
        names = [f"数据{number}" for number in range(1, len(figures))]
        lines += _write_ruled([["类别", *names, "总计"], [labels[-1] if labels else "", *figures]])
    return "\n".join(line.replace("\n", " ") for line in lines)


def _write_tables_of_clauses(table: PrintedTable) -> str:
    lines: list[str] = []
    rows: list[list[str]] = []
    for row in table.rows:
        if len(row) > 1:
            rows.append([cell.text for cell in row])
            continue
        lines += [*_write_ruled(rows), f"### {row[0].text}"]
        rows = []
    return "\n".join([*lines, *_write_ruled(rows)])


def _write_tables_of_blocks(table: PrintedTable) -> str:
    names = [cell.text for row in table.rows[:-1] for cell in row if cell.kind == "column"]
    blocks = [cell.text for row in table.rows[:-1] for cell in row if cell.kind == "heading" and cell.across == 5]
    figures = [cell.text for cell in table.rows[-1]]
    lines: list[str] = []
    for number, block in enumerate(blocks):
        part = slice(5 * number, None if number == len(blocks) - 1 else 5 * number + 5)
        lines += [f"### {block}", *_write_ruled([names[part], figures[part]])]
    return "\n".join(lines)


def _write_ruled(rows: list[list[str]]) -> list[str]:
    """A markdown table; nothing for no rows."""
    texts = [f"| {' | '.join(text.replace(chr(10), ' ') for text in row)} |" for row in rows]
    return [*texts[:1], "|" + "---|" * len(rows[0]), *texts[1:], ""] if rows else []


def _write_fused(table: PrintedTable) -> str:
    return "".join(cell.text for cell in table.cells)


def _flatten(table: PrintedTable) -> list[list[PrintedCell | None]]:
    """The grid with line breaks inside cells turned to blanks: the row stands on one line."""
    return [
        [PrintedCell(cell.text.replace("\n", " "), cell.kind) if cell else None for cell in row]
        for row in expand_rows(table)
    ]


WRITERS = {
    "cells_by_line": _write_cells_by_line,
    "tab_rows": _write_tab_rows,
    "tab_rows_unpadded": _write_unpadded_tab_rows,
    "bars": _write_bars,
    "pipes": _write_pipes,
    "markdown": _write_markdown,
    "plain_lines": _write_plain_lines,
    "spaced": _write_spaced,
    "row_tables": _write_row_tables,
    "fused": _write_fused,
}
