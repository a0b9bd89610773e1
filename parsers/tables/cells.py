"""Turns placed rows into cells of the form, with findings for what is not certain."""

from dataclasses import dataclass, field, replace

from parsers.findings import make_finding
from parsers.form import TABLE_NAMES, Column
from parsers.report import LEAST_SURE, Finding, ReportCell, TableId, Verdict
from parsers.tables.numbers import CellReading, normalise_text, read_number
from parsers.tables.placement import Placement
from parsers.tables.segmentation import Segmentation
from parsers.tables.tokens import Token

# What the reading of a cell that was told apart by sums is worth beside one read from its own print.
SUSPECT_CONFIDENCE = 0.5
_MONEY_UNITS = frozenset({"元", "万元", "亿元"})
_TYPE_NAMES = {
    "count": ("非负整数", "a count"),
    "signed_count": ("增减的整数", "a whole number added or removed"),
    "amount": ("金额", "an amount of money"),
}


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands: its table, one (line, column) a place, and the printed labels."""

    table_id: TableId
    places: tuple[tuple[str, Column], ...]
    row_label: Token | None
    column_labels: tuple[Token | None, ...]


@dataclass
class TableDraft:
    """What has been read of one table so far."""

    table_id: TableId
    cells: dict[str, ReportCell] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    extra: list[tuple[Token, RowPlace]] = field(default_factory=list)
    unreadable: list[ReportCell] = field(default_factory=list)


def add_row(draft: TableDraft, place: RowPlace, placement: Placement) -> None:
    """Read one placed row into the draft; a row that is not whole adds a finding and its extra figures."""
    cells = [
        _read_cell(place, index, tuple(way[index] for way in placement.ways), placement)
        for index in range(len(place.places))
    ]
    for cell in cells:
        draft.cells[cell.cell_id] = cell
    draft.unreadable.extend(cell for cell in cells if cell.state == "unreadable")
    draft.findings.extend(_check_typing(cells, place, is_whole=placement.is_whole))
    if placement.is_whole or placement.is_fused:
        return
    if len(placement.ways) > 1:
        draft.extra.extend((token, place) for token in placement.extra)
    draft.findings.append(_report_ragged_row(place, placement, cells))


def add_suspect_row(draft: TableDraft, place: RowPlace, run: Token, segmentation: Segmentation) -> None:
    """Cells of a run that was told apart by what must add up: numbers, but suspect, with R23 naming the other ways."""
    ids = []
    for index, (line_id, column) in enumerate(place.places):
        text = str(segmentation.figures[index])
        row_label = place.row_label.text if place.row_label else None
        label = place.column_labels[index]
        cell = _make_cell(
            place.table_id, line_id, column, text, read_number(text), row_label, label.text if label else None, run
        )
        draft.cells[cell.cell_id] = replace(cell, confidence=SUSPECT_CONFIDENCE)
        ids.append(cell.cell_id)
    chosen = " ".join(map(str, segmentation.figures))
    others = "; ".join(" ".join(map(str, way)) for way in segmentation.others)
    draft.findings.append(
        make_finding(
            "R23",
            f"{place.table_id}.{place.places[0][0]}",
            tuple(ids),
            f"连写的“{run.text}”按勾稽关系拆为 {chosen}"
            + (f"；另有 {segmentation.other_count} 种拆法" if others else ""),
            f"run `{run.text}` told apart as {chosen} by what must add up; other ways: {segmentation.other_count}",
            f"{run.locator}: {run.text}" + (f"; other ways: {others}" if others else ""),
            verdict="parse_suspect",
        )
    )


def add_missing_row(draft: TableDraft, places: tuple[tuple[str, Column], ...]) -> None:
    """Cells of the edition that the report does not print."""
    for line_id, column in places:
        cell = _make_cell(draft.table_id, line_id, column, None, CellReading("text"), None, None, None)
        draft.cells[cell.cell_id] = cell


def _read_cell(place: RowPlace, index: int, candidates: tuple[Token | None, ...], placement: Placement) -> ReportCell:
    line_id, column = place.places[index]
    row_label = place.row_label.text if place.row_label else None
    label = place.column_labels[index]
    column_label = label.text if label else None
    printed = [token for token in candidates if token is not None]
    if not printed:
        if not placement.extra:
            reading, text, token = CellReading("text"), None, None
        else:
            reading = CellReading("unreadable")
            text, token = " ".join(extra.text for extra in placement.extra), placement.extra[0]
        return _make_cell(place.table_id, line_id, column, text, reading, row_label, column_label, token)
    readings = {_read_token(token) for token in printed}
    token = printed[0]
    if len(readings) > 1 or len(printed) != len(candidates):
        texts = list(dict.fromkeys(token.text.strip() for token in printed))
        reading, text = CellReading("unreadable"), " | ".join(texts)
    else:
        reading, text = readings.pop(), token.text
    return _make_cell(place.table_id, line_id, column, text, reading, row_label, column_label, token)


def _read_token(token: Token) -> CellReading:
    """A cell whose carrier has two readings of it (confidence 0) is unreadable, whatever the sums say."""
    return read_number(token.text) if token.confidence > 0 else CellReading("unreadable")


def _make_cell(
    table_id: TableId,
    line_id: str,
    column: Column,
    text: str | None,
    reading: CellReading,
    row_label: str | None,
    column_label: str | None,
    token: Token | None,
) -> ReportCell:
    header_unit = None
    if column.printed_unit and column_label and column.printed_unit in normalise_text(column_label):
        header_unit = column.printed_unit
    return ReportCell(
        table_id=table_id,
        line_id=line_id,
        column_id=column.id,
        printed_text=text,
        value=reading.value,
        state="absent" if text is None else reading.state,
        unit=None if text is None else reading.unit or header_unit,
        remark=reading.remark,
        row_label_text=row_label,
        column_label_text=column_label,
        locator=token.locator if token else None,
        confidence=token.confidence if token else None,
    )


def _check_typing(cells: list[ReportCell], place: RowPlace, *, is_whole: bool) -> list[Finding]:
    """R10: words where a figure belongs, fractions of a count, negative counts and amounts, money among counts.

    Words are unusual; a figure is the agency's error if its row is whole and its reading sure.
    """
    findings = []
    for cell, (_, column) in zip(cells, place.places, strict=True):
        if not _is_mistyped(cell, column):
            continue
        kind_zh, kind_en = _TYPE_NAMES[column.type]
        printed = (cell.printed_text or "").strip()
        findings.append(
            make_finding(
                "R10",
                cell.cell_id,
                (cell.cell_id,),
                f"“{column.label}”应填{kind_zh}，印的是“{printed}”",
                f"`{column.label}` should hold {kind_en}, printed: `{printed}`",
                f"{cell.locator}: {printed}",
                verdict=_judge_typing(cell, is_whole=is_whole),
            )
        )
    return findings


def _judge_typing(cell: ReportCell, *, is_whole: bool) -> Verdict:
    if cell.value is None:
        return "unusual"
    is_sure = cell.confidence is not None and cell.confidence >= LEAST_SURE
    return "source_error" if is_whole and is_sure else "parse_suspect"


def _is_mistyped(cell: ReportCell, column: Column) -> bool:
    if cell.value is None:
        return cell.state == "text"
    is_money = cell.unit in _MONEY_UNITS
    if column.type == "amount":
        return cell.value < 0 or not (cell.unit is None or is_money)
    return is_money or cell.value % 1 != 0 or (cell.value < 0 and column.type == "count")


def _report_ragged_row(place: RowPlace, placement: Placement, cells: list[ReportCell]) -> Finding:
    zh, en = TABLE_NAMES[place.table_id]
    printed = place.row_label.text.strip() if place.row_label else None
    zh, en = (zh, en) if printed is None else (f"“{printed}”", f"`{printed}`")
    width = len(place.places)
    count = width + len(placement.extra) if len(placement.ways) > 1 else len(placement.extra)
    if any(cell.state not in ("absent", "unreadable") for cell in cells) and len(placement.ways) == 1:
        count = width
    locator = next((cell.locator for cell in cells if cell.locator), place.row_label.locator if place.row_label else "")
    extra = " ".join(token.text.strip() for token in placement.extra)
    return make_finding(
        "R15",
        f"{place.table_id}.{place.places[0][0]}",
        tuple(cell.cell_id for cell in cells),
        (f"{zh}一行有 {count} 个数字，应有 {width} 个" if count != width else f"{zh}一行与表头没有对齐")
        + (f"；没有位置的数字：{extra}" if extra else ""),
        (
            f"row of {en}: {count} figures for {width} columns"
            if count != width
            else f"row of {en}: not under its header"
        )
        + (f"; without a place: {extra}" if extra else ""),
        f"{locator}: {extra}" if extra else f"{locator}",
    )
