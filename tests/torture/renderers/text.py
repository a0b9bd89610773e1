"""Writes reports as text, in the layouts that converters and crawlers leave behind."""

from random import Random

from tests.torture.printing import Draft, PrintedTable
from tests.torture.renderers.encoding import encode
from tests.torture.renderers.record import Renderer, list_lines
from tests.torture.renderers.text_layouts import WRITERS, embolden
from tests.torture.renderers.text_rows import excuse_open_rows

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
    excuse_open_rows(draft)
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
            body.append(block if isinstance(block, str) else WRITERS[layout](_mark(block, draft)))
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
    rows = [[embolden(cell) if cell.kind in kinds else cell for cell in row] for row in table.rows]
    return PrintedTable(table.table_id, rows)


RENDERER = Renderer("text", draw_style, write_text)
