"""Prints reports to pictures of pages, as a scanner gives them, with the damage that paper and scanners do.

The fonts are Debian's: `fonts-noto-cjk` for everything, and where they are there, others for the figures.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.parsers.carriers.form_tables import CHAPTERS, TITLE, FormCell, FormTable

FOLDERS = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path("/System/Library/Fonts"))
SANS = "NotoSansCJK-Regular.ttc"
SERIF = "NotoSerifCJK-Regular.ttc"
INTRO = (
    "本报告按照《中华人民共和国政府信息公开条例》编制，数据统计期限为2023年1月1日至12月31日。",
    "一、总体情况",
    "2023年，本局围绕中心工作推进公开，全年主动公开政府信息128条，受理申请19件，均已按期答复。",
)
OUTRO = ("五、存在的主要问题及改进情况", "公开内容还不够全面，下一步将加强培训。", "六、其他需要报告的事项", "无。")
WIDTHS = {
    "t2": (0.25, 0.25, 0.25, 0.25),
    "t3": (0.06, 0.14, 0.25, *[0.55 / 7] * 7),
    "t4": (*[1 / 15] * 15,),
}
Damage = Callable[[Image.Image, np.random.Generator], Image.Image]


@dataclass(frozen=True, slots=True)
class Style:
    """How pages are printed: dots an inch, sizes in points, line width in dots."""

    dpi: int = 200
    size: float = 10.5
    figure_size: float | None = None
    font: str = SANS
    figure_font: str | None = None
    line_width: int = 2
    padding: float = 3.0
    landscape: bool = False

    def measure(self, points: float) -> int:
        """Points in dots."""
        return round(points * self.dpi / 72)


@cache
def find_font(name: str) -> Path | None:
    """A font file of this name in the system's folders."""
    for folder in FOLDERS:
        for path in folder.rglob(name) if folder.is_dir() else ():
            return path
    return None


def require_fonts() -> None:
    """Skip a test where the font is missing; fail with `GONGKAI_REQUIRE_REPORTS=1`."""
    if find_font(SANS) is not None and find_font(SERIF) is not None:
        return
    message = f"no font `{SANS}`; hint: `apt-get install fonts-noto-cjk`"
    if os.environ.get("GONGKAI_REQUIRE_REPORTS") == "1":
        pytest.fail(message)
    pytest.skip(message)


@cache
def load_font(name: str, dots: int) -> ImageFont.FreeTypeFont:
    path = find_font(name)
    assert path is not None, name
    # The collections of Noto hold Japanese first and simplified Chinese third.
    return ImageFont.truetype(str(path), dots, index=2 if name.endswith(".ttc") and "Noto" in name else 0)


class Printer:
    """Puts titles, paragraphs and tables one below another onto pages."""

    def __init__(self, style: Style) -> None:
        self.style = style
        width, height = (842, 595) if style.landscape else (595, 842)
        self.page_size = style.measure(width), style.measure(height)
        self.margin = style.measure(56)
        self.pages: list[Image.Image] = []
        self.break_page()

    def break_page(self) -> None:
        self.pages.append(Image.new("RGB", self.page_size, "white"))
        self.draw = ImageDraw.Draw(self.pages[-1])
        self.top = self.margin

    def make_room(self, height: int) -> None:
        if self.top + height > self.page_size[1] - self.margin:
            self.break_page()

    def write(self, text: str, size: float | None = None, *, is_centred: bool = False) -> None:
        font = load_font(self.style.font, self.style.measure(size or self.style.size * 1.2))
        width = self.page_size[0] - 2 * self.margin
        indent = 0 if is_centred else 2 * round(font.size)
        for no, line in enumerate(wrap_text(text, font, width, indent)):
            self.make_room(2 * round(font.size))
            left = self.margin + (indent if no == 0 else 0)
            if is_centred:
                left = (self.page_size[0] - round(font.getlength(line))) // 2
            self.draw.text((left, self.top), line, "black", font)
            self.top += round(font.size * 1.8)

    def print_table(self, table: FormTable) -> None:
        """The table with all its lines; rows that do not fit go to the next page, with cells that span them cut."""
        width = self.page_size[0] - 2 * self.margin
        edges = [self.margin]
        for share in WIDTHS[table.table_id]:
            edges.append(edges[-1] + round(share * width))
        heights = self.measure_rows(table, edges)
        start = 0
        while start < table.height:
            end, top = start, self.top
            limit = self.page_size[1] - self.margin
            while end < table.height and top + heights[end] <= limit:
                top += heights[end]
                end += 1
            if end == start:
                self.break_page()
                continue
            self.print_rows(table, edges, heights, start, end)
            if end < table.height:
                self.break_page()
            start = end
        self.top += self.style.measure(12)

    def measure_rows(self, table: FormTable, edges: list[int]) -> list[int]:
        heights = [self.style.measure(18)] * table.height
        for cell in table.cells:
            share = -(-self.measure_cell(cell, edges) // cell.row_span)
            for row in range(cell.row, cell.row + cell.row_span):
                heights[row] = max(heights[row], share)
        return heights

    def get_font(self, cell: FormCell) -> ImageFont.FreeTypeFont:
        style = self.style
        if cell.cell_id is None:
            return load_font(style.font, style.measure(style.size))
        return load_font(style.figure_font or style.font, style.measure(style.figure_size or style.size))

    def wrap_cell(self, cell: FormCell, edges: list[int]) -> list[str]:
        width = edges[cell.column + cell.column_span] - edges[cell.column] - 2 * self.style.measure(self.style.padding)
        return wrap_text(cell.text, self.get_font(cell), width, 0)

    def measure_cell(self, cell: FormCell, edges: list[int]) -> int:
        line = round(self.get_font(cell).size * 1.35)
        return len(self.wrap_cell(cell, edges)) * line + 2 * self.style.measure(self.style.padding)

    def print_rows(self, table: FormTable, edges: list[int], heights: list[int], start: int, end: int) -> None:
        tops = [self.top]
        for height in heights[start:end]:
            tops.append(tops[-1] + height)
        for cell in table.cells:
            first, last = max(cell.row, start), min(cell.row + cell.row_span, end)
            if first >= last:
                continue
            box = (edges[cell.column], tops[first - start], edges[cell.column + cell.column_span], tops[last - start])
            self.draw.rectangle(box, outline="black", width=self.style.line_width)
            if first == cell.row:
                self.print_text(cell, edges, box)
        self.top = tops[-1]

    def print_text(self, cell: FormCell, edges: list[int], box: tuple[int, int, int, int]) -> None:
        font = self.get_font(cell)
        lines = self.wrap_cell(cell, edges)
        step = round(font.size * 1.35)
        top = (box[1] + box[3] - len(lines) * step) // 2
        for line in lines:
            left = (box[0] + box[2] - round(font.getlength(line))) // 2
            self.draw.text((left, top), line, "black", font)
            top += step


def wrap_text(text: str, font: ImageFont.FreeTypeFont, width: int, indent: int) -> list[str]:
    """Lines that fit; the first is indented."""
    lines = [""]
    for character in text:
        room = width - (indent if len(lines) == 1 else 0)
        if lines[-1] and font.getlength(lines[-1] + character) > room:
            lines.append("")
        lines[-1] += character
    return lines


def print_report(tables: list[FormTable], style: Style | None = None, title: str = TITLE) -> list[Image.Image]:
    """The pages of a report: title, chapters, the three tables."""
    printer = Printer(style or Style())
    printer.write(title, 20, is_centred=True)
    for text in INTRO:
        printer.write(text)
    for table in tables:
        printer.write(CHAPTERS[table.table_id])
        printer.print_table(table)
    for text in OUTRO:
        printer.write(text)
    return printer.pages


def skew(degrees: float) -> Damage:
    def apply(page: Image.Image, _: np.random.Generator) -> Image.Image:
        return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")

    return apply


def add_noise(spread: float, specks: float = 0.0005) -> Damage:
    def apply(page: Image.Image, random: np.random.Generator) -> Image.Image:
        dots = np.asarray(page).astype(float) + random.normal(0, spread, (page.height, page.width, 1))
        struck = random.random((page.height, page.width))
        dots[struck < specks] = 0
        dots[struck > 1 - specks] = 255
        return Image.fromarray(dots.clip(0, 255).astype(np.uint8))

    return apply


def lower_contrast(dark: int, light: int) -> Damage:
    """Faint print on grey paper, darker towards one corner, as from a worn drum."""

    def apply(page: Image.Image, _: np.random.Generator) -> Image.Image:
        shade = np.linspace(0, 25, page.height)[:, None, None] + np.linspace(0, 25, page.width)[None, :, None]
        dots = dark + np.asarray(page).astype(float) * (light - dark) / 255 - shade
        return Image.fromarray(dots.clip(0, 255).astype(np.uint8))

    return apply


def compress(quality: int) -> Damage:
    def apply(page: Image.Image, _: np.random.Generator) -> Image.Image:
        buffer = BytesIO()
        page.save(buffer, "JPEG", quality=quality)
        return Image.open(BytesIO(buffer.getvalue())).convert("RGB")

    return apply


def blur(radius: float) -> Damage:
    return lambda page, _: page.filter(ImageFilter.GaussianBlur(radius))


def shrink(share: float) -> Damage:
    return lambda page, _: page.resize(
        (round(page.width * share), round(page.height * share)), Image.Resampling.LANCZOS
    )


def make_fax(level: int = 160) -> Damage:
    """Black and white only."""
    return lambda page, _: page.convert("L").point(lambda dot: 255 if dot > level else 0).convert("RGB")


def stamp(count: int = 1, radius_points: float = 57) -> Damage:
    """Red rings with a star, anywhere on the page, over whatever is printed there."""

    def apply(page: Image.Image, random: np.random.Generator) -> Image.Image:
        radius = round(radius_points * page.width / 595)
        ink = Image.new("RGB", page.size, "white")
        draw = ImageDraw.Draw(ink)
        for _ in range(count):
            x = int(random.integers(radius, page.width - radius))
            y = int(random.integers(radius, page.height - radius))
            box = (x - radius, y - radius, x + radius, y + radius)
            draw.ellipse(box, outline=(214, 32, 40), width=max(3, radius // 16))
            draw.regular_polygon((x, y, radius // 4), 5, fill=(214, 32, 40))
            font = load_font(SANS, radius // 4)
            draw.text((x - radius // 2, y + radius // 3), "某市某局", (214, 32, 40), font)
        return Image.fromarray(np.minimum(np.asarray(page), np.asarray(ink)))

    return apply


def break_lines(count: int = 60, gap_points: float = 3) -> Damage:
    """Short gaps in the lines: white spots where the page is dark, beside what is printed in cells."""

    def apply(page: Image.Image, random: np.random.Generator) -> Image.Image:
        dots = np.asarray(page).copy()
        dark = dots[:, :, 0] < 128
        size = max(2, round(gap_points * page.width / 595))
        rows = np.flatnonzero(dark.sum(1) > page.width // 2)
        columns = np.flatnonzero(dark.sum(0) > page.height // 6)
        for _ in range(count if len(rows) and len(columns) else 0):
            x, y = int(random.integers(page.width - size)), int(random.choice(rows))
            dots[y, x : x + size] = 255
            x, y = int(random.choice(columns)), int(random.integers(page.height - size))
            dots[y : y + size, x] = 255
        return Image.fromarray(dots)

    return apply


def damage_pages(pages: list[Image.Image], damages: tuple[Damage, ...], seed: int) -> list[Image.Image]:
    """Every page with the damages in order."""
    random = np.random.default_rng(seed)
    damaged = []
    for page in pages:
        for apply in damages:
            page = apply(page, random)
        damaged.append(page)
    return damaged


def save_pages(pages: list[Image.Image], file_format: str = "TIFF", dpi: int = 200) -> bytes:
    """One file with all pages; formats with one page take the first."""
    buffer = BytesIO()
    if file_format in ("TIFF", "PDF"):
        options = {"compression": "tiff_lzw"} if file_format == "TIFF" else {"resolution": dpi, "quality": 90}
        pages[0].save(buffer, file_format, save_all=True, append_images=pages[1:], **options)
    else:
        pages[0].save(buffer, file_format)
    return buffer.getvalue()
