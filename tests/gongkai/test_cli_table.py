"""The printed form of `gongkai parse`: what a person must be able to see."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

from rich.console import Console

from gongkai.commands.report_view import render_report
from gongkai.messages import Language
from parsers.form import load_form
from parsers.reading import read_reports
from parsers.report import CellState, Finding, Identity, Report, ReportCell, Statement, UnplacedCell

SAMPLES = Path(__file__).resolve().parents[2] / "data/samples/reports"
TOTAL = ReportCell(
    table_id="t3",
    line_id="results_total",
    column_id="total",
    printed_text="21",
    value=Decimal(21),
    state="number",
    unit=None,
    remark=None,
    row_label_text=None,
    column_label_text=None,
    locator="table 3, row 27",
    confidence=1.0,
)
BROKEN_SUM = Finding(
    finding_no=1,
    rule_id="R3",
    subject_id="total",
    outcome="failed",
    verdict="source_error",
    severity="error",
    cells=("t3.results_total.total", "t3.granted_full.total", "t3.granted_partial.total"),
    message_zh="印为 21，各行之和为 27",
    message_en="printed 21, its lines add up to 27",
    evidence="",
)


def make_report(*cells: ReportCell, findings: tuple[Finding, ...] = ()) -> Report:
    return Report(
        member=None,
        carrier="html",
        reader="selectolax",
        status="parsed",
        status_reason=None,
        status_detail=None,
        content_id="c",
        identity=Identity(agency_name="平潭综合实验区", report_year=2020),
        edition_t2="format_2019",
        edition_t3="format_2019",
        edition_t4="format_2019",
        cells=cells,
        findings=findings,
    )


def print_as(cell: ReportCell, line_id: str, printed: str | None, state: CellState) -> ReportCell:
    return replace(cell, line_id=line_id, printed_text=printed, value=None, state=state)


def show(report: Report, language: Language = "zh", width: int = 120) -> str:
    stream = StringIO()
    console = Console(file=stream, width=width, markup=False, highlight=False)
    console.print(*render_report(report, "a.html", language, width), sep="\n")
    return stream.getvalue()


def find_row(text: str, label: str) -> list[str]:
    """The row's cells, without the frame."""
    row = next(line for line in text.splitlines() if label in line)
    return [part.strip() for part in row.strip("│").split("│")]


def test_every_line_and_group_of_the_edition_is_shown() -> None:
    text = "".join(show(make_report(TOTAL), width=200).split())
    edition = next(edition for edition in load_form().editions if edition.id == "format_2019")
    for table in edition.tables:
        for label in [*(line.label for line in table.lines), *(group.label for group in table.groups)]:
            assert "".join(label.split()) in text


def test_title_names_agency_year_edition_and_status() -> None:
    title = show(make_report(TOTAL)).splitlines()[0]
    assert all(part in title for part in ("平潭综合实验区", "2020", "〔2019〕60号", "已读取"))


def test_blank_slash_zero_and_unprinted_cells_look_different() -> None:
    report = make_report(
        print_as(TOTAL, "granted_full", "", "blank"),
        print_as(TOTAL, "granted_partial", "/", "slash"),
        print_as(TOTAL, "carried_in", "0", "number"),
        print_as(TOTAL, "carried_out", "21710000218", "unreadable"),
    )
    text = show(report)
    assert find_row(text, "（一）予以公开")[-1] == ""
    assert find_row(text, "（二）部分公开")[-1] == "/"
    assert find_row(text, "二、上年结转")[-1] == "0"
    assert find_row(text, "一、本年新收")[-1] == "·"
    assert find_row(text, "四、结转下年度")[-1] == "¿"
    assert "· 未印出该格" in text
    assert "¿ 无法读出数字" in text


def test_failing_cell_is_marked_and_named_with_what_it_prints() -> None:
    zero = print_as(TOTAL, "granted_full", "0", "number")
    report = make_report(TOTAL, zero, findings=(BROKEN_SUM,))
    chinese, english = show(report, "zh"), show(report, "en")
    assert find_row(chinese, "（七）总计")[-1] == "21!"
    assert "印为 21，各行之和为 27" in chinese
    assert "（七）总计 / 总计：印为 21" in chinese
    assert "其余单元格：1 格填 0、1 格未印" in chinese
    assert "printed 21, its lines add up to 27" in english
    assert "the other cells: 1 print 0, 1 not printed" in english


def test_doubtful_cell_is_marked_but_not_called_wrong() -> None:
    text = show(make_report(replace(TOTAL, confidence=0.7)))
    assert find_row(text, "（七）总计")[-1] == "21?"
    assert "读取存疑" in text
    assert "勾稽关系不成立" not in text


def test_report_without_damage_has_no_marks_and_says_so() -> None:
    edition = next(edition for edition in load_form().editions if edition.id == "format_2019")
    cells = [
        replace(TOTAL, table_id=table.id, line_id=line.id, column_id=column.id, printed_text="0", value=Decimal(0))
        for table in edition.tables
        for line in table.lines
        for column in line.columns
    ]
    text = show(make_report(*cells))
    assert "没有发现问题" in text
    assert not [word for word in ("勾稽关系不成立", "读取存疑", "无法读出数字", "未印出该格") if word in text]


def test_status_without_tables_gives_reason_and_remedy() -> None:
    report = replace(
        make_report(),
        status="unreadable",
        status_reason="empty_file",
        edition_t2=None,
        edition_t3=None,
        edition_t4=None,
        identity=Identity(),
    )
    chinese, english = show(report, "zh"), show(report, "en")
    assert "未识别机关名称" in chinese
    assert "文件为空" in chinese
    assert "提示：" in chinese
    assert "hint: download the file again" in english


def test_cells_without_a_place_are_listed() -> None:
    extra = UnplacedCell(1, "其他主动公开文件", "数量", "35", "table 2, row 4", "no_such_line")
    text = show(replace(make_report(TOTAL), unplaced_cells=(extra,)))
    assert "表式中没有位置的单元格：1" in text
    assert "其他主动公开文件 / 数量: 35 (no_such_line, table 2, row 4)" in text


def test_printed_text_cannot_steer_the_terminal() -> None:
    text = show(make_report(replace(TOTAL, printed_text="\x1b[2J[red]21", value=None, state="text")))
    assert "\x1b" not in text
    assert "\ufffd[2J[red]21" in text


def test_tables_stay_whole_on_a_narrow_terminal() -> None:
    text = show(make_report(TOTAL), width=80)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "21" in text


def test_sum_that_prints_zero_is_marked_and_its_zero_parts_are_not() -> None:
    sample = SAMPLES / "洪泽区人民政府_2023_mixed_editions.pdf"
    [report] = read_reports(sample.read_bytes())
    text = show(report)
    assert find_row(text, "行政复议  ")[1:] == ["10!", "1!", "0", "0", "0!"]
    assert find_row(text, "未经复议直接起诉")[1:] == ["0", "0", "0", "0", "0"]
    assert "R4" in text


def test_long_lists_of_cells_are_cut_with_their_number() -> None:
    sample = SAMPLES / "平潭综合实验区_2019_fused_text.txt"
    [report] = read_reports(sample.read_bytes())
    text = show(report)
    assert "另有 7 格" in text
    assert not [line for line in text.splitlines() if len(line) > 120]


STATED = Statement(
    1, None, "proactive_disclosures", "none", None, Decimal(749), "条", "at_least", "region", "year", False, "…", 1
)


def test_figures_of_the_text_stand_in_one_line_with_their_parts() -> None:
    part = replace(STATED, statement_no=2, whole_statement_no=1, breakdown="channel", breakdown_id="wechat")
    zero = replace(STATED, statement_no=3, metric_id="reconsideration_cases", value=Decimal(0), unit="件")
    zero = replace(zero, bound="exact", subject="own", stated_in_words=True)
    report = replace(make_report(TOTAL), statements=(STATED, replace(part, value=Decimal(513), bound="exact"), zero))
    chinese, english = show(report), show(report, "en")
    assert "主动公开政府信息数" in chinese
    assert "不少于 749条" in chinese
    assert "全区域；微信公众号 513条" in chinese
    assert "以文字陈述" in chinese
    assert "at least 749条" in english
    assert "of the whole region; WeChat account 513条" in english


def test_figures_of_other_times_are_counted_and_not_shown() -> None:
    report = replace(make_report(TOTAL), statements=(STATED, replace(STATED, statement_no=2, period="cumulative")))
    text = show(report)
    assert text.count("749条") == 1
    assert "另有 1 个其他时期的数字" in text


def test_part_whose_whole_is_of_another_time_has_its_own_line() -> None:
    whole = replace(STATED, period="cumulative")
    part = replace(STATED, statement_no=2, whole_statement_no=1, metric_id="applications_received_new", unit="件")
    text = show(replace(make_report(TOTAL), statements=(whole, part)))
    assert "新收申请数" in text


def test_findings_of_one_rule_stand_together_and_equal_ones_are_told_once() -> None:
    sample = SAMPLES / "平潭综合实验区_2019_fused_text.txt"
    [report] = read_reports(sample.read_bytes())
    runs = [finding.message_zh for finding in report.findings if finding.rule_id == "R23"]
    zeros = "连写的“0000000”按勾稽关系拆为 0 0 0 0 0 0 0"
    text = show(report)
    assert runs.count(zeros) > 1
    assert text.count("R23") == 1
    assert text.count(zeros) == 1
    assert f"{zeros}（相同的共 {runs.count(zeros)} 处）" in text
    assert text.count("网页转文字时丢失了单元格边界；拆分结果需核对原文") == 1
    assert all(message in text for message in set(runs))
