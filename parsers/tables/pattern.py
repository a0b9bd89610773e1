"""The form as a sequence of labels in printed order: what a table is aligned to."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parsers.form import Line, Section, Table, load_form
from parsers.form.model import Labelled
from parsers.tables.labels import normalise_label

LabelKind = Literal["line", "column", "block", "furniture"]

# What a matched label weighs as evidence: lines and columns of table 2 name the form, 其他 and 总计 name little.
_WEIGHTS = {"line": 1.0, "column": 0.8, "block": 0.6, "furniture": 0.3}
COMMON_LABELS = frozenset({"其他", "总计"})


@dataclass(frozen=True, slots=True)
class FormLabel:
    """One label of a table in printed order; `labels` are its normalised spellings, the form's own first.

    A column carries the number of its section, in table 4 its block as `line_id`.
    """

    kind: LabelKind
    id: str
    text: str
    text_en: str
    labels: tuple[str, ...]
    key: str | None
    weight: float
    section_no: int
    line_id: str | None = None


class LabelSet(tuple[FormLabel, ...]):
    """The labels of one pattern, told apart by identity: there are six of them and they are looked up often."""

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__


@dataclass(frozen=True, slots=True)
class Pattern:
    """A table of one edition and its labels in printed order."""

    table: Table
    labels: LabelSet


def _make_label(kind: LabelKind, source: Labelled, section_no: int, line_id: str | None = None) -> FormLabel:
    labels = tuple(normalise_label(label) for label in source.labels)
    weight = 0.25 if labels[0] in COMMON_LABELS else _WEIGHTS[kind]
    key = normalise_label(source.key) if isinstance(source, Line) and source.key else None
    return FormLabel(kind, source.id, source.label, source.label_en, labels, key, weight, section_no, line_id)


def _make_furniture(text: str, section_no: int) -> FormLabel:
    return FormLabel("furniture", text, text, text, (normalise_label(text),), None, _WEIGHTS["furniture"], section_no)


def _list_columns(section: Section, section_no: int) -> list[FormLabel]:
    return [_make_label("column", column, section_no) for column in section.columns]


def _list_table_2(table: Table) -> list[FormLabel]:
    labels = []
    for section_no, section in enumerate(table.sections):
        furniture = [section.clause, table.corner]
        labels += [_make_furniture(text, section_no) for text in furniture if text]
        labels += _list_columns(section, section_no)
        labels += [_make_label("line", line, section_no) for line in section.lines]
    return labels


def _list_table_3(table: Table) -> list[FormLabel]:
    """Header in three printed rows: 总计 stands in the second, the kinds of organisations in the third."""
    section = table.sections[0]
    applicants, all_organisations = table.header
    columns = _list_columns(section, 0)
    labels = [_make_furniture(text, 0) for text in (table.corner, applicants) if text]
    labels += [columns[0], _make_furniture(all_organisations, 0), columns[-1], *columns[1:-1]]
    groups = {group.id: group for group in table.groups}
    shown: set[str] = set()
    for line in table.lines:
        for group_id in _list_group_path(line, table):
            if group_id not in shown:
                shown.add(group_id)
                labels.append(_make_label("furniture", groups[group_id], 0))
        labels.append(_make_label("line", line, 0))
    return labels


def _list_group_path(line: Line, table: Table) -> list[str]:
    parents = {group.id: group.parent for group in table.groups}
    path, group_id = [], line.group
    while group_id is not None:
        path.insert(0, group_id)
        group_id = parents[group_id]
    return path


def _list_table_4(table: Table) -> list[FormLabel]:
    """Header in three printed rows: the first block's columns stand beside the names of the other two blocks."""
    reconsideration, *litigation = table.lines
    labels = [_make_label("block", reconsideration, 0), _make_furniture(table.header[0], 0)]
    labels += [_make_label("column", column, 0, reconsideration.id) for column in reconsideration.columns]
    labels += [_make_label("block", line, 0) for line in litigation]
    labels += [_make_label("column", column, 0, line.id) for line in litigation for column in line.columns]
    return labels


_LISTS = {"t2": _list_table_2, "t3": _list_table_3, "t4": _list_table_4}


@cache
def load_patterns() -> tuple[Pattern, ...]:
    """The patterns of every table of every edition."""
    return tuple(
        Pattern(table, LabelSet(_LISTS[table.id](table)))
        for edition in load_form().editions
        for table in edition.tables
    )


@cache
def list_fused_marks() -> tuple[str, ...]:
    """Keys of table 3 that running text holds only where a table was poured into it."""
    return tuple(line.key for line in load_form().find_table("format_2021", "t3").lines if line.key)[:8]


# Signs that running text writes in more than one way.
_SIGN_CLASSES = {
    ".": "[.．、]",
    "、": "[、.．,，]",
    "（": "[（(]",
    "）": "[）)]",
    "“": '[“"”]?',
    "”": '[”"“]?',
    "，": "[，,]",
}


@cache
def build_fused_pattern() -> re.Pattern[str]:
    """Finds any label of the form in running text, white space allowed inside, the longest first."""
    texts = {text for pattern in load_patterns() for text in _list_printed_texts(pattern.table)}
    ordered = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile("|".join(r"\s*".join(_SIGN_CLASSES.get(c) or re.escape(c) for c in text) for text in ordered))


def _list_printed_texts(table: Table) -> list[str]:
    sources: list[Labelled] = [*table.groups, *table.lines]
    sources += [column for section in table.sections for column in section.columns]
    texts = [text for source in sources for text in source.labels]
    texts += [text for text in (table.corner, *table.header, *(s.clause for s in table.sections)) if text]
    return [text.replace("\n", "") for text in texts]
