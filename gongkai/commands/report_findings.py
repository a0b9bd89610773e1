"""What was found in a report, for a person: the doubt or contradiction, what is printed in its cells, what it means."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from gongkai.commands.console import clean_text
from gongkai.commands.labels import name_cell
from gongkai.commands.paragraphs import Line, Paragraph
from gongkai.messages import Language, say
from parsers.form import load_form
from parsers.report import EditionId, Finding, Severity, TableId, Verdict

CELLS_TOLD = 12
CELL_INDENT = 2
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "notice": "cyan"}
VERDICT_STYLES: dict[Verdict, str] = {
    "source_error": "red",
    "parse_suspect": "yellow",
    "unusual": "cyan",
}


def render_findings(
    findings: tuple[Finding, ...],
    printed: Mapping[str, str | None],
    editions: Mapping[TableId, EditionId],
    language: Language,
) -> Grid:
    """One row a rule and verdict: what was found with the printed cells, whose fault it is, what usually lies behind.

    What an agency printed wrong comes first, then what may have been misread, then what is only unusual. What is found
    again in the same words is told once, with its number.

    `printed` is what the cells print, by id; a cell that is not there, or null, is not printed.
    """
    grid = Grid(box=box.SIMPLE, show_header=False, padding=(0, 1), title_justify="left")
    grid.title = Text(say("parse.findings", language, count=len(findings)), "bold")
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for (_, verdict, rule_id), group in groupby(sorted(findings, key=_rank_finding), key=_name_group):
        found = list(group)
        rule = load_form().find_rule(rule_id)
        told = Counter(tuple(_tell_finding(finding, printed, editions, language)) for finding in found)
        lines = [line for lines, count in told.items() for line in _count_again(lines, count, language)]
        if verdict is not None:
            lines.append(Line(0, say(f"verdict.{verdict}", language), VERDICT_STYLES[verdict]))
        meaning = rule.usually_means if language == "zh" else rule.usually_means_en
        lines.append(Line(0, say("parse.usually_means", language, meaning=meaning), "dim"))
        grid.add_row(Text(rule_id, SEVERITY_STYLES[found[0].severity]), Paragraph(tuple(lines)))
    return grid


def _name_group(finding: Finding) -> tuple[Severity, Verdict | None, str]:
    return finding.severity, finding.verdict, finding.rule_id


def _tell_finding(
    finding: Finding,
    printed: Mapping[str, str | None],
    editions: Mapping[TableId, EditionId],
    language: Language,
) -> Iterator[Line]:
    message = finding.message_zh if language == "zh" else finding.message_en
    yield Line(0, clean_text(message), "bold")
    for line in list_printed(finding.cells, printed, editions, language):
        yield Line(CELL_INDENT, line)


def _count_again(lines: tuple[Line, ...], count: int, language: Language) -> tuple[Line, ...]:
    if count == 1:
        return lines
    first, *others = lines
    return (replace(first, text=first.text + say("parse.found_again", language, count=count)), *others)


def _rank_finding(finding: Finding) -> tuple[int, int, int, int]:
    """Its place in the list: by verdict, by severity, then rule by rule as found; without a verdict last."""
    verdicts, severities = list(VERDICT_STYLES), list(SEVERITY_STYLES)
    rank = len(verdicts) if finding.verdict is None else verdicts.index(finding.verdict)
    return rank, severities.index(finding.severity), int(finding.rule_id[1:]), finding.finding_no


def list_printed(
    cell_ids: Sequence[str],
    printed: Mapping[str, str | None],
    editions: Mapping[TableId, EditionId],
    language: Language,
) -> Iterator[str]:
    """A line for each of the first cells that print something but 0; then how many more do, and what the others are."""
    others = dict.fromkeys(("zero", "blank", "absent"), 0)
    told = 0
    for cell_id in cell_ids:
        text = (printed.get(cell_id) or "").strip()
        if text not in ("", "0"):
            told += 1
            if told <= CELLS_TOLD:
                name = name_cell(cell_id, editions, language)
                yield say("parse.printed_cell", language, cell=name, printed=clean_text(text))
        elif text == "0":
            others["zero"] += 1
        else:
            others["absent" if printed.get(cell_id) is None else "blank"] += 1
    if told > CELLS_TOLD:
        yield say("parse.more_cells", language, count=told - CELLS_TOLD)
    counts = [say(f"parse.cells_{kind}", language, count=count) for kind, count in others.items() if count]
    if counts:
        listed = ("、" if language == "zh" else ", ").join(counts)
        yield (
            say("parse.other_cells", language, counts=listed)
            if told
            else say("parse.all_cells", language, counts=listed)
        )
