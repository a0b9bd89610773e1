"""Whole reports printed to PDF, with the title, chapters and tables of the form."""

from tests.parsers.carriers.form_tables import CHAPTERS, lay_out_form
from tests.parsers.carriers.pdf_prints import Printer, Style, write_pdf

AGENCY = "某市某局"
TITLE = "2023年政府信息公开工作年度报告"
OPENING = (
    "本报告根据《中华人民共和国政府信息公开条例》和有关文件编制，所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
)
OVERVIEW = (
    "本机关全年主动公开政府信息1136条，依法办理各类申请，全部在法定期限内答复，没有因此发生争议，各项工作平稳有序。"
)


def print_report(style: Style, figures: dict[str, str], edition_id: str = "format_2021") -> Printer:
    """A report with all six chapters; the tables hold the figures given by cell id."""
    printer = Printer(style)
    printer.print_title(AGENCY, TITLE)
    for text in (OPENING, "一、总体情况", OVERVIEW):
        printer.print_paragraph(text)
    for table in lay_out_form(figures, edition_id):
        printer.print_paragraph(CHAPTERS[table.table_id])
        printer.print_table(table)
    for text in ("五、存在的主要问题及改进情况", "公开的主动性有待加强。", "六、其他需要报告的事项", "无。"):
        printer.print_paragraph(text)
    return printer


def make_pdf(style: Style, figures: dict[str, str], edition_id: str = "format_2021") -> bytes:
    """The bytes of such a report."""
    return write_pdf(print_report(style, figures, edition_id))
