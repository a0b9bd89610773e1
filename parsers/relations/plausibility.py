"""Soft rules about the figures and forms of one report: R7, R12 and R26. A failure is unusual, never an error."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from parsers.findings import Tally, make_finding
from parsers.form import TABLE_NAMES, load_form
from parsers.report import Finding, Report, ReportCell

_RULES_LINE = "government_rules"
_DOCUMENT_LINES = ("government_rules", "normative_documents")
# Table 4 is the same in both editions, so its edition says nothing about its age.
_DATED_TABLES = ("t2", "t3")


class _RuleMakingFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    open: tuple[str, ...]
    cannot: tuple[str, ...]


@cache
def _load_rule_making() -> _RuleMakingFile:
    text = files("parsers.form").joinpath("rule_making.yml").read_text(encoding="utf-8")
    return _RuleMakingFile.model_validate(yaml.safe_load(text))


def lacks_rule_making_power(agency_name: str) -> bool | None:
    """Whether a body of this printed name cannot make government rules; null where the name does not tell."""
    name = "".join(unicodedata.normalize("NFKC", agency_name).split())
    patterns = _load_rule_making()
    if any(re.search(pattern, name) for pattern in patterns.open):
        return None
    return True if any(re.search(pattern, name) for pattern in patterns.cannot) else None


def check_disclosed_documents(report: Report) -> Tally:
    """R7, table 2 of 2019: what is newly disclosed is among what was newly made and what is disclosed in all."""
    tally = Tally("R7")
    cells = {cell.cell_id: cell for cell in report.cells}
    for line_id in _DOCUMENT_LINES:
        newly = cells.get(f"t2.{line_id}.newly_disclosed")
        for column_id in ("created", "disclosed_stock"):
            other = cells.get(f"t2.{line_id}.{column_id}")
            if newly is None or other is None:
                continue
            if newly.value is None or other.value is None:
                tally.not_assessable += 1
            elif newly.value <= other.value:
                tally.passed += 1
            else:
                tally.findings.append(_report_excess(newly, other))
    return tally


def _report_excess(newly: ReportCell, other: ReportCell) -> Finding:
    line = load_form().find_table("format_2019", "t2").find_line(newly.line_id)
    column = next(column for column in line.columns if column.id == other.column_id)
    return make_finding(
        "R7",
        newly.cell_id,
        (newly.cell_id, other.cell_id),
        f"表二“{line.label}”：本年新公开数量 {newly.value}，大于{column.label} {other.value}",
        f"table 2, `{line.label_en}`: {newly.value} newly disclosed, more than {other.value} {column.label_en}",
        f"{newly.locator}: {newly.printed_text}; {other.locator}: {other.printed_text}",
    )


def check_rule_making(report: Report) -> Tally:
    """R12: a body that cannot make government rules prints none."""
    tally = Tally("R12")
    line = [cell for cell in report.cells if cell.table_id == "t2" and cell.line_id == _RULES_LINE]
    printed = [cell for cell in line if cell.value is not None and cell.value > 0]
    name = report.identity.agency_name
    if not line:
        return tally
    if not printed and all(cell.state in ("number", "blank", "slash", "dash") for cell in line):
        tally.passed += 1
    elif not printed or name is None or lacks_rule_making_power(name) is None:
        tally.not_assessable += 1
    else:
        figures = "、".join(str(cell.value) for cell in printed)
        tally.findings.append(
            make_finding(
                "R12",
                f"t2.{_RULES_LINE}",
                tuple(cell.cell_id for cell in printed),
                f"“{name}”没有规章制定权，表二规章一行印有 {figures}",
                f"`{name}` cannot make government rules, its line of table 2 prints {figures}",
                "; ".join(f"{cell.locator}: {cell.printed_text}" for cell in printed),
            )
        )
    return tally


def check_edition_years(report: Report) -> Tally:
    """R26: the report year lies in the years for which the form of each table was issued."""
    tally = Tally("R26")
    year = report.identity.report_year
    used = {"t2": report.edition_t2, "t3": report.edition_t3}
    for table_id in _DATED_TABLES:
        edition = next((edition for edition in load_form().editions if edition.id == used[table_id]), None)
        if edition is None:
            continue
        if year is None:
            tally.not_assessable += 1
        elif edition.first_report_year <= year <= (edition.last_report_year or year):
            tally.passed += 1
        else:
            zh, en = TABLE_NAMES[table_id]
            tally.findings.append(
                make_finding(
                    "R26",
                    table_id,
                    (),
                    f"{zh}用的是“{edition.title}”的表式，报告年度是 {year}",
                    f"{en} is in the {edition.title_en}, the report is on {year}",
                    f"{edition.id}: {edition.first_report_year} to {edition.last_report_year or 'now'}",
                )
            )
    return tally
