"""Renders the samples in HTML and text, and what must be read in every sample, from the facts beside this script.

Writes `reports/<name>.html` or `.txt` and `expected/<name>.json`. The same facts give the same bytes. Run it as
`python data/samples/render_samples.py`; `--out FOLDER` writes elsewhere. `render_documents.py` renders the others.
"""

import argparse
import html
import json
from collections.abc import Callable
from pathlib import Path
from string import Template

from sample_facts import (
    HERE,
    NO_BREAK_SPACE,
    SAMPLE_LINE,
    Facts,
    Rows,
    find_line,
    list_layout_rows,
    load_facts,
    measure_width,
    place_table,
    print_label,
    write_expected,
)


def write_cells_by_line(rows: Rows) -> str:
    """A cell a line behind a tab, an empty one for a cell continued from above, a blank line after each row."""
    lines: list[str] = []
    for number, row in enumerate(rows):
        texts = {c.column: "" for above, cells in enumerate(rows[:number]) for c in cells if above + c.down > number}
        texts |= {cell.column: cell.text for cell in row}
        lines += [f"\t{texts[column]}" for column in sorted(texts)] + [""]
    return "\n".join(lines)


def write_pipes_by_line(rows: Rows) -> str:
    """A cell and a pipe a line; the places a row's cells leave over are pipes on one line."""
    width = measure_width(rows)
    lines = [[*(f"{cell.text} |".lstrip() for cell in row), "|" * (width - len(row))] for row in rows]
    return "\n".join(line for row in lines for line in row if line)


WRITERS: dict[str, Callable[[Rows], str]] = {
    "cells_by_line": write_cells_by_line,
    "pipes_by_line": write_pipes_by_line,
}


def fuse_table(facts: Facts, table: str) -> str:
    """Every label and figure of a table in one run of characters."""
    runs = dict(facts.figures[table])
    items = [item for row in list_layout_rows(facts, table) for item in row]
    return "".join(print_label(facts, i) if (line := find_line(i)) is None else runs.pop(line, "") for i in items)


def write_text(facts: Facts) -> str:
    """The report as a text file."""
    parts: list[str] = []
    for chapter in facts.chapters:
        parts += [chapter["heading"], *chapter.get("text", [])]
        if "table" in chapter:
            table = chapter["table"]
            parts.append(
                fuse_table(facts, table) if facts.is_fused else WRITERS[facts.text["tables"]](place_table(facts, table))
            )
    parts += [facts.signer, facts.signed]
    body = ("" if facts.is_fused else "\n").join(part for part in parts if part)
    lines = "\n".join([*facts.title, "", SAMPLE_LINE, body]).split("\n")
    return "\n".join(lines[: len(lines) - int(facts.lines_cut_off)]) + "\n"


def write_html_text(facts: Facts, text: str) -> str:
    """The inside of a table cell as the portal's editor leaves it."""
    escaped = html.escape(text, quote=False).replace(NO_BREAK_SPACE, "&nbsp;")
    match facts.page["cells"]:
        case "plain":
            return escaped
        case "paragraphs":
            return f"<p>{escaped or '&nbsp;'}</p>"
        case "spans" if not text:
            return "<p><span><o:p>&nbsp;</o:p></span></p>"
        case "spans":
            return f"<p><span>{escaped[:1]}</span><span>{escaped[1:]}</span><span><o:p></o:p></span></p>"
        case other:
            raise ValueError(f"{facts.name}: unknown cells `{other}`")


def write_html_table(facts: Facts, table: str) -> str:
    """A table with its row and column spans."""
    lines = ['<table border="1" cellspacing="0">', "<tbody>"]
    for row in place_table(facts, table):
        cells = ""
        for cell in row:
            spans = f' rowspan="{cell.down}"' * (cell.down > 1) + f' colspan="{cell.across}"' * (cell.across > 1)
            cells += f"<td{spans}>{write_html_text(facts, cell.text)}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def write_page(facts: Facts) -> str:
    """The report as the page of a portal: the skeleton of its family with our text inside."""
    parts = [f"<p>{SAMPLE_LINE}</p>"]
    for chapter in facts.chapters:
        paragraphs = [chapter["heading"], *chapter.get("text", [])]
        parts += [f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs if text]
        parts += [write_html_table(facts, chapter["table"])] if "table" in chapter else []
    parts += [f'<p style="text-align: right">{text}</p>' for text in (facts.signer, facts.signed) if text]
    skeleton = Template((HERE / "skeletons" / f"{facts.page['skeleton']}.html").read_text("utf-8"))
    return skeleton.substitute(
        charset=facts.page.get("charset", "utf-8"),
        title="".join(facts.title),
        agency=facts.agency,
        site=facts.site.get("name", ""),
        site_id_code=facts.site.get("site_id_code", ""),
        index_number=facts.index_number,
        published_at=facts.published_at,
        published_on=facts.published_at[:10],
        body="\n".join(parts),
    )


def render_report(facts: Facts) -> bytes:
    """A report as HTML or text."""
    text = write_page(facts) if facts.page else write_text(facts)
    return text.encode(facts.page.get("encoding", "utf-8"))


def render_samples(out: Path) -> None:
    """Writes every sample in HTML and text, and the expected result of every sample, below one folder."""
    for folder in ("reports", "expected"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for facts in load_facts():
        if not facts.document and not facts.archive:
            (out / "reports" / facts.file_name).write_bytes(render_report(facts))
        expected = json.dumps(write_expected(facts), ensure_ascii=False, indent=1)
        (out / "expected" / f"{facts.name}.json").write_bytes(f"{expected}\n".encode())


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Render the samples in HTML and text from their facts.")
    arguments.add_argument("--out", type=Path, default=HERE, help="the folder that gets reports/ and expected/")
    render_samples(arguments.parse_args().out)
