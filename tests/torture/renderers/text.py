"""Writes reports as text, in the layouts that converters and crawlers leave behind."""

from random import Random

from tests.torture.printing import Draft, PrintedCell, PrintedTable, expand_rows, place_cells
from tests.torture.renderers.encoding import encode
from tests.torture.renderers.record import Renderer, list_lines

LAYOUTS = ("cells_by_line", "tab_rows", "tab_rows_unpadded", "bars", "pipes", "markdown", "plain_lines")
_INDEX = (
    "标题: {title}\n发布时间: {day} 15:22\n文号: \n发布机构: {agency}\n==================== 正文 ===================="
)
_OTHER = [["渠道", "条数"], ["政府网站", "34"], ["政务新媒体", "513"], ["其他", "202"]]


def draw_style(random: Random) -> dict[str, str]:
    """One of the layouts that keep every border."""
    return {"layout": random.choice(LAYOUTS)}


def write_text(draft: Draft) -> bytes:
    """The whole report."""
    layout = draft.style["layout"]
    border = "" if layout == "fused" else "\n"
    parts: list[str] = []
    if "index_table" in draft.style:
        day = f"{draft.truth.year + 1}-01-20"
        parts.append(_INDEX.format(title="".join(draft.title), day=day, agency=draft.truth.agency))
    parts += [*list_lines(draft), ""]
    body: list[str] = []
    for chapter in draft.chapters:
        body += [chapter.heading] if chapter.heading else []
        if "other_tables" in draft.style and chapter in (draft.chapters[0], draft.chapters[-1]):
            body.append("\n".join("\t".join(row) for row in _OTHER) + "\n")
        for block in chapter.blocks:
            body.append(block if isinstance(block, str) else _WRITERS[layout](_mark(block, draft)))
    parts += [border.join(body), *draft.closing]
    text = "\n".join(parts) + "\n"
    if "bookmarks" in draft.style:
        text = text.replace("二、主动", "[bookmark: _GoBack]二、主动").replace(
            "规章", "规[bookmark: _Hlk66973412]章", 1
        )
    if draft.style.get("lines") == "once":
        text = "\n".join(dict.fromkeys(text.split("\n")))
    return encode(text, draft)


def _mark(table: PrintedTable, draft: Draft) -> PrintedTable:
    """The table with bold marks, where the style asks for them."""
    bold = draft.style.get("bold")
    if bold is None:
        return table
    kinds = {"figures": ("figure",), "labels": ("label",), "both": ("figure", "label")}[bold]
    rows = [[_embolden(cell) if cell.kind in kinds else cell for cell in row] for row in table.rows]
    return PrintedTable(table.table_id, rows)


def _embolden(cell: PrintedCell) -> PrintedCell:
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
    """A markdown table for every row of figures, with headers a converter made up; other rows become headings."""
    lines: list[str] = []
    for row in table.rows:
        labels = [cell.text for cell in row if cell.kind not in ("figure", "note")]
        figures = [cell.text for cell in row if cell.kind in ("figure", "note")]
        if not figures:
            lines += [f"### {label}" for label in labels if label]
            continue
        lines += [f"### {label}" for label in labels[:-1] if label]
        names = [f"数据{number}" for number in range(1, len(figures))]
        lines += [f"| 类别 | {' | '.join([*names, '总计'])} |", "|" + "---|" * (len(figures) + 1)]
        lines += [f"| {labels[-1] if labels else ''} | {' | '.join(figures)} |", ""]
    return "\n".join(lines)


def _write_fused(table: PrintedTable) -> str:
    return "".join(cell.text for cell in table.cells)


def _flatten(table: PrintedTable) -> list[list[PrintedCell | None]]:
    """The grid with line breaks inside cells turned to blanks: the row stands on one line."""
    return [
        [PrintedCell(cell.text.replace("\n", " "), cell.kind) if cell else None for cell in row]
        for row in expand_rows(table)
    ]


_WRITERS = {
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

RENDERER = Renderer("text", draw_style, write_text)
