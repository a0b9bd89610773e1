"""What the text of a report states of the year, for a person: a line for each total, its parts behind it."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from gongkai.commands.console import clean_text
from gongkai.messages import Language, say
from parsers.metrics import name_metric, name_part
from parsers.report import Statement


def render_statements(statements: Sequence[Statement], language: Language) -> Grid:
    """One row a figure of the year that is no part of another. Figures of other times are counted, not shown.

    A part without its total in the text has a row of its own.
    """
    of_year = [statement for statement in statements if statement.period == "year"]
    shown = {statement.statement_no for statement in of_year}
    grid = Grid(box=box.SIMPLE, show_header=False, padding=(0, 1), title_justify="left", caption_justify="left")
    grid.title = Text(say("parse.statements", language, count=len(of_year)), "bold")
    grid.add_column()
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    for statement in of_year:
        if statement.whole_statement_no in shown:
            continue
        parts = [part for part in of_year if part.whole_statement_no == statement.statement_no]
        remarks = [*_list_remarks(statement, language), *(_describe_part(statement, part, language) for part in parts)]
        grid.add_row(
            Text(_name(statement, language)),
            Text(_write_value(statement, language)),
            Text(_join(remarks, language), "dim"),
        )
    if len(of_year) < len(statements):
        grid.caption = Text(say("parse.more_statements", language, count=len(statements) - len(of_year)), "dim")
    return grid


def _name(statement: Statement, language: Language) -> str:
    metric, part = name_metric(statement.metric_id), name_part(statement)
    if language == "zh":
        return metric.zh if part is None else f"{metric.zh}（{clean_text(part.zh)}）"
    return metric.en if part is None else f"{metric.en} ({clean_text(part.en)})"


def _describe_part(whole: Statement, part: Statement, language: Language) -> str:
    """The part by its name alone where it is of the same metric as its whole."""
    named = name_part(part)
    if named is None or part.metric_id != whole.metric_id:
        name = _name(part, language)
    else:
        name = clean_text(named.zh if language == "zh" else named.en)
    return f"{name} {_write_value(part, language)}"


def _write_value(statement: Statement, language: Language) -> str:
    figure = f"{statement.value:f}{clean_text(statement.unit)}"
    return say(f"parse.bound.{statement.bound}", language, figure=figure)


def _list_remarks(statement: Statement, language: Language) -> Iterator[str]:
    if statement.subject != "own":
        yield say(f"parse.subject.{statement.subject}", language)
    if statement.stated_in_words:
        yield say("parse.in_words", language)


def _join(remarks: Sequence[str], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(remarks)
