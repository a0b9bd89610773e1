"""Judges what was read against what was printed, cell by cell: right, doubted, or wrong in silence."""

import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from parsers.form import load_form
from parsers.report import Finding, Report, ReportCell
from tests.torture.printing import Draft
from tests.torture.truth import Figure, Truth, list_columns, list_lines

Verdict = Literal["right", "right_flagged", "right_caused", "wrong_flagged", "wrong_excused", "silent"]
VERDICTS: tuple[Verdict, ...] = ("right", "right_flagged", "right_caused", "wrong_flagged", "wrong_excused", "silent")
_UNCERTAIN = ("unreadable", "absent")


@dataclass(frozen=True, slots=True)
class Silent:
    """One error in silence: what was printed, and what was read without any doubt."""

    subject: str
    printed: str
    read: str


@dataclass(slots=True)
class Judgement:
    """The counts of one report. `right_caused`: flagged, and rightly so, since the printed figures contradict each
    other or are no figures. `wrong_excused`: not read where the damage left nothing to read, and flagged."""

    counts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(VERDICTS, 0))
    silent: list[Silent] = field(default_factory=list)
    needless: list[Silent] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    status: str = ""


def judge_reports(draft: Draft, reports: tuple[Report, ...]) -> Judgement:
    """Judge a document's reports: the fullest one against the truth; figures in any other are wrong in silence."""
    report, *others = sorted(reports, key=lambda report: -len(report.cells))
    judgement = Judgement(status=report.status)
    judgement.findings = [f"{finding.rule_id} {finding.message_en}" for finding in report.findings if _doubts(finding)]
    _judge_cells(draft, report, judgement)
    _judge_identity(draft, report, judgement)
    for other in others:
        if any(cell.state == "number" for cell in other.cells):
            judgement.silent.append(Silent("report", "one report", f"another with {len(other.cells)} cells"))
    return judgement


def _judge_cells(draft: Draft, report: Report, judgement: Judgement) -> None:
    flagged = {cell_id for finding in report.findings if _doubts(finding) for cell_id in finding.cells}
    caused = list_caused(draft.truth)
    read = {cell.cell_id: cell for cell in report.cells}
    right = {cell_id for cell_id, figure in draft.truth.cells.items() if is_read_right(figure, read.get(cell_id))}
    must_flag = draft.trapped | list_contradicted(draft.truth, right)
    for cell_id in {**draft.truth.cells, **read}:
        figure, cell = draft.truth.cells.get(cell_id), read.get(cell_id)
        is_flagged = (
            cell is None
            or cell.state in _UNCERTAIN
            or cell_id in flagged
            or (figure is not None and cell.confidence == 0)
        )
        is_right = is_read_right(figure, cell) and (is_flagged or cell_id not in must_flag)
        verdict = _decide(cell_id, is_right, is_flagged, figure is None, caused, draft)
        judgement.counts[verdict] += 1
        record = Silent(cell_id, _show_figure(figure), _show_cell(cell))
        if verdict == "silent":
            judgement.silent.append(record)
        if verdict in ("wrong_flagged", "right_flagged"):
            judgement.needless.append(record)


def _doubts(finding: Finding) -> bool:
    """Whether a finding doubts what was read; what is merely unlikely, as drawn figures are, does not."""
    return load_form().find_rule(finding.rule_id).kind != "plausibility"


def _decide(
    cell_id: str, is_right: bool, is_flagged: bool, is_unprinted: bool, caused: set[str], draft: Draft
) -> Verdict:
    if is_right and (not is_flagged or is_unprinted):
        return "right"
    if is_right:
        return "right_caused" if cell_id in caused or cell_id in draft.excused else "right_flagged"
    if not is_flagged:
        return "silent"
    return "wrong_excused" if cell_id in draft.excused else "wrong_flagged"


def is_read_right(figure: Figure | None, cell: ReportCell | None) -> bool:
    """Value, state, unit and remark as printed; a cell that is not printed is absent."""
    if figure is None:
        return cell is None or cell.state == "absent"
    if cell is None or cell.state != figure.state or cell.value != figure.value:
        return False
    has_unit = figure.unit is None or cell.unit == figure.unit
    return has_unit and (figure.remark is None or cell.remark == figure.remark)


def _judge_identity(draft: Draft, report: Report, judgement: Judgement) -> None:
    """Body and year are read, or null; another body or year is wrong in silence unless R21 doubts the year."""
    agency, year = report.identity.agency_name, report.identity.report_year
    doubts = {finding.rule_id for finding in report.findings}
    if agency is not None and _fold(agency) != _fold(draft.truth.agency):
        judgement.silent.append(Silent("agency", draft.truth.agency, agency))
    if year is not None and year != draft.truth.year and "R21" not in doubts:
        judgement.silent.append(Silent("year", str(draft.truth.year), str(year)))
    if agency is None and draft.says_agency:
        judgement.needless.append(Silent("agency", draft.truth.agency, "null"))
    if year is None and draft.says_year:
        judgement.needless.append(Silent("year", str(draft.truth.year), "null"))


def list_sums(truth: Truth) -> list[tuple[list[str], list[str]]]:
    """Both sides of every sum of the form's editions, cells that are not printed included."""
    lines = list(dict.fromkeys(list_lines("t3", truth.editions["t3"])))
    sums: list[tuple[list[str], list[str]]] = []
    for table, line in (*(("t3", line) for line in lines), *(("t4", line) for line in list_lines("t4", "format_2021"))):
        *parts, total = (f"{table}.{line}.{column}" for column in list_columns(table, truth.editions[table], line))
        sums.append((parts, [total]))
    ends = ("received_new", "carried_in", "results_total", "carried_out")
    for column in list_columns("t3", truth.editions["t3"], lines[0]):
        results = [f"t3.{line}.{column}" for line in lines if line not in ends]
        sums.append((results, [f"t3.results_total.{column}"]))
        sums.append(([f"t3.{line}.{column}" for line in ends[:2]], [f"t3.{line}.{column}" for line in ends[2:]]))
    return sums


def _add(truth: Truth, cell_ids: list[str]) -> Decimal:
    figures = [truth.cells[cell_id] for cell_id in cell_ids if cell_id in truth.cells]
    return sum((figure.value for figure in figures if figure.value is not None), Decimal(0))


def list_caused(truth: Truth) -> set[str]:
    """Cells that may be flagged: what they print contradicts other cells, or is no count."""
    caused = {cell_id for cell_id, figure in truth.cells.items() if _is_odd(cell_id, figure)}
    for left, right in list_sums(truth):
        if _add(truth, left) != _add(truth, right):
            caused |= {*left, *right}
    return caused


def _is_odd(cell_id: str, figure: Figure) -> bool:
    is_money = figure.unit in ("元", "万元") and "amount" not in cell_id
    is_signed = figure.value is not None and figure.value < 0 and not cell_id.endswith("net_change")
    return figure.state == "text" or is_money or is_signed


def list_contradicted(truth: Truth, right: set[str]) -> set[str]:
    """Totals that must be flagged: every cell of their sum is a printed number and was read, and the sum fails."""
    contradicted = set()
    for left, right_side in list_sums(truth):
        cells = (*left, *right_side)
        is_whole = all(cell_id in right and truth.cells[cell_id].state == "number" for cell_id in cells)
        if is_whole and _add(truth, left) != _add(truth, right_side):
            contradicted |= set(right_side)
    return contradicted


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _show_figure(figure: Figure | None) -> str:
    return "not printed" if figure is None else f"{figure.text!r} ({figure.state})"


def _show_cell(cell: ReportCell | None) -> str:
    return (
        "no cell" if cell is None else f"{cell.value if cell.value is not None else cell.printed_text!r} ({cell.state})"
    )
