"""Metrics and parts: one list here, one beside the labelled sentences, and every word leads to a listed id."""

import csv
import os
from pathlib import Path

import pytest

from parsers.form.seeds import SEEDS_FOLDER
from parsers.metrics import name_metric, name_part
from parsers.prose.catalogue import Catalogue, load_catalogue
from parsers.prose.frames import load_grammar
from parsers.prose.lexicon import load_lexicon
from parsers.prose.seeds import build_seeds
from tests.parsers.prose.test_statements import read_text


def read_list(config: pytest.Config, name: str) -> list[dict[str, str]]:
    """One of the closed lists that sentences are labelled with; skipped where they are not there."""
    path = config.rootpath / Path(os.environ.get("GONGKAI_FORM", "../shared/form")) / name
    if not path.is_file():
        assert os.environ.get("GONGKAI_REQUIRE_REPORTS") != "1", f"no `{path}`; hint: set GONGKAI_FORM"
        pytest.skip(f"no `{path}`; hint: set GONGKAI_FORM")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_metrics_are_those_sentences_are_labelled_with(pytestconfig: pytest.Config) -> None:
    listed = {
        row["metric_id"]: (row["name_zh"], row["name_en"], row["unit"], row["kind"], row["breakdowns"], row["meaning"])
        for row in read_list(pytestconfig, "metrics.tsv")
    }
    ours = {
        m.id: (m.zh, m.en, m.unit, m.kind, ",".join(m.breakdowns) or "none", m.meaning)
        for m in load_catalogue().metrics
    }
    assert ours == listed


def test_parts_are_those_sentences_are_labelled_with(pytestconfig: pytest.Config) -> None:
    rows = [row for row in read_list(pytestconfig, "breakdowns.tsv") if row["breakdown"] != "body"]
    ours = {(kind, part.id) for kind, parts in load_catalogue().breakdowns.items() for part in parts}
    assert ours == {(row["breakdown"], row["breakdown_id"]) for row in rows}


def test_every_metric_can_be_stated() -> None:
    stated = {frame.metric for frame in load_grammar().frames}
    assert stated == {metric.id for metric in load_catalogue().metrics}


def test_every_noun_and_verb_of_a_frame_has_words() -> None:
    meanings = load_lexicon().words.values()
    nouns, verbs = {m.noun for m in meanings}, {verb for m in meanings for verb in m.verbs}
    for frame in load_grammar().frames:
        assert set(frame.noun) - {"none"} <= nouns | {"post", "policy", "hotline_case"}, frame
        assert set(frame.verb) - {"none"} <= verbs, frame


def test_contradictory_lists_are_refused() -> None:
    catalogue = load_catalogue()
    twice = (*catalogue.metrics, catalogue.metrics[0])
    with pytest.raises(ValueError, match="given twice"):
        Catalogue.model_validate({**catalogue.model_dump(), "metrics": twice})


def test_names_are_those_of_the_lists() -> None:
    whole, part = read_text("公开信息3条，其中微信2条")
    assert name_metric(whole.metric_id) == (
        "主动公开政府信息数",
        "items of government information disclosed proactively",
    )
    assert name_part(whole) is None
    assert name_part(part) == ("微信公众号", "WeChat account")


def test_seeds_are_those_of_the_lists() -> None:
    for name, text in build_seeds().items():
        written = (SEEDS_FOLDER / name).read_text(encoding="utf-8")
        assert written == text, f"{name}; hint: run `python -m parsers.prose.seeds`"
