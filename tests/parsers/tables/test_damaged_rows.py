"""Rows that lost their borders, their label or a column: their cells are read with doubt or not at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from parsers.form import load_form
from parsers.page import Cell, Grid, Layout, Page, Paragraph
from parsers.tables import TablesReading, read_tables
from tests.parsers.tables.grids import Rows, list_cell_ids, make_grid, place_cells, print_table

COLUMNS = {"natural_person": "自然人", "research_institution": "科研机构", "other_org": "其他", "total": "总计"}


def print_numbered(table_id: str, edition_id: str = "format_2021") -> Rows:
    """A table in which every cell prints a number of its own."""
    figures = {cell_id: str(number) for number, cell_id in enumerate(list_cell_ids(edition_id), start=100)}
    return print_table(load_form().find_table(edition_id, table_id), figures)


def read_rows(*pieces: Rows, layout: Layout = "sequence") -> TablesReading:
    grids = (make_grid(rows, layout, number) for number, rows in enumerate(pieces, start=1))
    return read_tables(Page("test", "test", tuple(grids)))


def list_states(reading: TablesReading, line_id: str) -> set[str]:
    return {cell.state for cell in reading.cells if cell.line_id == line_id}


def find_row(rows: Rows, label: str) -> int:
    return next(number for number, row in enumerate(rows) if label in row)


@pytest.mark.parametrize("border", ["", " ", "\n"])
def test_figures_in_one_cell_of_a_row_padded_with_blanks_are_no_figure(border: str) -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "（一）予以公开")
    rows[number][-7:] = [border.join(("2", "17", "0", "0", "0", "0", "28")), *[""] * 6]
    reading = read_rows(rows)
    assert list_states(reading, "granted_full") == {"unreadable"}


def test_blank_row_below_figures_without_a_place_is_not_blank() -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "1.本机关不掌握相关政府信息")
    upper, lower = rows[: number + 1], rows[number + 1 :]
    place = upper[-1].index("1.本机关不掌握相关政府信息")
    upper[-1][place] = "1.本机关"
    rest = ["不掌握相关政府信息" if no == place else "" for no in range(len(upper[-1]))]
    reading = read_rows(upper, [rest, *lower])
    assert list_states(reading, "unavailable_not_held") == {"unreadable"}
    assert list_states(reading, "unavailable_requires_creation") == {"number"}


def test_blank_row_above_figures_without_a_place_is_not_blank() -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "3.要求提供公开出版物")
    *labels, _ = rows[number][:-7]
    rows[number : number + 1] = [[*labels, "3.要求提供公开", *[""] * 7], [*labels, "出版物", *rows[number][-7:]]]
    assert list_states(read_rows(rows), "not_processed_publication") == {"unreadable"}


def test_row_longer_than_a_header_that_lacks_a_column_is_not_told_by_number() -> None:
    rows = print_numbered("t3")
    rows[2].remove("其他")
    for row in rows[3:]:
        del row[-2]
    padded = find_row(rows, "（一）予以公开")
    rows[padded].append("")
    assert list_states(read_rows(rows), "granted_full") == {"unreadable"}


def test_word_among_the_figures_of_table_4_keeps_its_place() -> None:
    rows = print_numbered("t4")
    rows[-1][3] = "不涉及"
    reading = read_rows(rows)
    assert [cell.state for cell in reading.cells if cell.table_id == "t4"] == ["number"] * 3 + ["text"] + [
        "number"
    ] * 11


def test_note_in_a_row_as_wide_as_the_header_of_table_4_is_no_row_of_figures() -> None:
    rows = print_numbered("t4")
    rows.insert(3, ["注：1.本表由办公室汇总", *[""] * 14])
    assert {cell.state for cell in read_rows(rows).cells if cell.table_id == "t4"} == {"number"}


@pytest.mark.parametrize("misprints", [{}, {6: "结结果纠正", 9: "总计计"}])
def test_header_of_table_4_printed_again_is_no_row_of_figures(misprints: dict[int, str]) -> None:
    rows = print_numbered("t4")
    rows[2] = [misprints.get(number, text) for number, text in enumerate(rows[2])]
    cells = [cell for cell in read_rows([*rows, *rows]).cells if cell.table_id == "t4"]
    assert [cell.printed_text for cell in cells] == rows[3]
    assert {cell.state for cell in cells} == {"number"}


def test_row_of_table_4_that_a_note_parts_from_its_header_is_read() -> None:
    *header, row = print_numbered("t4")
    assert {cell.state for cell in read_rows(header, [row]).cells} == {"number"}
    assert {cell.state for cell in read_rows(header, [row[1:]]).cells} == {"absent"}
    assert {cell.state for cell in read_rows(header, [["科室", *row[1:]]]).cells} == {"absent"}


@pytest.mark.parametrize("lost", [None, 0, 1, 2])
def test_small_table_of_table_4_is_that_of_the_heading_above_it(lost: int | None) -> None:
    _, header, _, figures = print_numbered("t4")
    names = ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]
    blocks: list[Paragraph | Grid] = []
    for number, name in enumerate(names):
        rows = [header[:5], figures[5 * number : 5 * number + 5]]
        blocks.append(Paragraph(name, f"paragraph {number + 1}", "heading"))
        blocks.append(make_grid(rows[number == lost :], "placed", number + 1))
    cells = [cell for cell in read_tables(Page("test", "test", tuple(blocks))).cells if cell.table_id == "t4"]
    read = [cell.printed_text if cell.state == "number" else None for cell in cells]
    whole = 3 if lost is None else lost
    assert read == figures[: 5 * whole] + [None] * (15 - 5 * whole)


def test_other_handling_by_its_short_name_is_the_line_of_2019() -> None:
    rows = print_numbered("t3", "format_2019")
    number = find_row(rows, "（六）其他处理")
    rows[number] = [text.replace("（六）其他处理", "（六）其他") for text in rows[number]]
    reading = read_rows(rows)
    assert reading.editions["t3"] == "format_2019"
    assert list_states(reading, "other_total") == {"number"}


@pytest.mark.parametrize("layout", ["sequence", "stream"])
@pytest.mark.parametrize(
    ("edition_id", "label", "printed"),
    [
        ("format_2019", "（六）其他处理", "六）作他理"),
        ("format_2019", "规范性文件", "规性情文"),
        ("format_2021", "1.信访举报投诉类申请", "1中信访报举投诉类请申"),
        ("format_2021", "行政事业性收费", "行数事性业费收"),
        ("format_2021", "（一）予以公开", "一）中公以开"),
        ("format_2021", "（七）总计", "）七（总计"),
        ("format_2021", "规章", "章"),
        ("format_2021", "3.其他", "3.他其"),
        ("format_2021", "3.其他", "3.其�"),
    ],
)
def test_garbled_label_is_the_line_that_belongs_there(
    edition_id: str, label: str, printed: str, layout: Layout
) -> None:
    table_id = "t2" if "t2" in {cell.split(".")[0] for cell in find_ids(edition_id, label)} else "t3"
    rows = print_numbered(table_id, edition_id)
    number = find_row(rows, label)
    rows[number][rows[number].index(label)] = printed
    reading = read_rows(rows, layout=layout)
    assert {cell.state for cell in reading.cells} == {"number"}
    assert {finding.rule_id for finding in reading.findings} == {"R17", "R19"}


def find_ids(edition_id: str, label: str) -> list[str]:
    """The lines a label names in an edition, with their tables."""
    edition = next(edition for edition in load_form().editions if edition.id == edition_id)
    return [f"{table.id}.{line.id}" for table in edition.tables for line in table.lines if line.label == label]


@pytest.mark.parametrize("printed", ["其中：涉及街道的", "8.属于行政查询事项", "2.其他", "小计"])
def test_strange_row_where_a_line_is_missing_is_not_that_line(printed: str) -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "1.属于国家秘密")
    rows[number][rows[number].index("1.属于国家秘密")] = printed
    assert list_states(read_rows(rows), "denied_state_secret") == {"absent"}


def test_header_of_a_table_that_was_joined_above_is_none_of_the_form_below_it() -> None:
    rows = [["渠道", "条数", "占比"], ["政府网站", "34", "5%"], *print_numbered("t2")]
    findings = [finding for finding in read_rows(rows).findings if finding.rule_id == "R19"]
    assert findings == []


@pytest.mark.parametrize(("corner", "rules"), [("于第三项加第四项之和）", set()), ("等于合计", {"R19"})])
def test_header_printed_again_after_a_page_break_is_the_form_s(corner: str, rules: set[str]) -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "2.重复申请")
    again = [[corner, "自然\n人", "总计"], ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]]
    reading = read_rows(rows[:number], [*again, *rows[number:]])
    assert {finding.rule_id for finding in reading.findings} == {"R17"} | rules
    assert {cell.state for cell in reading.cells} == {"number"}


def test_label_in_two_cells_is_one_label() -> None:
    rows = print_numbered("t3")
    rows[-1][:1] = ["四、结转下年度", "继续办理"]
    reading = read_rows(rows)
    assert {cell.state for cell in reading.cells} == {"number"}
    assert [cell.printed_text for cell in reading.cells if cell.line_id == "carried_out"] == rows[-1][2:]


@pytest.mark.parametrize("printed", ["2.重复申请", "重复申请"])
def test_lines_in_another_order_are_read_by_their_labels(printed: str) -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "2.重复申请")
    rows[number][rows[number].index("2.重复申请")] = printed
    rows[number : number + 2] = [rows[number + 1], rows[number]]
    reading = read_rows(rows)
    assert {finding.rule_id for finding in reading.findings} == {"R17"}
    assert list_states(reading, "not_processed_duplicate") == {"number"}
    figures = [cell.printed_text for cell in reading.cells if cell.line_id == "not_processed_duplicate"]
    assert figures == rows[number + 1][-7:]


def test_blank_cells_of_a_wide_sheet_are_none_of_the_row() -> None:
    rows = print_numbered("t3")
    rows[2].remove("其他")
    for row in rows[3:]:
        del row[-2]
    placed = place_cells("t3", rows)
    total = next(cell for cell in placed.cells if cell.text == "总计")
    header = [cell._replace(column=8) if cell is total else cell for cell in placed.cells]
    wide = [cell._replace(text="", column=column) for cell in header if cell.column == 8 for column in (9, 10)]
    cells = sorted([*header, *wide], key=lambda cell: (cell.row, cell.column))
    reading = read_tables(Page("test", "test", (replace(placed, cells=tuple(cells)),)))
    states = {cell.column_id: cell.state for cell in reading.cells if cell.line_id == "granted_full"}
    assert states.pop("other_org") == "absent"
    assert set(states.values()) == {"number"}


def shift(cells: tuple[Cell, ...], place: Callable[[Cell], bool]) -> tuple[Cell, ...]:
    return tuple(cell._replace(column=cell.column + 1) if place(cell) else cell for cell in cells)


def test_blank_total_is_no_padding_of_a_row_that_a_label_printed_twice_moved() -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "2.重复申请")
    rows[number][-6:] = [""] * 6
    placed = place_cells("t3", rows)
    cells = shift(placed.cells, lambda cell: cell.row == number and cell.column > 2)
    label = next(cell for cell in cells if cell.row == number and cell.column == 2)
    cells = tuple(sorted((*cells, label._replace(column=3)), key=lambda cell: (cell.row, cell.column)))
    reading = read_tables(Page("test", "test", (replace(placed, cells=cells),)))
    assert list_states(reading, "not_processed_duplicate") == {"unreadable"}


def test_blank_total_is_no_padding_below_a_header_that_lacks_a_column() -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "2.重复申请")
    rows[number][-6:] = [""] * 6
    placed = place_cells("t3", rows)
    kept = (cell for cell in placed.cells if (cell.row, cell.text) != (1, "自然人"))
    cells = tuple(
        cell._replace(column=cell.column - 1) if cell.row in (1, 2) and cell.column > 3 else cell for cell in kept
    )
    reading = read_tables(Page("test", "test", (replace(placed, cells=cells),)))
    read = [cell for cell in reading.cells if cell.line_id == "not_processed_duplicate"]
    assert [cell.printed_text for cell in read] == rows[number][-7:]
    assert any(finding.cells == tuple(cell.cell_id for cell in read) for finding in reading.findings)


@pytest.mark.parametrize(("first", "rules"), [("自然人", set()), ("总计", {"R19"})])
def test_header_printed_again_in_another_order_is_doubted(first: str, rules: set[str]) -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "2.重复申请")
    again = sorted(["自然人", "商业企业", "总计"], key=lambda label: label != first)
    reading = read_rows(rows[:number], [again, *rows[number:]])
    assert {finding.rule_id for finding in reading.findings} == {"R17"} | rules


@pytest.mark.parametrize("span", [0, 3, 4])
def test_merged_header_that_is_missing_or_claims_too_few_columns_moves_no_figure(span: int) -> None:
    placed = place_cells("t3", print_numbered("t3"))
    printed = [cell for cell in placed.cells if span or cell.text != "法人或其他组织"]
    cells = shift(tuple(printed), lambda cell: cell.row == 2 and cell.column >= 4 + span)
    total = next(cell for cell in cells if (cell.row, cell.text) == (1, "总计"))
    cells = tuple(cell._replace(column=4 + span) if cell is total else cell for cell in cells)
    reading = read_tables(Page("test", "test", (replace(placed, cells=cells),)))
    assert [cell.printed_text for cell in reading.cells] == [cell.text for cell in placed.cells if cell.text.isdigit()]
    doubted = {cell_id for finding in reading.findings if finding.rule_id == "R15" for cell_id in finding.cells}
    assert doubted == {cell.cell_id for cell in reading.cells}


@pytest.mark.parametrize("column", ["natural_person", "research_institution", "other_org", "total"])
def test_column_missing_from_the_header_is_missing_below_a_page_break(column: str) -> None:
    figures = dict.fromkeys(list_cell_ids("format_2021"), "4")
    upper = place_cells("t3", print_table(load_form().find_table("format_2021", "t3"), figures))
    missing = next(cell for cell in upper.cells if cell.text == COLUMNS[column] and cell.row < 3)
    cells = [
        cell._replace(column=cell.column - (cell.column > missing.column))
        for cell in upper.cells
        if cell is not missing and not (cell.row > 2 and cell.column == missing.column)
    ]
    below = next(cell.row for cell in cells if cell.text == "2.重复申请")
    pieces = (
        replace(upper, cells=tuple(cell for cell in cells if cell.row < below)),
        replace(upper, cells=tuple(cell._replace(row=cell.row - below) for cell in cells if cell.row >= below)),
    )
    states = {
        (cell.line_id, cell.column_id): cell.state
        for cell in read_tables(Page("test", "test", pieces)).cells
        if cell.table_id == "t3"
    }
    assert {line: state for (line, printed), state in states.items() if printed == column} == {
        line: "absent" for line, _ in states
    }
    assert {state for (_, printed), state in states.items() if printed != column} == {"number"}


@pytest.mark.parametrize(("table_id", "label"), [("t3", "（一）予以公开"), ("t4", None)])
def test_row_printed_again_with_another_figure_is_doubted_there(table_id: str, label: str | None) -> None:
    rows = print_numbered(table_id)
    number = find_row(rows, label) if label else len(rows) - 1
    again = list(rows[number])
    again[-1] = "7"
    rows.insert(number + 1, again)
    findings = [finding for finding in read_rows(rows).findings if finding.rule_id == "R16"]
    total = "t3.granted_full.total" if label else "t4.litigation_after_reconsideration.total"
    assert [finding.cells for finding in findings] == [(total,)]


@pytest.mark.parametrize(("table_id", "label"), [("t3", "（一）予以公开"), ("t4", None)])
def test_row_printed_again_word_for_word_doubts_no_cell(table_id: str, label: str | None) -> None:
    rows = print_numbered(table_id)
    number = find_row(rows, label) if label else len(rows) - 1
    rows.insert(number + 1, list(rows[number]))
    findings = [finding for finding in read_rows(rows).findings if finding.rule_id == "R16"]
    assert [finding.cells for finding in findings] == [()]


def test_row_printed_again_with_a_word_is_doubted_there() -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "（一）予以公开")
    again = list(rows[number])
    again[-2:] = ["7", "无"]
    rows.insert(number + 1, again)
    findings = [finding for finding in read_rows(rows).findings if finding.rule_id == "R16"]
    assert [finding.cells for finding in findings] == [("t3.granted_full.other_org", "t3.granted_full.total")]


def test_row_printed_again_in_a_wide_sheet_doubts_no_cell() -> None:
    rows = print_numbered("t3")
    number = find_row(rows, "（一）予以公开")
    rows.insert(number + 1, list(rows[number]))
    rows[3:] = [[*row, "", "", ""] for row in rows[3:]]
    findings = [finding for finding in read_rows(rows).findings if finding.rule_id == "R16"]
    assert [finding.cells for finding in findings] == [()]


@pytest.mark.parametrize(("printed", "state"), [("1212", "unreadable"), ("28937", "unreadable"), ("26", "number")])
def test_figure_alone_without_a_total_may_be_a_run_with_its_total(printed: str, state: str) -> None:
    rows = print_numbered("t3")
    rows[find_row(rows, "4.保护第三方合法权益")][-7:] = [printed, *[""] * 6]
    states = list_states(read_rows(rows), "denied_third_party_rights")
    assert states == ({state} if state == "unreadable" else {"number", "blank"})


def test_figure_alone_stands_where_no_row_prints_a_total() -> None:
    rows = [[*row[:-1], ""] if len(row) > 7 else row for row in print_numbered("t3")]
    rows[find_row(rows, "4.保护第三方合法权益")][-7:] = ["1212", *[""] * 6]
    assert list_states(read_rows(rows), "denied_third_party_rights") == {"number", "blank"}


@pytest.mark.parametrize("layout", ["sequence", "placed"])
def test_blank_row_says_nothing_of_a_column_without_a_header(layout: Layout) -> None:
    rows = print_numbered("t3")
    rows[2].remove("科研机构")
    rows[find_row(rows, "（一）予以公开")][-7:] = [""] * 7
    states = {
        cell.column_id: cell.state for cell in read_rows(rows, layout=layout).cells if cell.line_id == "granted_full"
    }
    assert states["research_institution"] == "absent"
    assert states["natural_person"] in ("blank", "absent", "unreadable")


@pytest.mark.parametrize("run", ["0142111460不涉及0000000", "1234500000不涉及00000"])
def test_figures_and_words_run_together_are_no_blank_row(run: str) -> None:
    rows = print_numbered("t4")
    rows[3:] = [[run], [""] * 15]
    assert {cell.state for cell in read_rows(rows).cells if cell.table_id == "t4"} <= {"unreadable", "absent"}
