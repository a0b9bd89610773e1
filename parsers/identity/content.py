"""Computes the id of a report's content, by which copies and revisions are known; bytes and carriers do not matter."""

import hashlib
import re
from collections.abc import Iterable

from parsers.identity.head import TitleFound
from parsers.identity.lookups import load_title_words
from parsers.page import Grid, Page
from parsers.prose.text import fold_text
from parsers.report import Chapter, ReportCell

# Chapters whose content is their table; of their text only sentences count, since torn table text differs by carrier.
_TABLE_CHAPTERS = (2, 3, 4)
# Stamps of pages and prints: page numbers, print and share buttons, counters, dates of making or fetching.
_STAMPS = re.compile(
    r"[-—–_]*第?(?:\d{1,3}|#)页?(?:[/共]\d{1,3}页?)?[-—–_]*"
    r"|(?:页面生成|打印|采集|抓取|更新|发布|公开)(?:时间|日期).{0,30}"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)?.{0,20}"
    r"|来源:.{0,40}|责任编辑.{0,20}|字[体号]:.{0,20}|扫一扫.{0,30}"
    r"|(?:\[|【)?(?:打印|关闭|返回|分享|收藏)(?:本页|窗口|顶部|到.{0,20})?(?:\]|】)?"
    r"|(?:全真版|文字版|文件下载|附件下载|相关附件|微信|微博|QQ空间)+"
)


def compute_content_id(
    page: Page, title: TitleFound | None, chapters: tuple[Chapter, ...], cells: Iterable[ReportCell]
) -> str:
    """sha256 (hex) of body, year, running text and printed cells, all folded: NFKC, without white space.

    It sees the name and year of the title, the text from the first sentence on, chapter by chapter, and the printed
    text of every cell by its id. It does not see metadata, navigation, page numbers, dates of publication or fetching,
    where lines and pages break, how tables are cut, and headings. Without any cell (a report whose tables were not
    read) it sees all text of the page's grids instead. Cells without a place in the form, and notes in chapters two to
    four that are no sentence, it does not see.
    """
    parts = ["" if title is None else f"{fold_text(title.reading.agency_name or '')}|{title.reading.year}"]
    for chapter in chapters:
        lines = [line for line in map(fold_text, chapter.body_text.split("\n")) if not _STAMPS.fullmatch(line)]
        if chapter.chapter == 0 and len(chapters) > 1:
            lines = _leave_out_furniture(lines)
        if chapter.chapter in _TABLE_CHAPTERS:
            lines = [line for line in lines if "。" in line]
        parts.append(f"{chapter.chapter}|{''.join(lines)}")
    printed = sorted(
        f"{cell.cell_id}={fold_text(cell.printed_text)}" for cell in cells if cell.printed_text is not None
    )
    parts.extend(printed or _list_grid_texts(page))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _leave_out_furniture(lines: list[str]) -> list[str]:
    """The lines from the first sentence on: above it stand the title, the signature, the site's own lines.

    A sentence is known by its stop, or by words that reports begin with (根据, 为, 本报告).
    """
    starters = re.compile(load_title_words().text_starters)
    for place, line in enumerate(lines):
        if "。" in line or starters.match(line):
            return lines[place:]
    return []


def _list_grid_texts(page: Page) -> list[str]:
    grids = (block for block in page.blocks if isinstance(block, Grid))
    return ["".join(fold_text(cell.text) for grid in grids for cell in grid.cells)]
