"""What every sample is made of: its facts, the form's tables laid out with them, and what must be read in it.

Reads `facts/*.yml` and `layout.yml`. The scripts beside this module render samples from it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
SAMPLE_LINE = "样例：数字和名称出自已公布的材料，文字是本项目自己写的，只供试用和测试。"
NO_BREAK_SPACE = "\u00a0"
HALF_WIDTH = str.maketrans("（）：，", "():,")
BLANK = "_"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One facts file. Figures are strings as printed, the cells of a line apart by spaces; `_` is a blank cell.

    `told_apart` are the figures of fused lines that the sums of their table leave one reading for; `sheet_lines` are
    the ids of the lines of `sheet` below its header. `document` is the ending of a sample that is no plain text and no
    HTML; `archive` is the name of the ZIP archive that holds the sample.
    """

    name: str
    agency: str
    year: str
    title: list[str]
    chapters: list[dict[str, Any]]
    page: dict[str, str] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)
    document: str = ""
    archive: str = ""
    site: dict[str, str] = field(default_factory=dict)
    index_number: str = ""
    published_at: str = ""
    published_date_source: str = ""
    signer: str = ""
    signed: str = ""
    cited_notice: str = ""
    editions: dict[str, str] = field(default_factory=dict)
    figures: dict[str, dict[str, str]] = field(default_factory=dict)
    sheet: list[list[str]] = field(default_factory=list)
    sheet_lines: list[str] = field(default_factory=list)
    told_apart: dict[str, dict[str, str]] = field(default_factory=dict)
    misprints: dict[str, str] = field(default_factory=dict)
    padded_cells: list[str] = field(default_factory=list)
    extra_figures: dict[str, str] = field(default_factory=dict)
    lines_cut_off: str = "0"
    status: str = "parsed"
    status_reason: str = ""
    failing_relations: list[str] = field(default_factory=list)
    reading_findings: list[str] = field(default_factory=list)

    @property
    def rendered_name(self) -> str:
        """The file name of the report itself."""
        return f"{self.name}.{self.document or ('html' if self.page else 'txt')}"

    @property
    def file_name(self) -> str:
        """The file in `reports/` that holds the report: itself, or its archive."""
        return f"{self.archive}.zip" if self.archive else self.rendered_name

    @property
    def is_fused(self) -> bool:
        """Whether the cells of a line are printed as one run of characters."""
        return self.text.get("tables") == "fused"


@dataclass(frozen=True)
class Printed:
    """One printed cell of a table: its text, its first column, and the rows and columns it covers."""

    text: str
    column: int
    down: int = 1
    across: int = 1


Rows = list[list[Printed]]


def load_yaml(path: Path) -> Any:
    """A YAML file with every scalar as the string that stands there: `24252.311082` keeps its digits."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def load_facts() -> list[Facts]:
    """The facts of every sample, by name."""
    return [Facts(name=path.stem, **load_yaml(path)) for path in sorted((HERE / "facts").glob("*.yml"))]


LAYOUT = load_yaml(HERE / "layout.yml")


def list_columns(facts: Facts, table: str, line: str) -> list[str]:
    """The column ids of one line, in printed order."""
    columns = LAYOUT["columns"][table]
    return columns[facts.editions[table]][line] if table == "t2" else columns


def list_figures(facts: Facts, table: str) -> dict[str, str]:
    """The text of each cell of one table by cell id, as far as it can be told; a line that is not printed has none."""
    cells: dict[str, str] = {}
    for line, run in (facts.told_apart.get(table, {}) if facts.is_fused else facts.figures[table]).items():
        columns, figures = list_columns(facts, table, line), run.split()
        if len(columns) != len(figures):
            raise ValueError(f"{facts.name} {table}.{line}: {len(figures)} figures for {len(columns)} columns")
        cells |= {f"{table}.{line}.{c}": "" if f == BLANK else f for c, f in zip(columns, figures, strict=True)}
    return cells


def list_sheet_figures(facts: Facts) -> dict[str, str]:
    """The printed text of each figure of a sheet of before 2019 by cell id."""
    return {
        f"sheet.{line}.{column}": figure
        for line, row in zip(facts.sheet_lines, facts.sheet[1:], strict=True)
        for column, figure in zip(("this_year", "cumulative"), row[2:], strict=True)
    }


def find_line(item: str | dict[str, str]) -> str | None:
    """The line of the form whose figures an item of the layout stands for; a label has none."""
    if isinstance(item, str) or "text" in item:
        return None
    return item["line"] if "line" in item else item["cell"].split(".")[0]


def list_layout_rows(facts: Facts, table: str) -> list[list[Any]]:
    """The table's rows in the layout, without the lines that have no figures in the facts."""
    rows = LAYOUT["tables"][table][facts.editions[table]]
    printed = {None, *facts.figures[table]}
    return [row for row in rows if all(find_line(item) in printed for item in row)]


def print_label(facts: Facts, item: str | dict[str, str]) -> str:
    """A label of the form, with the report's misprints."""
    label = item if isinstance(item, str) else item["text"]
    printed = facts.misprints.get(label, label)
    return printed.translate(HALF_WIDTH) if facts.text.get("halfwidth_labels") == "yes" else printed


def print_item(facts: Facts, table: str, item: str | dict[str, str]) -> Iterator[tuple[str, int, int]]:
    """The cells that one item of the layout stands for: text, rows covered, columns covered."""
    down, across = (1, 1) if isinstance(item, str) else (int(item.get("down", 1)), int(item.get("across", 1)))
    if isinstance(item, str) or "text" in item:
        yield print_label(facts, item), down, across
        return
    place = item["line"] if "line" in item else item["cell"]
    for cell_id, text in list_figures(facts, table).items():
        if f"{cell_id}.".startswith(f"{table}.{place}."):
            yield f"{NO_BREAK_SPACE}{text}" if cell_id in facts.padded_cells else text, down, across


def place_table(facts: Facts, table: str) -> Rows:
    """The printed cells of a table, row by row."""
    if table == "sheet":
        return [[Printed(text, column) for column, text in enumerate(row)] for row in facts.sheet]
    rows: Rows = []
    covered_until: dict[int, int] = {}
    for number, items in enumerate(list_layout_rows(facts, table)):
        rows.append([])
        column = 0
        for text, down, across in (cell for item in items for cell in print_item(facts, table, item)):
            while column in covered_until and covered_until[column] > number:
                column += 1
            rows[-1].append(Printed(text, column, down, across))
            covered_until |= dict.fromkeys(range(column, column + across), number + down)
    if table in facts.extra_figures:
        last = rows[-1][-1]
        rows[-1].append(Printed(facts.extra_figures[table], last.column + last.across))
    return rows


def measure_width(rows: Rows) -> int:
    """The number of columns the table covers."""
    return max(cell.column + cell.across for row in rows for cell in row)


def write_expected(facts: Facts) -> dict[str, Any]:
    """What must be read in the sample: the facts by cell id, and the doubts that belong to it."""
    signed = re.fullmatch(r"(\d+)年(\d+)月(\d+)日", facts.signed)
    cells = {cell_id: text for table in facts.figures for cell_id, text in list_figures(facts, table).items()}
    cell_ids = (
        f"{table}.{line}.{column}"
        for table in facts.figures
        for line in facts.figures[table]
        for column in list_columns(facts, table, line)
    )
    return {
        "file": facts.file_name,
        "member": facts.rendered_name if facts.archive else None,
        "agency": facts.agency or None,
        "year": int(facts.year) if facts.year else None,
        "status": facts.status,
        "status_reason": facts.status_reason or None,
        "editions": facts.editions,
        "cited_notice": facts.cited_notice or None,
        "published_date": facts.published_at[:10] or None,
        "published_date_source": facts.published_date_source or None,
        "signed_date": "{}-{:0>2}-{:0>2}".format(*signed.groups()) if signed else None,
        "site_id_code": facts.site.get("site_id_code"),
        "failing_relations": facts.failing_relations,
        "reading_findings": facts.reading_findings,
        "figures_in_excess": list(facts.extra_figures.values()),
        "unreadable_cells": [cell_id for cell_id in cell_ids if cell_id not in cells] if facts.is_fused else [],
        "cells": cells | list_sheet_figures(facts),
    }
