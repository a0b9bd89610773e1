"""The form as data: complete, consistent, and the same in the dbt seeds."""

import json
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from parsers.form import Form, load_form
from parsers.form.model import Column, Line, Section, Table
from parsers.form.seeds import SEEDS_FOLDER, build_seeds

CELL_COUNTS = {"format_2021": (10, 175, 15), "format_2019": (22, 161, 15)}


@pytest.mark.parametrize("edition_id", sorted(CELL_COUNTS))
def test_edition_has_every_cell_of_the_form(edition_id: str) -> None:
    edition = next(edition for edition in load_form().editions if edition.id == edition_id)
    counts = tuple(sum(len(line.columns) for line in table.lines) for table in edition.tables)
    assert counts == CELL_COUNTS[edition_id]


def test_table_3_of_2019_has_other_handling_as_one_line() -> None:
    lines_2019 = {line.id for line in load_form().find_table("format_2019", "t3").lines}
    lines_2021 = {line.id for line in load_form().find_table("format_2021", "t3").lines}
    assert lines_2019 - lines_2021 == {"other_total"}
    assert lines_2021 - lines_2019 == {"other_correction_overdue", "other_fee_unpaid", "other_misc"}


def test_keys_of_table_3_find_one_line_only() -> None:
    for edition in load_form().editions:
        lines = edition.find_table("t3").lines
        for line in lines:
            if line.key is not None and line.id != "results_total":
                assert [other.id for other in lines if line.key in other.label] == [line.id]


def test_money_has_a_unit_and_other_columns_count() -> None:
    for edition in load_form().editions:
        for table in edition.tables:
            for line in table.lines:
                for column in line.columns:
                    assert column.type == "amount" or column.unit is not None
    fees = load_form().find_table("format_2021", "t2").find_line("administrative_fees").columns[0]
    assert (fees.unit, fees.printed_unit, fees.type) == ("万元", "万元", "amount")


@pytest.mark.parametrize("name", ["form_lines.csv", "applicant_types.csv", "rules.csv"])
def test_seed_is_written_from_the_form(name: str) -> None:
    assert (SEEDS_FOLDER / name).read_text(encoding="utf-8") == build_seeds()[name], (
        "run `python -m parsers.form.seeds`"
    )


def test_line_given_twice_is_refused() -> None:
    column = Column(id="total", label="总计", label_en="total")
    line = Line(id="received_new", label="一、", label_en="new", code="1", columns=(column,))
    section = Section(clause=None, columns=(column,), lines=(line, line))
    with pytest.raises(ValidationError, match="given twice: received_new"):
        Table(
            id="t3",
            edition="format_2021",
            title="表",
            title_en="table",
            corner=None,
            header=(),
            groups=(),
            sections=(section,),
        )


def test_relation_on_unknown_line_is_refused() -> None:
    form = load_form()
    names = dict.fromkeys(("left_name", "left_name_en", "right_name", "right_name_en"), "sum")
    sides = {"left": ["received_new"], "right": ["no_such_line"]}
    broken = {"id": "R1", "table": "t3", "each": "column", **sides, **names}
    with pytest.raises(ValidationError, match="no_such_line"):
        Form.model_validate({"editions": form.editions, "relations": [broken], "rules": form.rules})


def test_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="mistyped"):
        Column.model_validate({"id": "total", "label": "总计", "label_en": "total", "mistyped": 1})


def test_every_rule_says_what_it_means_in_both_languages() -> None:
    for rule in load_form().rules:
        assert any("\u4e00" <= c <= "\u9fff" for c in rule.title + rule.basis)
        assert (rule.title_en + rule.usually_means_en).isascii()


def test_yaml_files_of_the_form_are_all_used() -> None:
    folder = Path(__file__).parents[3] / "parsers" / "form"
    code = "".join(path.read_text(encoding="utf-8") for path in (folder.parent).rglob("*.py"))
    editions = yaml.safe_load((folder / "editions.yml").read_text(encoding="utf-8"))
    named = json.dumps(editions, ensure_ascii=False) + code
    assert [path.name for path in folder.glob("*.yml") if path.name not in named] == []
