"""The dbt seeds that carry the form into the warehouse, written from the YAML files.

`python -m parsers.form.seeds` writes them, `--check` only compares and exits with 1 when one is stale.
"""

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from parsers.form.model import load_form

SEEDS_FOLDER = Path(__file__).parents[2] / "dbt_project" / "seeds"

FORM_LINE_COLUMNS = (
    *("edition_id", "table_id", "line_id", "column_id", "line_no", "column_no", "line_code"),
    *("line_label_zh", "line_label_en", "group_id", "column_label_zh", "column_label_en"),
    *("unit", "value_type", "is_total", "article"),
)
APPLICANT_COLUMNS = ("column_id", "applicant_no", "label_zh", "label_en", "is_total")
RULE_COLUMNS = (
    *("rule_id", "kind", "title_zh", "title_en", "formula", "edition_ids", "severity", "failure_verdict"),
    *("basis_zh", "basis_en", "usually_means_zh", "usually_means_en"),
)


def write_csv(header: Sequence[str], rows: list[list]) -> str:
    """A seed's text: header and rows, with line feeds on every system."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _build_form_lines() -> str:
    rows = []
    for edition in load_form().editions:
        for table in edition.tables:
            for line_no, line in enumerate(table.lines, start=1):
                for column_no, column in enumerate(line.columns, start=1):
                    is_total = str(line.is_total or column.is_total).lower()
                    labels = [line.label, line.label_en, line.group, column.label, column.label_en]
                    tail = [column.unit, column.type, is_total, line.article]
                    rows.append(
                        [edition.id, table.id, line.id, column.id, line_no, column_no, line.code, *labels, *tail]
                    )
    return write_csv(FORM_LINE_COLUMNS, rows)


def _build_applicant_types() -> str:
    columns = load_form().find_table("format_2021", "t3").sections[0].columns
    rows = [[c.id, no, c.label, c.label_en, str(c.is_total).lower()] for no, c in enumerate(columns, start=1)]
    return write_csv(APPLICANT_COLUMNS, rows)


def _build_rules() -> str:
    rows = [
        [
            *(r.id, r.kind, r.title, r.title_en, r.formula, " ".join(r.editions), r.severity, r.verdict),
            *(r.basis, r.basis_en, r.usually_means, r.usually_means_en),
        ]
        for r in load_form().rules
    ]
    return write_csv(RULE_COLUMNS, rows)


def build_seeds() -> dict[str, str]:
    """The text of each seed by file name."""
    return {
        "form_lines.csv": _build_form_lines(),
        "applicant_types.csv": _build_applicant_types(),
        "rules.csv": _build_rules(),
    }


def sync_seeds(seeds: Mapping[str, str], command: str, arguments: Sequence[str]) -> int:
    """Write or compare seeds; the exit code is 1 when `--check` finds a stale one."""
    SEEDS_FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, text in seeds.items():
        path = SEEDS_FOLDER / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale and "--check" in arguments:
        sys.stderr.write(f"seeds differ from their source: {', '.join(stale)}\nhint: run `python -m {command}`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(sync_seeds(build_seeds(), "parsers.form.seeds", sys.argv[1:]))
