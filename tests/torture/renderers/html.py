"""Writes reports as web pages: pages of three portal families, bare pages, and what a word processor saves."""

from html import escape
from pathlib import Path
from random import Random
from string import Template

from tests.torture.printing import Draft, PrintedCell, PrintedTable
from tests.torture.renderers.encoding import encode
from tests.torture.renderers.record import Renderer

_SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples" / "skeletons"
_SKELETONS = {
    "trs": _SAMPLES / "trs.html",
    "hanweb": _SAMPLES / "hanweb.html",
    "ucap": _SAMPLES / "ucap.html",
    "plain": _SAMPLES / "plain.html",
    "word": Path(__file__).parent / "skeletons" / "word.html",
}
_BLANKS = {
    "": "",
    "nbsp": "&nbsp;",
    "word": "<p><span><o:p>&nbsp;</o:p></span></p>",
    "br": "<br>",
    "empty_p": "<p></p>",
}
_INDEX = (
    ("索引号", "11370402004/2024-00012", "分类", "信息公开年报"),
    ("发布机构", "{agency}", "公开日期", "{day}"),
    ("名称", "{title}", "文号", ""),
)
_OTHER = (("渠道", "条数", "占比"), ("政府网站", "34", "5%"), ("政务新媒体", "513", "68%"), ("其他", "202", "27%"))
_LONG_SPANS = {"long": 1, "short": -1, "huge": 900, "zero": 0}


def draw_style(random: Random) -> dict[str, str]:
    """A skeleton, how cells are marked up, and whether the page declares UTF-8."""
    return {
        "skeleton": random.choice(list(_SKELETONS)),
        "cells": random.choice(("plain", "paragraphs", "word", "divs")),
        "declared": random.choice(("utf-8", "UTF-8")),
    }


def write_html(draft: Draft) -> bytes:
    """The whole page."""
    style = draft.style
    title = "<br>".join(map(escape, draft.title)) if style["skeleton"] in ("plain", "word") else "".join(draft.title)
    body = _write_body(draft)
    if style.get("nesting") == "page":
        body = f'<table width="100%"><tr><td class="box"><table><tr><td>{body}</td></tr></table></td></tr></table>'
    if style.get("hidden") == "copy":
        body += f'<div style="display:none">{body}</div>'
    if style.get("hidden") == "article":
        body = f'<div class="full">全真版</div><div class="words" style="display: none">{body}</div>'
    day = f"{draft.truth.year + 1}-01-20"
    template = _SKELETONS[style["skeleton"]].read_text("utf-8")
    declaration = f'<meta charset="{style["declared"]}">' if style["declared"] else ""
    for declared in ('<meta charset="$charset">', '<meta charset="$charset" />'):
        template = template.replace(declared, declaration)
    if not style["declared"]:
        template = template.replace("; charset=$charset", "")
    page = Template(template).substitute(
        charset=style["declared"],
        declaration=declaration,
        title=title,
        agency=draft.truth.agency,
        site="某县人民政府",
        site_id_code="3213220037",
        index_number="014314799/2024-00002",
        published_at=f"{day} 15:20",
        published_on=day,
        body=body,
    )
    return encode(page, draft)


def _write_body(draft: Draft) -> str:
    parts = [_write_paragraph(text, draft) for text in draft.above]
    if "index_table" in draft.style:
        facts = {"agency": draft.truth.agency, "title": "".join(draft.title), "day": f"{draft.truth.year + 1}-01-20"}
        parts.append(_write_plain_table([[text.format(**facts) for text in row] for row in _INDEX]))
    parts += [_write_paragraph(text, draft) for text in draft.preface]
    for chapter in draft.chapters:
        parts += [_write_paragraph(chapter.heading, draft)] if chapter.heading else []
        if "other_tables" in draft.style and chapter in (draft.chapters[0], draft.chapters[-1]):
            parts.append(_write_plain_table([list(row) for row in _OTHER]))
        for block in chapter.blocks:
            parts.append(_write_paragraph(block, draft) if isinstance(block, str) else _write_table(block, draft))
    parts += [f'<p style="text-align: right">{escape(text)}</p>' for text in draft.closing]
    return "\n".join(parts)


def _write_paragraph(text: str, draft: Draft) -> str:
    if draft.style["cells"] == "word":
        middle = len(text) // 2
        runs = "".join(
            f"<span lang=EN-US>{escape(part, quote=False)}</span>" for part in (text[:middle], text[middle:])
        )
        return f"<p class=MsoNormal style='text-indent:32.0pt'>{runs}<o:p></o:p></p>"
    return f"<p>{escape(text, quote=False)}</p>"


def _write_plain_table(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in rows)
    return f'<table class="list">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def _write_table(table: PrintedTable, draft: Draft) -> str:
    style = draft.style
    lines = ['<table border="1" cellspacing="0">', "<tbody>"]
    for row in table.rows:
        cells = "".join(_write_cell(cell, draft) for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    text = "\n".join([*lines, "</tbody>", "</table>"])
    match style.get("tags"):
        case "open":
            text = text.replace("</td>", "").replace("</tr>", "").replace("<tbody>", "").replace("</tbody>", "")
        case "capital":
            text = text.replace("<td", "<TD").replace("</td>", "</TD>").replace("<tr>", "<TR vAlign=top>")
        case "th":
            text = text.replace("<td", "<th").replace("</td>", "</th>")
        case _:
            pass
    return f'<table class="wrap"><tr><td>{text}</td></tr></table>' if style.get("nesting") == "table" else text


def _write_cell(cell: PrintedCell, draft: Draft) -> str:
    down = cell.down
    if cell.kind == "group" and "spans" in draft.style:
        change = _LONG_SPANS[draft.style["spans"]]
        down = 0 if draft.style["spans"] == "zero" else max(1, down + change)
    spans = f' rowspan="{down}"' * (down != 1) + f' colspan="{cell.across}"' * (cell.across > 1)
    return f"<td{spans}>{_write_inside(cell, draft)}</td>"


def _write_inside(cell: PrintedCell, draft: Draft) -> str:
    if not cell.text:
        return _BLANKS[draft.style.get("blanks", "")]
    text = _mark_up(cell.text)
    if cell.kind == "figure" and draft.style.get("figures") == "spans" and len(cell.text) > 1:
        text = "".join(f"<span>{_mark_up(sign)}</span>" for sign in cell.text)
    match draft.style["cells"]:
        case "paragraphs":
            return "".join(f"<p>{line}</p>" for line in text.split("<br>"))
        case "word":
            return f"<p class=MsoNormal align=center><span lang=EN-US>{text}<o:p></o:p></span></p>"
        case "divs":
            return f'\n  <div class="cell"><font face="仿宋">{text}</font></div>\n'
        case _:
            return text


def _mark_up(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;").replace("\n", "<br>")


RENDERER = Renderer("html", draw_style, write_html)
