"""Tables read from grids of every layout, whole and damaged: right, or with a finding, never wrong in silence."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.form import load_form
from parsers.page import Cell, Grid, Layout, Page, Paragraph
from parsers.tables import TablesReading, read_tables
from tests.parsers.tables.grids import lay_out, list_cell_ids, make_grid, make_page, place_cells, print_table

EDITIONS = ["format_2021", "format_2019"]
LAYOUTS: list[Layout] = ["placed", "sequence", "stream"]
FIGURES = st.one_of(st.integers(0, 9), st.integers(0, 120_000)).map(str)
APPLICANTS = load_form().find_table("format_2021", "t3").sections[0].columns


def draw_figures(data: st.DataObject, edition_id: str) -> dict[str, str]:
    ids = list_cell_ids(edition_id)
    return dict(zip(ids, data.draw(st.lists(FIGURES, min_size=len(ids), max_size=len(ids))), strict=True))


def number_figures(edition_id: str) -> dict[str, str]:
    """Every cell its own number, so that a figure in the wrong place shows."""
    return {cell_id: str(number) for number, cell_id in enumerate(list_cell_ids(edition_id), start=100)}


def list_silent_errors(reading: TablesReading, figures: dict[str, str]) -> list[str]:
    doubted = {cell_id for finding in reading.findings for cell_id in finding.cells}
    return [
        f"{cell.cell_id}: printed {figures.get(cell.cell_id)}, read {cell.value}"
        for cell in reading.cells
        if cell.state == "number" and cell.value != Decimal(figures[cell.cell_id]) and cell.cell_id not in doubted
    ]


def read_values(reading: TablesReading) -> dict[str, str]:
    return {cell.cell_id: str(cell.value) for cell in reading.cells if cell.state == "number"}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition_id", EDITIONS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whole_tables_are_read_without_findings(edition_id: str, layout: Layout, data: st.DataObject) -> None:
    figures = draw_figures(data, edition_id)
    reading = read_tables(make_page(edition_id, figures, layout))
    assert read_values(reading) == figures
    assert set(reading.editions.values()) == {edition_id}
    assert [finding.message_en for finding in reading.findings] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_mixed_editions_are_told_for_each_table(layout: Layout) -> None:
    figures = number_figures("format_2021") | number_figures("format_2019")
    reading = read_tables(make_page("format_2021", figures, layout, t3_edition_id="format_2019"))
    assert reading.editions == {"t2": "format_2021", "t3": "format_2019", "t4": "format_2021"}
    assert [finding.rule_id for finding in reading.findings] == ["R22"]
    assert list_silent_errors(reading, figures) == []


DAMAGES = ["drop_row", "drop_cell", "double_cell", "blank_cell", "misprint", "note_row", "double_row", "swap_rows"]


def damage_rows(rows: list[list[str]], damage: str, row_no: int, cell_no: int) -> list[list[str]]:
    rows = [list(row) for row in rows]
    row = rows[row_no % len(rows)]
    cell_no %= len(row)
    if damage == "drop_row":
        rows.remove(row)
    elif damage == "drop_cell":
        del row[cell_no]
    elif damage == "double_cell":
        row.insert(cell_no, row[cell_no])
    elif damage == "blank_cell":
        row[cell_no] = ""
    elif damage == "misprint":
        row[cell_no] = row[cell_no][:2] + row[cell_no][3:] if not row[cell_no].isdigit() else row[cell_no]
    elif damage == "note_row":
        rows.insert(row_no % len(rows), ["注：本表数据按季度汇总"])
    elif damage == "double_row":
        rows.insert(row_no % len(rows), list(row))
    elif damage == "swap_rows":
        other = (row_no + 1) % len(rows)
        rows[row_no % len(rows)], rows[other] = rows[other], rows[row_no % len(rows)]
    return rows


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("damage", DAMAGES)
@settings(max_examples=60, deadline=None)
@given(data=st.data(), edition_id=st.sampled_from(EDITIONS))
def test_damaged_table_is_never_wrong_in_silence(
    layout: Layout, damage: str, edition_id: str, data: st.DataObject
) -> None:
    figures = number_figures(edition_id)
    table = load_form().find_table(edition_id, data.draw(st.sampled_from(["t2", "t3", "t4"])))
    rows = damage_rows(
        print_table(table, figures), damage, data.draw(st.integers(0, 40)), data.draw(st.integers(0, 16))
    )
    reading = read_tables(Page("test", "test", (lay_out(table.id, rows, layout),)))
    assert list_silent_errors(reading, figures) == []


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_placed_columns_are_told_by_their_header_in_any_order(edition_id: str) -> None:
    figures = number_figures(edition_id)
    rows = print_table(load_form().find_table(edition_id, "t3"), figures)[3:]
    order = [6, 2, 1, 0, 5, 3, 4]
    header = Grid(
        tuple(Cell(APPLICANTS[old].label, 0, 3 + new, "header") for new, old in enumerate(order)), "placed", "grid 1"
    )
    body = place_cells("t3", [[], *([*row[:-7], *(row[-7:][no] for no in order)] for row in rows)])
    reading = read_tables(Page("test", "test", (Grid(header.cells + body.cells, "placed", "grid 1"),)))
    table_3 = {cell_id: figure for cell_id, figure in figures.items() if cell_id.startswith("t3.")}
    assert read_values(reading) == table_3


def test_columns_in_another_order_without_places_are_unreadable() -> None:
    figures = number_figures("format_2021")
    rows = print_table(load_form().find_table("format_2021", "t3"), figures)
    rows[2] = ["", "", "科研机构", "商业企业", "社会公益组织", "法律服务机构", "其他"]
    reading = read_tables(Page("test", "test", (make_grid(rows, "sequence"),)))
    assert list_silent_errors(reading, figures) == []
    assert any(cell.state == "unreadable" for cell in reading.cells)


def test_sixteenth_figure_of_table_4_is_a_finding_and_unplaced() -> None:
    figures = dict.fromkeys(list_cell_ids("format_2021"), "0")
    rows = print_table(load_form().find_table("format_2021", "t4"), figures)
    rows[-1].append("0")
    reading = read_tables(Page("test", "test", (make_grid(rows, "sequence"),)))
    assert [finding.rule_id for finding in reading.findings if finding.rule_id != "R17"] == ["R15"]
    assert [(cell.printed_text, cell.reason) for cell in reading.unplaced_cells] == [("0", "extra_in_row")]
    assert len(read_values(reading)) == 15


def test_sixteenth_figure_leaves_only_agreeing_cells_readable() -> None:
    figures = dict.fromkeys(list_cell_ids("format_2021"), "0")
    rows = print_table(load_form().find_table("format_2021", "t4"), figures)
    rows[-1] = [*("0" * 5), "4", *("0" * 3), "4", *("0" * 6)]
    reading = read_tables(Page("test", "test", (make_grid(rows, "sequence"),)))
    states = [cell.state for cell in reading.cells if cell.table_id == "t4"]
    assert states.count("unreadable") == 4
    assert all(cell.value == 0 for cell in reading.cells if cell.state == "number")


def print_fused_row(run: str, carried_in: str) -> TablesReading:
    """Table 3 with 217 applications of persons and one of an enterprise, all disclosed; two rows are replaced."""
    figures = dict.fromkeys(list_cell_ids("format_2021"), "0")
    for line_id in ("received_new", "granted_full", "results_total"):
        figures |= {f"t3.{line_id}.natural_person": "217", f"t3.{line_id}.commercial_enterprise": "1"}
        figures[f"t3.{line_id}.total"] = "218"
    rows = print_table(load_form().find_table("format_2021", "t3"), figures)
    rows[3], rows[4] = [rows[3][0], run], [rows[4][0], carried_in]
    return read_tables(Page("test", "test", (make_grid(rows, "sequence"),)))


def test_run_with_one_way_to_add_up_is_told_apart_and_suspect() -> None:
    reading = print_fused_row("21710000218", "0000000")
    told = [str(cell.value) for cell in reading.cells if cell.line_id == "received_new"]
    assert told == ["217", "1", "0", "0", "0", "0", "218"]
    finding, _ = [finding for finding in reading.findings if finding.rule_id == "R23"]
    assert (finding.verdict, len(finding.cells)) == ("parse_suspect", 7)
    assert "2 1 7 100 0 0 218" in finding.evidence


@pytest.mark.parametrize(
    ("run", "carried_in"),
    [("21710000218", "1111112"), ("21710000219", "0000000"), ("21710000218", "000000"), ("2171000 218", "0/00000")],
)
def test_run_that_does_not_add_up_is_unreadable(run: str, carried_in: str) -> None:
    reading = print_fused_row(run, carried_in)
    assert {cell.state for cell in reading.cells if cell.line_id in ("received_new", "carried_in")} == {"unreadable"}
    assert "R14" in {finding.rule_id for finding in reading.findings}


def test_wrong_total_with_a_balancing_cut_never_comes_out_clean() -> None:
    """11 0 0 0 0 0 12 as printed is wrong; 1 1 0 0 0 0 2 and the like would balance: whatever is read is suspect."""
    for run in ("110000012", "1100000012", "2100000111", "1010000111"):
        reading = print_fused_row(run, "0000000")
        doubted = {cell_id for finding in reading.findings for cell_id in finding.cells}
        assert {cell.cell_id for cell in reading.cells if cell.line_id == "received_new"} <= doubted


def test_running_text_with_poured_in_table_is_suspect_or_unreadable() -> None:
    figures = dict.fromkeys(list_cell_ids("format_2019"), "0")
    tables = [load_form().find_table("format_2019", table_id) for table_id in ("t2", "t3", "t4")]
    text = "".join("".join(row) for table in tables for row in print_table(table, figures))
    reading = read_tables(Page("test", "test", (Paragraph("一、总体情况。" * 20 + text, "line 1"),)))
    assert set(reading.editions.values()) == {"format_2019"}
    assert list_silent_errors(reading, figures) == []
    assert {finding.verdict for finding in reading.findings if finding.rule_id == "R23"} == {"parse_suspect"}
    doubted = {cell_id for finding in reading.findings for cell_id in finding.cells}
    assert doubted == {cell.cell_id for cell in reading.cells}


def test_row_cut_after_one_blank_too_many_leaves_the_other_rows_sure() -> None:
    rows = [["一、本年新收政府信息公开申请数量", *[""] * 6, "0"], ["二、上年结转政府信息公开申请数量", *[""] * 6, "0"]]
    rows.append(["（一）予以公开", *[""] * 8])
    reading = read_tables(Page("test", "test", (make_grid(rows, "stream"),)))
    assert {cell.state for cell in reading.cells} == {"blank", "number", "absent"}
    assert sum(cell.state == "number" for cell in reading.cells) == 2


def test_cells_not_printed_are_absent_and_reported() -> None:
    figures = number_figures("format_2021")
    rows = print_table(load_form().find_table("format_2021", "t3"), figures)[:7]
    reading = read_tables(Page("test", "test", (place_cells("t3", rows),)))
    absent = [cell for cell in reading.cells if cell.state == "absent"]
    assert len(absent) == 175 - 4 * 7
    assert {cell.printed_text for cell in absent} == {None}
    assert {"R17", "R18"} <= {finding.rule_id for finding in reading.findings}


def test_second_printing_of_a_table_is_reported_and_not_counted() -> None:
    figures = number_figures("format_2021")
    page = make_page("format_2021", figures, "placed")
    again = place_cells("t3", print_table(load_form().find_table("format_2021", "t3"), dict.fromkeys(figures, "7")), 9)
    reading = read_tables(Page("test", "test", (*page.blocks, again)))
    assert read_values(reading) == figures
    assert [finding.rule_id for finding in reading.findings] == ["R20"]
    assert {cell.reason for cell in reading.unplaced_cells} == {"table_twice"}


def test_local_row_is_kept_as_unplaced() -> None:
    figures = number_figures("format_2019")
    rows = print_table(load_form().find_table("format_2019", "t2"), figures)
    rows.insert(4, ["其他主动公开文件", "31", "32", "33"])
    reading = read_tables(Page("test", "test", (place_cells("t2", rows),)))
    strangers = [cell for cell in reading.unplaced_cells if cell.reason == "row_not_recognised"]
    assert [(cell.row_label_text, cell.printed_text) for cell in strangers] == [
        ("其他主动公开文件", "31"),
        ("其他主动公开文件", "32"),
        ("其他主动公开文件", "33"),
    ]
    assert list_silent_errors(reading, figures) == []


def test_unit_of_the_header_belongs_to_its_column_only() -> None:
    figures = dict.fromkeys(list_cell_ids("format_2021"), "0") | {
        "t2.administrative_fees.amount_10k_cny": "24252.311082"
    }
    reading = read_tables(make_page("format_2021", figures, "placed"))
    units = {cell.cell_id: cell.unit for cell in reading.cells if cell.unit is not None}
    assert units == {"t2.administrative_fees.amount_10k_cny": "万元"}


@pytest.mark.parametrize(
    "rows",
    [
        [["类别", "数量"], ["行政许可", "12"], ["行政处罚", "5"], ["总计", "17"]],
        [["渠道", "条数"], ["政府网站", "34"], ["其他", "202"], ["总计", "236"]],
    ],
)
def test_tables_of_other_content_are_not_the_form(rows: list[list[str]]) -> None:
    cells = tuple(Cell(text, r, c, f"row {r}") for r, row in enumerate(rows) for c, text in enumerate(row))
    reading = read_tables(Page("test", "test", (Grid(cells, "placed", "table 1"),)))
    assert reading.editions == {}
    assert {cell.reason for cell in reading.unplaced_cells} == {"other_table"}


def test_table_that_prints_only_some_lines_is_one_table() -> None:
    figures = number_figures("format_2021")
    rows = print_table(load_form().find_table("format_2021", "t3"), figures)
    kept = [
        row
        for row in rows[3:]
        if row[-8] in ("一、本年新收政府信息公开申请数量", "（七）总计", "四、结转下年度继续办理")
    ]
    reading = read_tables(Page("test", "test", (make_grid(rows[:3] + kept, "sequence"),)))
    assert sum(cell.state == "number" for cell in reading.cells) == 21
    assert {finding.rule_id for finding in reading.findings} == {"R17", "R18"}
    assert list_silent_errors(reading, figures) == []
