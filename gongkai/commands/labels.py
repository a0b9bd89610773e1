"""Names a person reads for what the records hold as ids: cells, editions, reasons."""

from collections.abc import Mapping
from itertools import pairwise

from gongkai.messages import Language
from parsers.carriers.reasons import get_reason
from parsers.form import Line, Table, load_form
from parsers.form.model import Group, Labelled
from parsers.report import EditionId, Report, TableId

# The editions this build can lay out; a table of another edition is shown by its ids.
KNOWN_EDITIONS = frozenset(edition.id for edition in load_form().editions)


def list_editions(report: Report) -> Mapping[TableId, EditionId]:
    """The edition of each table the report has."""
    editions: dict[TableId, EditionId | None] = {
        "t2": report.edition_t2,
        "t3": report.edition_t3,
        "t4": report.edition_t4,
    }
    return {table_id: edition for table_id, edition in editions.items() if edition is not None}


def name_edition(edition_id: str, language: Language) -> str:
    """The edition's title; its id where the form's files do not describe it."""
    for edition in load_form().editions:
        if edition.id == edition_id:
            return edition.title if language == "zh" else edition.title_en
    return edition_id


def name_cell(cell_id: str, editions: Mapping[TableId, EditionId], language: Language) -> str:
    """Line and column as the form labels them, groups included; the id itself for a cell the form does not have."""
    table_name, line_id, column_id = cell_id.split(".")
    for table_id, edition in editions.items():
        if table_id != table_name or edition not in KNOWN_EDITIONS:
            continue
        table = load_form().find_table(edition, table_id)
        for line in table.lines:
            for column in line.columns:
                if (line.id, column.id) == (line_id, column_id):
                    named: list[Labelled] = [*find_groups(table, line)[1:], line, column]
                    names = [name.label if language == "zh" else name.label_en for name in named]
                    return " / ".join(
                        name for name, next_name in pairwise([*names, ""]) if not is_begun(next_name, name)
                    )
    return cell_id


def is_begun(label: str, group: str) -> bool:
    """Whether a line's label says its group's name itself, as the English ones do: `denied: state secret`."""
    return label.startswith(f"{group}: ")


def find_status_reason(reason_id: str, language: Language) -> tuple[str, str]:
    """What the code of a status reason means, and what to do about it."""
    reason = get_reason(reason_id)
    return (reason.zh, reason.hint_zh) if language == "zh" else (reason.en, reason.hint_en)


def find_groups(table: Table, line: Line) -> list[Group]:
    """The merged cells a line stands in, from the outside in."""
    by_id = {group.id: group for group in table.groups}
    found: list[Group] = []
    group_id = line.group
    while group_id is not None:
        found.insert(0, by_id[group_id])
        group_id = by_id[group_id].parent
    return found
