"""Writes reports as scans with PIL: pages drawn, then turned, speckled, faded and squeezed as scanners do."""

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.torture.printing import Draft, PrintedTable, place_cells
from tests.torture.renderers.record import OTHER_TABLE, Renderer, list_lines

_DPI = 200
_PAGE = (1654, 2339)
_MARGIN = 150
_SHARES = {"t2": (0.34, 0.22, 0.22, 0.22), "t3": (0.07, 0.13, 0.26)}
_FOLDERS = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path("/System/Library/Fonts"))
_FONTS = {"sans": "NotoSansCJK-Regular.ttc", "serif": "NotoSerifCJK-Regular.ttc"}
# The collections hold Japanese first and simplified Chinese third.
_SIMPLIFIED = 2


def draw_style(random: Random) -> dict[str, str]:
    """Font, file format, and how well the scanner worked."""
    return {
        "font": random.choice(list(_FONTS)),
        "file": random.choice(("PDF", "TIFF")),
        "scanner": random.choice(("clean", "turned", "speckled", "faded", "fax", "squeezed")),
    }


@cache
def load_font(name: str, dots: int) -> ImageFont.FreeTypeFont:
    """A font of the system. Raises FileNotFoundError where it is not installed."""
    for folder in _FOLDERS:
        for path in folder.rglob(_FONTS[name]) if folder.is_dir() else ():
            return ImageFont.truetype(str(path), dots, index=_SIMPLIFIED)
    raise FileNotFoundError(f"no font `{_FONTS[name]}`; hint: `apt-get install fonts-noto-cjk`")


@dataclass(slots=True)
class _Paper:
    """Pages filled from top to bottom."""

    font_name: str
    pages: list[Image.Image] = field(default_factory=list)
    top: int = 0

    def begin_page(self) -> None:
        self.pages.append(Image.new("L", _PAGE, 255))
        self.top = _MARGIN

    def write(self, text: str, dots: int = 34, *, is_centred: bool = False) -> None:
        """A line or a paragraph."""
        font = load_font(self.font_name, dots)
        for line in wrap_text(text, font, _PAGE[0] - 2 * _MARGIN):
            if self.top + 2 * dots > _PAGE[1] - _MARGIN:
                self.begin_page()
            left = (_PAGE[0] - round(font.getlength(line))) // 2 if is_centred else _MARGIN
            ImageDraw.Draw(self.pages[-1]).text((left, self.top), line, 0, font)
            self.top += round(1.8 * dots)

    def draw_table(self, table: PrintedTable, dots: int = 28) -> None:
        """A ruled table; rows that do not fit go to the next page, merged cells are cut there."""
        font = load_font(self.font_name, dots)
        edges = _share_width(table)
        places = place_cells(table)
        lines = {
            (number, place.column): wrap_text(
                place.cell.text, font, edges[place.column + place.cell.across] - edges[place.column] - 16
            )
            for number, row in enumerate(places)
            for place in row
        }
        heights = [
            max((len(lines[number, place.column]) for place in row if place.cell.down == 1), default=1)
            * round(1.3 * dots)
            + 18
            for number, row in enumerate(places)
        ]
        first = 0
        while first < len(places):
            last, bottom = first, self.top
            while last < len(places) and bottom + heights[last] <= _PAGE[1] - _MARGIN:
                bottom += heights[last]
                last += 1
            if last > first:
                self._draw_rows(table, edges, lines, heights, first, last, font)
            if last < len(places):
                self.begin_page()
            first = last
        self.top += 30

    def _draw_rows(
        self,
        table: PrintedTable,
        edges: list[int],
        lines: dict[tuple[int, int], list[str]],
        heights: list[int],
        first: int,
        last: int,
        font: ImageFont.FreeTypeFont,
    ) -> None:
        draw = ImageDraw.Draw(self.pages[-1])
        tops = [self.top]
        for height in heights[first:last]:
            tops.append(tops[-1] + height)
        for number, row in enumerate(place_cells(table)):
            for place in row:
                start, end = max(number, first), min(number + place.cell.down, last)
                if start >= end:
                    continue
                box = (
                    edges[place.column],
                    tops[start - first],
                    edges[place.column + place.cell.across],
                    tops[end - first],
                )
                draw.rectangle(box, outline=0, width=2)
                if number < first:
                    continue
                texts = lines[number, place.column]
                step = round(1.3 * font.size)
                y = (box[1] + box[3] - step * len(texts)) // 2
                for text in texts:
                    draw.text(((box[0] + box[2] - round(font.getlength(text))) // 2, y), text, 0, font)
                    y += step
        self.top = tops[-1]


def wrap_text(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines that fit, never broken inside a number."""
    lines = [""]
    for character in text:
        if character == "\n":
            lines.append("")
            continue
        is_inside_number = lines[-1][-1:].isdigit() and (character.isdigit() or character in ".,")
        if lines[-1] and not is_inside_number and font.getlength(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _share_width(table: PrintedTable) -> list[int]:
    columns = table.width
    labels = _SHARES.get(table.table_id, ())
    if len(labels) != columns and (columns <= len(labels) or table.table_id != "t3"):
        labels = ()
    rest = columns - len(labels)
    shares = [*labels, *[(1 - sum(labels)) / rest for _ in range(rest)]]
    edges = [_MARGIN]
    for share in shares:
        edges.append(edges[-1] + round(share * (_PAGE[0] - 2 * _MARGIN)))
    return edges


def write_scan(draft: Draft) -> bytes:
    """The pages of the report as one file of pictures."""
    paper = _Paper(draft.style["font"])
    paper.begin_page()
    for text in list_lines(draft):
        paper.write(text, 52 if text in draft.title else 34, is_centred=text in draft.title)
    for chapter in draft.chapters:
        if chapter.heading:
            paper.write(chapter.heading)
        if "other_tables" in draft.style and chapter in (draft.chapters[0], draft.chapters[-1]):
            for row in OTHER_TABLE:
                paper.write("　　".join(row))
        for number, block in enumerate(chapter.blocks):
            if isinstance(block, str):
                paper.write(block)
                continue
            if number and isinstance(chapter.blocks[number - 1], PrintedTable):
                paper.begin_page()
            paper.draw_table(block)
    for text in draft.closing:
        paper.write(text)
    random = np.random.default_rng(Random("".join(draft.title)).getrandbits(32))
    return _save([scan_page(page, draft.style["scanner"], random) for page in paper.pages], draft.style["file"])


def scan_page(page: Image.Image, scanner: str, random: np.random.Generator) -> Image.Image:
    """The page as a scanner of this kind gives it; every page a little differently."""
    if scanner == "turned":
        return page.rotate(float(random.uniform(-1.2, 1.2)), Image.Resampling.BICUBIC, fillcolor=255)
    dots = np.asarray(page, dtype=np.float32)
    if scanner == "speckled":
        dots = dots + random.normal(0, 14, dots.shape)
        dots[random.random(dots.shape) < 0.0004] = 0
    if scanner == "faded":
        shade = np.linspace(0, 30, page.width, dtype=np.float32)[None, :]
        dots = 80 + dots * 0.6 - shade
    scanned = Image.fromarray(dots.clip(0, 255).astype(np.uint8))
    if scanner == "fax":
        return scanned.filter(ImageFilter.GaussianBlur(0.7)).point(lambda dot: 255 if dot > 170 else 0)
    if scanner == "squeezed":
        buffer = BytesIO()
        scanned.save(buffer, "JPEG", quality=40)
        return Image.open(BytesIO(buffer.getvalue())).convert("L")
    return scanned


def _save(pages: list[Image.Image], file: str) -> bytes:
    buffer = BytesIO()
    first, *others = pages
    if file == "PDF":
        first.save(buffer, "PDF", save_all=True, append_images=others, resolution=_DPI, quality=85)
    else:
        first.save(buffer, "TIFF", save_all=True, append_images=others, compression="tiff_lzw", dpi=(_DPI, _DPI))
    return buffer.getvalue()


RENDERER = Renderer("scan", draw_style, write_scan, reports=20, batch=1)
