"""Lines of a text as a person counts them, without what converters put in, and what a line can be."""

import re
from dataclasses import dataclass

from parsers.carriers.page_words import squeeze_text

_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BOOKMARK = re.compile(r"\[bookmark:[^\]\[]{0,200}\]")
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*]{1,500}?)(?<=\S)\*\*")
# Converters put blanks of a cell inside its marks.
_BOLD_FIGURE = re.compile(r"\*\*(\s*[\d/.,—–-]{1,40}\s*)\*\*")
# Page marks and rules stand alone on a line: —#—, — 4 —, -3-, 第 3 页, ---------. A lone dash is a cell's value.
_PAGE_MARK = re.compile(r"[—–―－-]+(#|\d{1,3})[—–―－-]+|第\d{1,3}页([,/]?共\d{1,3}页)?")
_RULE = re.compile(r"[-=_—─━\s]{5,}")
_FIGURE = re.compile(r"[+\-−–—/]?[\d,.]*(万元|元)?|[-−–—―─]{1,2}|//|\\")
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,2}[、.,:](?!.*数量$).*(情况|问题|措施|事项|概述|概况)(统计表)?[:。]?")
_BARE_CHAPTER = re.compile(r"(总体情况|存在的?主要问题.*|其他需要报告的事项|主动公开政府信息情况|.*行政诉讼情况)")
_LONGEST_CHAPTER = 45
_LONGEST_CELL = 80
_LONGEST_SENTENCE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the decoded text with its number, from one; its text has no bookmarks, bold marks, control codes."""

    number: int
    text: str

    @property
    def printed(self) -> str:
        return self.text.strip()

    @property
    def is_blank(self) -> bool:
        """Nothing at all: a line with a tab is a blank cell, not a blank line."""
        return "\t" not in self.text and not self.printed

    @property
    def locator(self) -> str:
        return f"line {self.number}"


def split_lines(text: str) -> list[Line]:
    """All lines but page marks, rules and lines that held nothing but a converter's mark."""
    lines: list[Line] = []
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        cleaned = _BOLD_FIGURE.sub(r"\1", _BOLD.sub(r"\1", _BOOKMARK.sub("", _CONTROL.sub("", raw))))
        line = Line(number, cleaned)
        is_mark = line.is_blank and "[bookmark:" in raw
        if not is_mark and not is_page_mark(cleaned) and not is_rule(cleaned):
            lines.append(line)
    return lines


def is_page_mark(text: str) -> bool:
    """Whether a line is a page number and nothing else. In a cell of its own (after a tab) it is kept as printed."""
    return "\t" not in text and _PAGE_MARK.fullmatch(squeeze_text(text)) is not None


def is_rule(text: str) -> bool:
    """Whether a line only draws a rule: five strokes at least, tabs between them where it ran under a table's head."""
    return _RULE.fullmatch(text) is not None and sum(not character.isspace() for character in text) >= 5


def is_figure(text: str) -> bool:
    """Whether a text is a bare figure or its stand-in (`/`, `-`, `——`); blank is neither."""
    squeezed = squeeze_text(text)
    return bool(squeezed) and _FIGURE.fullmatch(squeezed) is not None


def is_chapter_heading(text: str) -> bool:
    """Whether a line heads a chapter. Row labels are numbered 一、 too, but name a 数量 or what is handled."""
    if len(text) > _LONGEST_CHAPTER:
        return False
    squeezed = squeeze_text(text)
    return _CHAPTER.fullmatch(squeezed) is not None or _BARE_CHAPTER.fullmatch(squeezed) is not None


def is_prose(text: str) -> bool:
    """Whether a text is too long for a cell, or a sentence."""
    return len(text) > _LONGEST_CELL or (len(text) > _LONGEST_SENTENCE and "。" in text)
