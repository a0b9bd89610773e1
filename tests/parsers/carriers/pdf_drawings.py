"""Draws single pages of a PDF by hand and says what was read from them."""

from collections.abc import Callable
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from parsers.carriers.pdf import read_pdf
from parsers.page import Grid, Page, Paragraph
from tests.parsers.carriers.pdf_prints import FONT

HEIGHT = 842.0
ROWS = [["项目", "件数"], ["行政许可", "17"], ["行政处罚", "8"]]
SENTENCE = "本机关依法办理各类申请，全部在法定期限内答复，没有因此发生争议，各项工作平稳有序，群众比较满意。"


def draw(*pages: Callable[[Canvas], object], **options: object) -> bytes:
    """A document with a page for each function that draws one."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, HEIGHT), invariant=1, **options)
    for page in pages:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str, size: float = 10) -> None:
    """A line of text, its place measured from the top left."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - y, text)


def rule_table(canvas: Canvas, rows: list[list[str]], left: float = 100, top: float = 100, width: float = 60) -> None:
    """A ruled table of equal cells, 20 points high."""
    for row_no, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.rect(left + column * width, HEIGHT - top - 20 * row_no - 20, width, 20)
            write(canvas, left + column * width + 4, top + 20 * row_no + 14, text)


def read(data: bytes) -> Page:
    member = read_pdf(data)
    assert member.page is not None, (member.status_reason, member.status_detail)
    return member.page


def list_grids(page: Page) -> list[list[list[str]]]:
    """The rows of texts of each grid."""
    grids = []
    for grid in page.blocks:
        if isinstance(grid, Grid):
            rows: dict[int, list[str]] = {}
            for cell in grid.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            grids.append(list(rows.values()))
    return grids


def list_texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def list_metadata(page: Page) -> dict[str, str]:
    return {item.name: item.value for item in page.metadata}
