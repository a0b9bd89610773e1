"""Texts in both languages, from `texts.yml` beside this module."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml


@cache
def load_texts() -> Mapping[str, Mapping[str, str]]:
    """Text id to language to text."""
    return yaml.safe_load(files("orchestration").joinpath("texts.yml").read_text(encoding="utf-8"))


def describe(text_id: str) -> str:
    """A description for Dagster: Chinese, then English in its own paragraph. Raises `KeyError` for an unknown id."""
    text = load_texts()[text_id]
    return f"{text['zh']}\n\n{text['en']}"
