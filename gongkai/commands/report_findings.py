"""What was found in a report, for a person: the doubt or contradiction, what is printed in its cells, what it means."""

from collections.abc import Iterator, Mapping

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from gongkai.commands.console import clean_text
from gongkai.commands.labels import name_cell
from gongkai.messages import Language, say
from parsers.form import load_form
from parsers.report import EditionId, Finding, ReportCell, TableId

SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "notice": "cyan"}


def render_findings(
    findings: tuple[Finding, ...],
    cells: Mapping[str, ReportCell],
    editions: Mapping[TableId, EditionId],
    language: Language,
) -> Grid:
    """One row a finding: its rule, then the message, the printed cells and what usually lies behind it."""
    grid = Grid(box=box.SIMPLE, show_header=False, padding=(0, 1), title_justify="left")
    grid.title = Text(say("parse.findings", language, count=len(findings)), "bold")
    grid.add_column(no_wrap=True)
    grid.add_column()
    for finding in findings:
        rule = load_form().find_rule(finding.rule_id)
        message = finding.message_zh if language == "zh" else finding.message_en
        printed = [(cell_id, _read_printed(cells.get(cell_id))) for cell_id in finding.cells]
        text = Text(clean_text(message), "bold")
        for line in list_printed(printed, editions, language):
            text.append(f"\n{line}", "not bold")
        meaning = rule.usually_means if language == "zh" else rule.usually_means_en
        text.append("\n" + say("parse.usually_means", language, meaning=meaning), "not bold dim")
        grid.add_row(Text(finding.rule_id, SEVERITY_STYLES[finding.severity]), text)
    return grid


def list_printed(
    printed: list[tuple[str, str | None]], editions: Mapping[TableId, EditionId], language: Language
) -> Iterator[str]:
    """A line for each cell that prints something but 0, then how many print 0, are blank, or are not printed."""
    counts = {"zero": 0, "blank": 0, "absent": 0}
    for cell_id, text in printed:
        silence = {None: "absent", "": "blank", "0": "zero"}.get(text)
        if silence is not None:
            counts[silence] += 1
            continue
        name = name_cell(cell_id, editions, language)
        yield say("parse.printed_cell", language, cell=name, printed=clean_text(text or ""))
    if any(counts.values()):
        yield say("parse.silent_cells", language, **counts)


def _read_printed(cell: ReportCell | None) -> str | None:
    return None if cell is None or cell.printed_text is None else cell.printed_text.strip()
