"""What was found in a report, for a person: the doubt or contradiction, what is printed in its cells, what it means."""

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from gongkai.commands.console import clean_text
from gongkai.commands.labels import name_cell
from gongkai.messages import Language, say
from parsers.form import load_form
from parsers.report import EditionId, Finding, TableId, Verdict

CELLS_TOLD = 12
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "notice": "cyan"}
VERDICT_STYLES: dict[Verdict, str] = {
    "source_error": "not bold red",
    "parse_suspect": "not bold yellow",
    "unusual": "not bold cyan",
}


def render_findings(
    findings: tuple[Finding, ...],
    printed: Mapping[str, str | None],
    editions: Mapping[TableId, EditionId],
    language: Language,
) -> Grid:
    """One row a finding: its rule, then the message, the printed cells, whose fault it is and what usually lies behind.

    What an agency printed wrong comes first, then what may have been misread, then what is only unusual.

    `printed` is what the cells print, by id; a cell that is not there, or null, is not printed.
    """
    grid = Grid(box=box.SIMPLE, show_header=False, padding=(0, 1), title_justify="left")
    grid.title = Text(say("parse.findings", language, count=len(findings)), "bold")
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for finding in sorted(findings, key=_rank_finding):
        rule = load_form().find_rule(finding.rule_id)
        message = finding.message_zh if language == "zh" else finding.message_en
        text = Text(clean_text(message), "bold")
        for line in list_printed(finding.cells, printed, editions, language):
            text.append(f"\n{line}", "not bold")
        if finding.verdict is not None:
            text.append("\n" + say(f"verdict.{finding.verdict}", language), VERDICT_STYLES[finding.verdict])
        meaning = rule.usually_means if language == "zh" else rule.usually_means_en
        text.append("\n" + say("parse.usually_means", language, meaning=meaning), "not bold dim")
        grid.add_row(Text(finding.rule_id, SEVERITY_STYLES[finding.severity]), text)
    return grid


def _rank_finding(finding: Finding) -> tuple[int, int, int]:
    """Its place in the list: by verdict, by severity, then as found; without a verdict last."""
    verdicts, severities = list(VERDICT_STYLES), list(SEVERITY_STYLES)
    rank = len(verdicts) if finding.verdict is None else verdicts.index(finding.verdict)
    return rank, severities.index(finding.severity), finding.finding_no


def list_printed(
    cell_ids: Sequence[str],
    printed: Mapping[str, str | None],
    editions: Mapping[TableId, EditionId],
    language: Language,
) -> Iterator[str]:
    """A line for each of the first cells that print something but 0; then how many more do, and how many print less."""
    counts = {"zero": 0, "blank": 0, "absent": 0}
    told = 0
    for cell_id in cell_ids:
        text = (printed.get(cell_id) or "").strip()
        if text not in ("", "0"):
            told += 1
            if told <= CELLS_TOLD:
                name = name_cell(cell_id, editions, language)
                yield say("parse.printed_cell", language, cell=name, printed=clean_text(text))
        elif text == "0":
            counts["zero"] += 1
        else:
            counts["absent" if printed.get(cell_id) is None else "blank"] += 1
    if told > CELLS_TOLD:
        yield say("parse.more_cells", language, count=told - CELLS_TOLD)
    if any(counts.values()):
        yield say("parse.silent_cells", language, **counts)
