"""The word lists of identity (`titles.yml`, `lookups.yml`) as frozen records that refuse an unknown key."""

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

TitleKind = Literal[
    "report",
    "interpretation",
    "comparison",
    "part_of_year",
    "notice",
    "blank_form",
    "explanation",
    "letter",
    "self_check",
    "assessment",
    "summary",
    "plan",
]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OtherKind(_Record):
    """How the title of another document than a report is told: patterns before, behind and instead of its words."""

    kind: TitleKind
    before: str
    after: str
    anywhere: str


class NotAgencies(_Record):
    """Words, whole names and beginnings that are never the name of a body."""

    words: tuple[str, ...]
    whole: str
    starts: str


class TitleWords(_Record):
    """The content of `titles.yml`."""

    subject: str
    joined_by: str
    fill: str
    report: str
    prefixes: tuple[str, ...]
    text_starters: str
    furniture_starters: str
    separators: str
    agency_endings: tuple[str, ...]
    not_agencies: NotAgencies
    other_kinds: tuple[OtherKind, ...]


class TitleNames(_Record):
    """Metadata names that hold a title, by where the page prints it."""

    article: tuple[str, ...]
    listed: tuple[str, ...]
    page: tuple[str, ...]


class PublishedNames(_Record):
    """Metadata names of the publication date, in order, further names in lines, and the label patterns in the text."""

    metadata: tuple[str, ...]
    lines: tuple[str, ...]
    text: str
    text_below: str


class NoticeNames(_Record):
    """Issuers whose numbers are notices on the form, and single numbers of other issuers."""

    issuers: tuple[str, ...]
    numbers: tuple[str, ...]


class Lookups(_Record):
    """The content of `lookups.yml`."""

    titles: TitleNames
    published: PublishedNames
    page_carriers: tuple[str, ...]
    addresses: tuple[str, ...]
    site_id_code: tuple[str, ...]
    notices: NoticeNames


@cache
def load_title_words() -> TitleWords:
    """The words of titles; raises if the file has an unknown or missing key."""
    return TitleWords.model_validate(_read_yaml("titles.yml"))


@cache
def load_lookups() -> Lookups:
    """The names of metadata; raises if the file has an unknown or missing key."""
    return Lookups.model_validate(_read_yaml("lookups.yml"))


def _read_yaml(name: str) -> object:
    return yaml.safe_load(resources.files("parsers.identity").joinpath(name).read_text(encoding="utf-8"))
