"""Tells whether words can be the name of a body: an agency, an office, a place that reports."""

import re
from functools import cache

from parsers.identity.lookups import load_title_words

_LONGEST_NAME = 45
_NAME = re.compile(r"[\u3400-\u9fff\u3007·、()A-Za-z\"“”〇-]{2,45}")
_TRAILING_BRACKETS = re.compile(r"(?:\([^()]*\))+$")


@cache
def _compile_endings() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load_title_words().agency_endings)})$")


def may_be_agency(name: str) -> bool:
    """Whether a folded text is no sentence, no navigation and no pronoun (我局, 本机关), so that it may name a body."""
    words = load_title_words().not_agencies
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        return False
    if name.count("(") != name.count(")") or not _TRAILING_BRACKETS.sub("", name):
        return False
    if re.fullmatch(words.whole, name) or re.match(words.starts, name):
        return False
    return not any(re.search(word, _TRAILING_BRACKETS.sub("", name)) for word in words.words)


def is_agency_like(name: str) -> bool:
    """Whether a folded text may name a body and also ends as such names do (局, 镇, 办公室, 人民政府 …)."""
    return may_be_agency(name) and _compile_endings().search(_TRAILING_BRACKETS.sub("", name)) is not None
