"""Words by which a page's frame, and what it states about itself, are told from the article; data in page_words.yml."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from parsers.page import MetadataItem

_LONGEST_CONTROLS = 300
_LONGEST_TRAIL = 200
_LONGEST_FOOT = 600
_LONGEST_HEAD_LINE = 300
# Shorter ones, such as 欢迎访问。, stand in frames too.
_SHORTEST_SENTENCE = 15
_CONTROL = re.compile(r"[^\s|｜·/>]+")
_COLON = re.compile("[:：]")
_TITLE = re.compile(r"(19|20)\d\d\s*年.{0,40}(报告|年报)", re.DOTALL)


class FrameClasses(BaseModel):
    """Words in class, id or role, by the part of the frame they nominate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    navigation: frozenset[str]
    head: frozenset[str]
    foot: frozenset[str]
    share: frozenset[str]


class PageWords(BaseModel):
    """The lists of page_words.yml; what each is for stands there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    controls: frozenset[str]
    trail_starts: tuple[str, ...]
    foot_marks: tuple[str, ...]
    foot_names: tuple[str, ...]
    frame_classes: FrameClasses
    title_classes: frozenset[str]
    title_words: tuple[str, ...]
    index_names: frozenset[str]
    line_names: tuple[str, ...]
    head_names: tuple[str, ...]
    report_marks: tuple[str, ...]


@cache
def load_page_words() -> PageWords:
    """The lists, read once. Raises ValueError where the file lacks one or has one too many."""
    text = files("parsers.carriers").joinpath("page_words.yml").read_text(encoding="utf-8")
    return PageWords.model_validate(yaml.safe_load(text))


def squeeze_text(text: str) -> str:
    """The text without any white space, full-width forms made narrow: for comparison only."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


def holds_report_text(text: str) -> bool:
    """Whether a text holds a sentence, a report's title or what only the form prints: then it is never left aside."""
    return holds_sentence(text) or _TITLE.search(text) is not None or holds_form_marks(text)


def holds_sentence(text: str) -> bool:
    """Whether a text holds a sentence of some length, as an article does and a frame does not."""
    return any(len(sentence.strip()) >= _SHORTEST_SENTENCE for sentence in text.split("。")[:-1])


def holds_form_marks(text: str) -> bool:
    """Whether a text holds what only the form prints: as it stands, or without its white space."""
    return _holds_mark(text) or _holds_mark(squeeze_text(text))


def _holds_mark(text: str) -> bool:
    return any(mark in text for mark in load_page_words().report_marks)


def is_controls(text: str) -> bool:
    """Whether a text consists of nothing but the controls of a page: 打印, 微信, 全真版 …"""
    if len(text) > _LONGEST_CONTROLS:
        return False
    controls = load_page_words().controls
    words = _CONTROL.finditer(text)
    first = next(words, None)
    return first is not None and first[0] in controls and all(word[0] in controls for word in words)


def is_trail(text: str) -> bool:
    """Whether a line shows the way to the page: 当前位置：首页 > 政务公开 > …"""
    if len(text) > _LONGEST_TRAIL or holds_sentence(text):
        return False
    return squeeze_text(text).lstrip(":>").startswith(load_page_words().trail_starts)


def is_foot(text: str) -> bool:
    """Whether a text is the foot of a page: it has a registration mark and nothing of a report."""
    if len(text) > _LONGEST_FOOT or holds_sentence(text):
        return False
    squeezed = squeeze_text(text)
    return any(mark in squeezed for mark in load_page_words().foot_marks) and not holds_report_text(text)


def read_foot(text: str, locator: str) -> tuple[MetadataItem, ...]:
    """What the foot of a page states about the site: 主办单位, 网站标识码; the rest of it is left aside."""
    pairs = _compile_names(load_page_words().foot_names).finditer(text)
    found = [(match["name"], re.match(r"\s*(\S*)", text[match.end() :])) for match in pairs]
    return tuple(MetadataItem(squeeze_text(name), value[1], locator) for name, value in found if value and value[1])


def read_head_line(text: str, locator: str, *, is_before_article: bool) -> tuple[MetadataItem, ...]:
    """The items of a line such as 来源：… 时间：…; none where the line holds anything but known names and values."""
    if len(text) > _LONGEST_HEAD_LINE or not _COLON.search(text) or holds_sentence(text):
        return ()
    matches = list(_compile_line_names(is_before_article=is_before_article).finditer(text))
    if not matches or not _is_frame_only(text[: matches[0].start()]):
        return ()
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return tuple(
        MetadataItem(squeeze_text(match["name"]), _strip_controls(text[match.end() : end]), locator)
        for match, end in zip(matches, ends, strict=True)
    )


@cache
def _compile_line_names(*, is_before_article: bool) -> re.Pattern[str]:
    words = load_page_words()
    return _compile_names(words.line_names + words.head_names if is_before_article else words.line_names)


@cache
def _compile_names(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names with its colon, at the start or behind white space or a bracket; blanks inside are allowed."""
    spaced = sorted((r"\s*".join(map(re.escape, name)) for name in names), key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=[\s\[【（(|｜]))(?P<name>{'|'.join(spaced)})\s*[:：]")


def _is_frame_only(text: str) -> bool:
    return not text.strip("[]【】（）()|｜ \xa0\u3000\n") or is_controls(text)


def _strip_controls(value: str) -> str:
    """A value without the brackets and controls that follow it on the same line: 2022-01-14 17:29 微信 微博."""
    words = re.split(r"(\s+)", value.strip().rstrip("[【（(|｜"))
    while words and (not words[-1].strip() or words[-1] in load_page_words().controls):
        words.pop()
    return "".join(words).strip()
