"""The words by which links and pages are judged, from `words.yml` beside this module."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

WordId = Literal[
    "report",
    "report_in_column",
    "other_reports",
    "about_reports",
    "column",
    "year",
    "bodies",
    "next_page",
    "later_page",
    "captcha",
    "refusal",
    "missing",
]
YEAR_IN_TEXT = re.compile(r"(20\d{2})\s*年")
# Year folders: `zfxxgknb2021/`, `zfxxgknb/2023/`, `bmnb2025`, `2024n/`, and years asked for in a query.
YEAR_IN_ADDRESS = re.compile(
    r"(?:nb|ndbg|bg)/?(20\d{2})(?=n?/|n?$)|/(20\d{2})n(?=/)|/year/\d+/(20\d{2})|fbtime=(20\d{2})"
)


@cache
def load_words() -> dict[str, re.Pattern[str]]:
    """Every pattern by its id; case is ignored."""
    written = yaml.safe_load(files("crawler").joinpath("words.yml").read_text(encoding="utf-8"))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in written.items()}


def says(word: WordId, text: str) -> bool:
    """Whether a text holds one of the words."""
    return load_words()[word].search(text) is not None


def find_year(text: str, address: str) -> int | None:
    """The report year that a link's text or a year folder in its address names; null when neither does."""
    named = load_words()["year"].match(text) or YEAR_IN_TEXT.search(text)
    if named is not None:
        return int(named.group(1))
    folder = YEAR_IN_ADDRESS.search(address)
    if folder is None:
        return None
    return next(int(group) for group in folder.groups() if group is not None)
