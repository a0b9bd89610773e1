"""Where a relation applies: in every column, line or block of a table, with the cells on both sides."""

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.form import TABLE_NAMES, Form, Relation, Table
from parsers.report import EditionId


@dataclass(frozen=True, slots=True)
class Application:
    """One application of a relation: where, and the ids of the cells on both sides."""

    relation: Relation
    table: Table
    subject_id: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cell_ids(self) -> tuple[str, ...]:
        return (*self.left, *self.right)


def list_applications(form: Form, editions: dict[str, EditionId]) -> Iterator[Application]:
    """Every sum of the tables found, relation by relation."""
    for relation in form.relations:
        if relation.table in editions:
            yield from _apply(relation, form.find_table(editions[relation.table], relation.table))


def _apply(relation: Relation, table: Table) -> Iterator[Application]:
    if relation.each == "line":
        for line in table.lines:
            parts = tuple(f"{table.id}.{line.id}.{column.id}" for column in line.columns if not column.is_total)
            total = tuple(f"{table.id}.{line.id}.{column.id}" for column in line.columns if column.is_total)
            yield Application(relation, table, f"{table.id}.{line.id}", parts, total)
        return
    left, right = relation.left, relation.right
    if relation.parts_of_total:
        left = tuple(line.id for line in table.lines if line.group is not None and not line.is_total)
        right = tuple(line.id for line in table.lines if line.is_total)
    for column in table.sections[0].columns:
        yield Application(
            relation,
            table,
            f"{table.id}.{column.id}",
            tuple(f"{table.id}.{line_id}.{column.id}" for line_id in left),
            tuple(f"{table.id}.{line_id}.{column.id}" for line_id in right),
        )


def name_place(application: Application) -> tuple[str, str]:
    """The column, line or block as the form labels it, in Chinese and English."""
    table, last = application.table, application.subject_id.rsplit(".", 1)[1]
    zh, en = TABLE_NAMES[table.id]
    if application.relation.each == "line":
        line = table.find_line(last)
        return f"{zh}“{line.label}”行", f"{en}, row `{line.label_en}`"
    column = next(column for column in table.sections[0].columns if column.id == last)
    return f"{zh}“{column.label}”列", f"{en}, column `{column.label_en}`"
