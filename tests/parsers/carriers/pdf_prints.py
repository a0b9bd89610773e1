"""Prints reports to PDF with reportlab, in the ways that office programs draw tables and break pages.

The font is one of the CID fonts every reader knows, so no font file is needed.
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.parsers.carriers.form_tables import FormCell, FormTable

FONT = "STSong-Light"
registerFont(UnicodeCIDFont(FONT))

WIDTHS = {
    "t2": (0.25, 0.25, 0.25, 0.25),
    "t3": (0.06, 0.14, 0.25, *[0.55 / 7] * 7),
    "t4": (*[1 / 15] * 15,),
}
Rules = Literal["sides", "lines", "rectangles", "areas", "double", "dashes", "none"]
Break = Literal["between", "open", "torn", "torn_open"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is printed. `row_break` says what happens to a row that does not fit: it goes to the next page, with
    or without a line at the end of the page, or is torn in two. `figures_below` puts a torn row's figures on the second
    page. `page_height` sets where pages break."""

    rules: Rules = "sides"
    row_break: Break = "between"
    figures_below: bool = False
    size: float = 10.0
    width: float = 440.0
    page_height: float = 842.0
    padding: float = 3.0
    line_width: float = 0.5
    frame: bool = False
    page_numbers: str | None = None
    running_head: str | None = None
    group_downwards: bool = False
    is_bold_twice: bool = False
    landscape: Literal["upright", "turned", "rotated"] = "upright"


@dataclass(slots=True)
class Box:
    """A piece of a cell on a page, with its lines of text already placed."""

    left: float
    top: float
    right: float
    bottom: float
    has_top: bool = True
    has_bottom: bool = True


@dataclass(slots=True)
class Sheet:
    """What stands on one page, measured from the top left."""

    boxes: list[Box] = field(default_factory=list)
    texts: list[tuple[float, float, float, str]] = field(default_factory=list)


@dataclass(slots=True)
class Printer:
    """Sets lines and tables one below the other, from page to page."""

    style: Style
    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])
    y: float = 72.0

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def left(self) -> float:
        return 75.0

    @property
    def end(self) -> float:
        return self.style.page_height - 72.0

    def begin_page(self) -> None:
        self.sheets.append(Sheet())
        self.y = 72.0

    def print_title(self, *lines: str) -> None:
        for line in lines:
            size = self.style.size * 1.6
            width = stringWidth(line, FONT, size)
            self._print_line(self.left + (self.style.width - width) / 2, size, line)

    def print_paragraph(self, text: str) -> None:
        """A paragraph, its first line indented by two characters."""
        size = self.style.size * 1.2
        for number, line in enumerate(wrap_text("　　" + text, self.style.width, size)):
            indent = 2 * size if number == 0 else 0
            self._print_line(self.left + indent, size, line.replace("　", ""))

    def _print_line(self, x: float, size: float, line: str) -> None:
        if self.y + 1.5 * size > self.end:
            self.begin_page()
        self.sheet.texts.append((x, self.y + 0.25 * size, size, line))
        self.y += 1.5 * size

    def print_table(self, table: FormTable) -> None:
        heights = self._measure_rows(table)
        self.y += 4
        starts: list[tuple[int, float]] = []
        tears: dict[int, float] = {}
        row = 0
        while row < table.height:
            room = self.end - self.y
            if heights[row] <= room:
                starts.append((len(self.sheets) - 1, self.y))
                self.y += heights[row]
            elif self._may_tear(table, row, room):
                starts.append((len(self.sheets) - 1, self.y))
                tears[row] = room
                self.begin_page()
                self.y += heights[row] - room + self.style.size
            else:
                self.begin_page()
                starts.append((len(self.sheets) - 1, self.y))
                self.y += heights[row]
            row += 1
        for cell in table.cells:
            self._print_cell(cell, table, heights, starts, tears)
        self.y += 8

    @staticmethod
    def _is_label(cell: FormCell) -> bool:
        return cell.cell_id is None and cell.row_span == 1

    @staticmethod
    def _is_middle(cell: FormCell, table: FormTable) -> bool:
        return cell.cell_id is not None or table.table_id == "t4" or (table.table_id == "t2" and cell.column > 0)

    def _may_tear(self, table: FormTable, row: int, room: float) -> bool:
        if not self.style.row_break.startswith("torn"):
            return False
        one_line = self.style.size * 1.2 + 2 * self.style.padding
        return one_line < room and any(c.row == row and c.cell_id is not None for c in table.cells)

    def _measure_rows(self, table: FormTable) -> list[float]:
        heights = [self.style.size * 1.2 + 2 * self.style.padding] * table.height
        for cell in sorted(table.cells, key=lambda cell: cell.row_span):
            needed = len(self._wrap(cell, table)) * self.style.size * 1.2 + 2 * self.style.padding
            rows = range(cell.row, cell.row + cell.row_span)
            missing = needed - sum(heights[row] for row in rows)
            if missing > 0:
                for row in rows:
                    heights[row] += missing / len(rows)
        return heights

    def _edges(self, cell: FormCell, table: FormTable) -> tuple[float, float]:
        widths = WIDTHS[table.table_id]
        left = self.left + self.style.width * sum(widths[: cell.column])
        right = self.left + self.style.width * sum(widths[: cell.column + cell.column_span])
        return left, right

    def _wrap(self, cell: FormCell, table: FormTable) -> list[str]:
        is_group = table.table_id == "t3" and cell.row > 2 and cell.column == 0 and cell.row_span > 1
        if is_group and self.style.group_downwards:
            return list(cell.text)
        left, right = self._edges(cell, table)
        return wrap_text(cell.text, right - left - 2 * self.style.padding, self.style.size)

    def _print_cell(
        self,
        cell: FormCell,
        table: FormTable,
        heights: list[float],
        starts: list[tuple[int, float]],
        tears: dict[int, float],
    ) -> None:
        """A cell in a box on each page it reaches over; its lines on the page that has room for most of it, or torn."""
        left, right = self._edges(cell, table)
        pieces: dict[int, list[float]] = {}
        for row in range(cell.row, cell.row + cell.row_span):
            page, top = starts[row]
            spans = [(page, top, heights[row])]
            if row in tears:
                spans = [(page, top, tears[row]), (page + 1, 72.0, heights[row] - tears[row] + self.style.size)]
            for number, start, height in spans:
                pieces.setdefault(number, [start, start])
                pieces[number][1] = start + height
        is_open = self.style.row_break.endswith("open")
        numbers = sorted(pieces)
        for number in numbers:
            top, bottom = pieces[number]
            is_cut_above = is_open and (number != numbers[0])
            is_cut_below = is_open and (number != numbers[-1] or self._ends_page(cell, starts, tears))
            box = Box(left, top, right, bottom, not is_cut_above, not is_cut_below)
            self.sheets[number].boxes.append(box)
        self._print_lines(
            cell, self._wrap(cell, table), (left, right), pieces, cell.row in tears, self._is_middle(cell, table)
        )

    @staticmethod
    def _ends_page(cell: FormCell, starts: list[tuple[int, float]], tears: dict[int, float]) -> bool:
        last = cell.row + cell.row_span - 1
        return last + 1 < len(starts) and starts[last + 1][0] > starts[last][0] and last not in tears

    def _print_lines(
        self,
        cell: FormCell,
        lines: list[str],
        edges: tuple[float, float],
        pieces: dict[int, list[float]],
        is_torn: bool,
        is_middle: bool,
    ) -> None:
        size, step = self.style.size, self.style.size * 1.2
        numbers = sorted(pieces)
        number = max(numbers, key=lambda n: (pieces[n][1] - pieces[n][0], -n))
        halves = {number: lines}
        if is_torn and cell.row_span == 1:
            room = int((pieces[numbers[0]][1] - pieces[numbers[0]][0] - 2 * self.style.padding) / step)
            if cell.cell_id is not None:
                halves = {numbers[self.style.figures_below]: lines}
            else:
                halves = {numbers[0]: lines[: max(1, room)], numbers[-1]: lines[max(1, room) :]}
        for page, part in halves.items():
            top, bottom = pieces[page]
            y = top + (bottom - top - len(part) * step) / 2
            for line in part:
                width = stringWidth(line, FONT, size)
                is_centred = is_middle or len(line) == 1
                x = edges[0] + (edges[1] - edges[0] - width) / 2 if is_centred else edges[0] + self.style.padding
                self.sheets[page].texts.append((x, y + 0.1 * size, size, line))
                y += step


def wrap_text(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in a column, broken between any two characters, but inside a number only where it is wider
    than the column."""
    lines = [""]
    words: list[str] = []
    for character in text:
        is_number = bool(words) and words[-1][-1].isdigit() and (character.isdigit() or character == ".")
        if is_number and stringWidth(words[-1] + character, FONT, size) <= width:
            words[-1] += character
        else:
            words.append(character)
    for word in words:
        if lines[-1] and stringWidth(lines[-1] + word, FONT, size) > width:
            lines.append("")
        lines[-1] += word
    return lines


def write_pdf(printer: Printer, **options: object) -> bytes:
    """The bytes of what was printed; `options` are those of reportlab's canvas."""
    style = printer.style
    buffer = BytesIO()
    paper = (style.width + 150, style.page_height)
    canvas = Canvas(buffer, pagesize=paper if style.landscape == "upright" else paper[::-1], invariant=1, **options)
    for number, sheet in enumerate(printer.sheets, start=1):
        canvas.saveState()
        if style.landscape == "turned":
            canvas.translate(0, paper[0])
            canvas.rotate(-90)
        if style.landscape == "rotated":
            canvas.setPageRotation(90)
        _draw_sheet(canvas, sheet, style, number)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_sheet(canvas: Canvas, sheet: Sheet, style: Style, number: int) -> None:
    height = style.page_height
    canvas.setLineWidth(style.line_width)
    if style.frame:
        canvas.rect(30, 30, style.width + 90, height - 60)
        canvas.line(30, height - 60, style.width + 120, height - 60)
    for box in sheet.boxes if style.rules != "none" else ():
        _draw_box(canvas, box, style, height)
    texts = list(sheet.texts)
    if style.page_numbers:
        texts.append((style.width / 2 + 60, height - 50, 10, style.page_numbers.format(number)))
    if style.running_head:
        texts.append((80, 40, 9, style.running_head))
    for x, top, size, text in texts:
        canvas.setFont(FONT, size)
        canvas.drawString(x, height - top - size * 0.86, text)
        if style.is_bold_twice:
            canvas.drawString(x + 0.3, height - top - size * 0.86, text)


def _draw_box(canvas: Canvas, box: Box, style: Style, height: float) -> None:
    top, bottom = height - box.top, height - box.bottom
    if style.rules == "rectangles" and box.has_top and box.has_bottom:
        canvas.rect(box.left, bottom, box.right - box.left, top - bottom)
        return
    sides = [(box.left, top, box.left, bottom), (box.right, top, box.right, bottom)]
    sides += [(box.left, top, box.right, top)] if box.has_top else []
    sides += [(box.left, bottom, box.right, bottom)] if box.has_bottom else []
    for x, y, other_x, other_y in sides:
        _draw_side(canvas, x, y, other_x, other_y, style)


def _draw_side(canvas: Canvas, x: float, y: float, other_x: float, other_y: float, style: Style) -> None:
    if style.rules == "areas":
        canvas.rect(min(x, other_x), min(y, other_y), abs(other_x - x) or 0.48, abs(other_y - y) or 0.48, 0, 1)
    elif style.rules == "dashes":
        _draw_dashes(canvas, x, y, other_x, other_y)
    elif style.rules == "double":
        is_level = y == other_y
        for shift in (-0.75, 0.75):
            right, up = (0.0, shift) if is_level else (shift, 0.0)
            canvas.line(x + right, y + up, other_x + right, other_y + up)
    else:
        canvas.line(x, y, other_x, other_y)


def _draw_dashes(canvas: Canvas, x: float, y: float, other_x: float, other_y: float) -> None:
    length = abs(other_x - x) + abs(other_y - y)
    step_x, step_y = (other_x - x) / length, (other_y - y) / length
    place = 0.0
    while place < length:
        end = min(place + 3, length)
        canvas.line(x + step_x * place, y + step_y * place, x + step_x * end, y + step_y * end)
        place += 5
