"""The national form as frozen records, read from the YAML files beside this module.

An inconsistent file is refused when it is loaded: an id given twice, a group or an edition that does not exist,
a relation that names an unknown line.
"""

from functools import cache
from importlib.resources import files
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from parsers.report import EditionId, Severity, TableId

ValueType = Literal["count", "signed_count", "amount"]
RuleKind = Literal["relation", "reading", "identity", "prose", "plausibility", "series", "bodies"]
# What a failure of a rule is called: `judged` by how its cells were read, the others always that.
RuleVerdict = Literal["judged", "parse_suspect", "unusual"]
# Rules that need more than one report; they are checked in the warehouse.
WAREHOUSE_KINDS: frozenset[RuleKind] = frozenset({"series", "bodies"})


# What a table is called in messages, in Chinese and English.
TABLE_NAMES: dict[str, tuple[str, str]] = {
    "t2": ("表二", "table 2"),
    "t3": ("表三", "table 3"),
    "t4": ("表四", "table 4"),
}


class FormRecord(BaseModel):
    """A record of the form: frozen, and refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Labelled(FormRecord):
    """Something the form prints: its id, its exact label, and other spellings seen in published reports."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    label: str = Field(min_length=1)
    label_en: str = Field(min_length=1)
    also_printed: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.also_printed)


class Column(Labelled):
    """A column of figures. `printed_unit` is the unit its header prints, `unit` what the form counts in."""

    type: ValueType = "count"
    unit: str | None = "件"
    printed_unit: str | None = None
    is_total: bool = False


class Group(Labelled):
    """A merged cell that stands before several lines and has no figures of its own."""

    parent: str | None = None


class Line(Labelled):
    """A line of figures with its columns. In table 4 a line is a block of columns of the one printed row."""

    code: str
    columns: tuple[Column, ...]
    key: str | None = None
    group: str | None = None
    article: str | None = None
    is_total: bool = False


class Section(FormRecord):
    """Lines that stand under one header row: a clause of article 20 in table 2, all of table 3, table 4."""

    clause: str | None
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


class Table(FormRecord):
    """One table of one edition. `corner` and `header` are labels without figures, in printed order."""

    id: TableId
    edition: EditionId
    title: str
    title_en: str
    corner: str | None
    header: tuple[str, ...]
    groups: tuple[Group, ...]
    sections: tuple[Section, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    def find_line(self, line_id: str) -> Line:
        return next(line for line in self.lines if line.id == line_id)

    @model_validator(mode="after")
    def _refuse_inconsistency(self) -> Self:
        place = f"{self.edition} {self.id}"
        _refuse_doubles(place, [line.id for line in self.lines])
        group_ids = {group.id for group in self.groups}
        for line in self.lines:
            _refuse_doubles(f"{place} {line.id}", [column.id for column in line.columns])
            if line.group is not None and line.group not in group_ids:
                raise ValueError(f"{place} line `{line.id}`: unknown group `{line.group}`")
        for group in self.groups:
            if group.parent is not None and group.parent not in group_ids:
                raise ValueError(f"{place} group `{group.id}`: unknown parent `{group.parent}`")
        return self


class Edition(FormRecord):
    """One edition of the national form, with the report years it was issued for."""

    id: EditionId
    title: str
    title_en: str
    notice: str
    first_report_year: int
    last_report_year: int | None
    tables: tuple[Table, ...]

    def find_table(self, table_id: str) -> Table:
        return next(table for table in self.tables if table.id == table_id)


class Relation(FormRecord):
    """A sum that must hold in every column (over lines) or in every line (over columns) of a table."""

    id: str
    table: TableId
    each: Literal["column", "line"]
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    parts_of_total: bool = False
    left_name: str
    left_name_en: str
    right_name: str
    right_name_en: str

    @model_validator(mode="after")
    def _refuse_inconsistency(self) -> Self:
        if self.parts_of_total == bool(self.left or self.right):
            raise ValueError(f"relation `{self.id}`: give either `parts_of_total` or `left` and `right`")
        return self


class Rule(FormRecord):
    """One row of the catalogue of rules."""

    id: str = Field(pattern=r"^R\d+$")
    kind: RuleKind
    title: str
    title_en: str
    formula: str
    editions: tuple[EditionId, ...] = Field(min_length=1)
    severity: Severity
    verdict: RuleVerdict
    basis: str
    basis_en: str
    usually_means: str
    usually_means_en: str


class Form(FormRecord):
    """All editions, relations and rules."""

    editions: tuple[Edition, ...]
    relations: tuple[Relation, ...]
    rules: tuple[Rule, ...]

    def find_table(self, edition_id: str, table_id: str) -> Table:
        return next(edition for edition in self.editions if edition.id == edition_id).find_table(table_id)

    def find_rule(self, rule_id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == rule_id)

    @model_validator(mode="after")
    def _refuse_inconsistency(self) -> Self:
        _refuse_doubles("editions", [edition.id for edition in self.editions])
        _refuse_doubles("rules", [rule.id for rule in self.rules])
        rule_ids = {rule.id for rule in self.rules}
        for relation in self.relations:
            if relation.id not in rule_ids:
                raise ValueError(f"relation `{relation.id}`: no such rule in the catalogue")
            for edition in self.editions:
                table = edition.find_table(relation.table)
                known = {line.id for line in table.lines} | {c.id for line in table.lines for c in line.columns}
                for name in (*relation.left, *relation.right):
                    if name not in known:
                        raise ValueError(f"relation `{relation.id}`: `{name}` is not in {edition.id} {table.id}")
        return self


def _refuse_doubles(place: str, ids: list[str]) -> None:
    doubles = sorted({name for name in ids if ids.count(name) > 1})
    if doubles:
        raise ValueError(f"{place}: given twice: {', '.join(doubles)}")


def _read_yaml(name: str) -> dict:
    return yaml.safe_load(files("parsers.form").joinpath(name).read_text(encoding="utf-8"))


def _build_table_2(edition: EditionId, source: dict) -> Table:
    sections = []
    for section_no, section in enumerate(source["sections"], start=1):
        columns = tuple(Column.model_validate(column) for column in section["columns"])
        lines = tuple(
            Line(code=f"{section_no}.{line_no}", columns=columns, article=section["article"], **line)
            for line_no, line in enumerate(section["lines"], start=1)
        )
        sections.append(Section(clause=section["clause"], columns=columns, lines=lines))
    return Table(
        id="t2",
        edition=edition,
        title=source["title"],
        title_en=source["title_en"],
        corner=source["corner"],
        header=(),
        groups=(),
        sections=tuple(sections),
    )


def _build_table_3(edition: EditionId, source: dict) -> Table:
    columns = tuple(Column.model_validate({"unit": source["unit"], **column}) for column in source["columns"])
    lines = tuple(
        Line(columns=columns, **{name: value for name, value in line.items() if name != "editions"})
        for line in source["lines"]
        if edition in line["editions"]
    )
    used = {line.group for line in lines}
    return Table(
        id="t3",
        edition=edition,
        title=source["title"],
        title_en=source["title_en"],
        corner=source["corner"],
        header=tuple(source["header"]),
        groups=tuple(Group.model_validate(group) for group in source["groups"] if group["id"] in used),
        sections=(Section(clause=None, columns=columns, lines=lines),),
    )


def _build_table_4(edition: EditionId, source: dict) -> Table:
    columns = tuple(Column.model_validate({"unit": source["unit"], **column}) for column in source["columns"])
    lines = tuple(
        Line(code=str(block_no), columns=columns, **block) for block_no, block in enumerate(source["blocks"], start=1)
    )
    return Table(
        id="t4",
        edition=edition,
        title=source["title"],
        title_en=source["title_en"],
        corner=None,
        header=tuple(source["header"]),
        groups=(),
        sections=(Section(clause=None, columns=columns, lines=lines),),
    )


@cache
def load_form() -> Form:
    """Read and check all YAML files of the form. Raises `ValueError` naming file content that does not fit."""
    table_3, table_4 = _read_yaml("table_3.yml"), _read_yaml("table_4.yml")
    editions = []
    for source in _read_yaml("editions.yml")["editions"]:
        table_2 = _read_yaml(source.pop("table_2"))
        edition_id = source["id"]
        tables = (
            _build_table_2(edition_id, table_2),
            _build_table_3(edition_id, table_3),
            _build_table_4(edition_id, table_4),
        )
        editions.append(Edition(tables=tables, **source))
    return Form(
        editions=tuple(editions),
        relations=tuple(_read_yaml("relations.yml")["relations"]),
        rules=tuple(_read_yaml("rules.yml")["rules"]),
    )
