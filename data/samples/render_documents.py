"""Renders the samples that are Word, PDF, Excel and RTF documents, scans, saved web pages and ZIP archives.

Run it as `python data/samples/render_documents.py` in the development environment; `--out FOLDER` writes elsewhere. The
same facts give the same contents: dates are fixed, and only the compression of packages may differ between machines.
Two samples are made by programs and fonts of the machine, and are only alike elsewhere: the old Word document, saved by
LibreOffice (`soffice`), and the scan, printed in its Chinese font (Debian's `fonts-noto-cjk`).
"""

import argparse
import quopri
import re
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import docx
import openpyxl
import pypdfium2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from render_samples import render_report, write_page
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table
from sample_facts import HERE, SAMPLE_LINE, Facts, Rows, load_facts, measure_width, place_table

FIXED_DATE = (2024, 1, 1, 0, 0, 0)
FIXED_TIME = b"2024-01-01T00:00:00Z"
FONT = "STSong-Light"
FIXED_DAY = time.struct_time((2024, 1, 1, 0, 0, 0, 0, 1, 0))
SCAN_DOTS, TURNS = 200, (0.3, -0.4)
GRID = Border(*[Side(style="thin")] * 4)
# Widths of the columns of a table: table 3 has three columns of labels before its seven of figures.
WIDTHS = {"t2": [1.0] * 4, "t3": [0.9, 1.3, 3.0, *[0.75] * 7], "t4": [1.0] * 15}
TWIPS, POINTS = 9000, 480

Part = str | tuple[str, Rows]


def list_parts(facts: Facts) -> Iterator[Part]:
    """What stands below the title, in order: paragraphs, and tables with their ids."""
    yield SAMPLE_LINE
    for chapter in facts.chapters:
        yield from (text for text in (chapter["heading"], *chapter.get("text", [])) if text)
        if "table" in chapter:
            yield chapter["table"], place_table(facts, chapter["table"])


def list_signature(facts: Facts) -> list[str]:
    """The lines at the end: who signs, and when."""
    return [text for text in (facts.signer, facts.signed) if text]


def measure_columns(table: str, rows: Rows, whole: int) -> list[float]:
    """The widths of a table's columns, as parts of a whole; a figure in excess has a column as wide as the last."""
    widths = WIDTHS[table]
    widths = widths + widths[-1:] * (measure_width(rows) - len(widths))
    return [whole * width / sum(widths) for width in widths]


def pack_files(files: dict[str, bytes]) -> bytes:
    """A ZIP package of files by name, all of one fixed date."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def fix_package(written: BytesIO) -> bytes:
    """An office package with a fixed date in place of the hour it was written."""
    changed = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    with zipfile.ZipFile(written) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return pack_files({name: changed.sub(rb"\g<1>" + FIXED_TIME, content) for name, content in parts.items()})


def render_docx(facts: Facts) -> bytes:
    """The report as a Word document with merged cells."""
    document = docx.Document()
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    for line in facts.title:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in list_parts(facts):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        _, rows = part
        table = document.add_table(len(rows), measure_width(rows), "Table Grid")
        for number, row in enumerate(rows):
            for cell in row:
                first = table.cell(number, cell.column)
                merged = first.merge(table.cell(number + cell.down - 1, cell.column + cell.across - 1))
                merged.text = cell.text
    for line in list_signature(facts):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    written = BytesIO()
    document.save(written)
    return fix_package(written)


def render_doc(facts: Facts) -> bytes:
    """The report as an old Word document, as LibreOffice saves it."""
    with TemporaryDirectory() as folder:
        place = Path(folder, "report.docx")
        place.write_bytes(render_docx(facts))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        subprocess.run([*command, "doc:MS Word 97", "--outdir", folder, place], check=True, capture_output=True)
        return place.with_suffix(".doc").read_bytes()


def render_xlsx(facts: Facts) -> bytes:
    """The report as one sheet of a workbook: titles and paragraphs are rows above the tables, figures are numbers."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("年报", 0)
    del workbook["Sheet"]
    for part in (*facts.title, *list_parts(facts), *list_signature(facts)):
        top = 1 if sheet.cell(1, 1).value is None else sheet.max_row + 1
        if isinstance(part, str):
            sheet.cell(top, 1, part)
            sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=10)
        else:
            fill_sheet(sheet, top, part[1])
    written = BytesIO()
    workbook.save(written)
    return fix_package(written)


def fill_sheet(sheet: Worksheet, top: int, rows: Rows) -> None:
    """Writes a table with its borders and merged cells from one row of a sheet on."""
    for number, row in enumerate(rows, top):
        for cell in row:
            left, end_row, end_column = cell.column + 1, number + cell.down - 1, cell.column + cell.across
            written = sheet.cell(number, left, int(cell.text) if cell.text.isdigit() else cell.text)
            written.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            for line in sheet.iter_rows(number, end_row, left, end_column):
                for place in line:
                    place.border = GRID
            if (number, left) != (end_row, end_column):
                sheet.merge_cells(start_row=number, end_row=end_row, start_column=left, end_column=end_column)


def render_pdf(facts: Facts) -> bytes:
    """The report as a PDF with ruled tables, in a font that readers know and no file holds."""
    registerFont(UnicodeCIDFont(FONT))
    text = ParagraphStyle("text", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("title", text, fontSize=16, leading=28, firstLineIndent=0, alignment=TA_CENTER)
    signature = ParagraphStyle("signature", text, alignment=TA_RIGHT)
    story: list[Flowable] = [Paragraph(escape(line), title) for line in facts.title]
    for part in list_parts(facts):
        story += [Paragraph(escape(part), text)] if isinstance(part, str) else [draw_table(*part), Spacer(1, 10)]
    story += [Paragraph(escape(line), signature) for line in list_signature(facts)]
    written = BytesIO()
    name = "".join(facts.title)
    SimpleDocTemplate(written, pagesize=A4, invariant=1, pageCompression=0, title=name, author="").build(story)
    return written.getvalue()


def render_scan(facts: Facts) -> bytes:
    """The report printed and scanned: a PDF of grey pictures, each page a little turned, and no text in it."""
    with pypdfium2.PdfDocument(render_pdf(facts)) as printed:
        pages = [page.render(scale=SCAN_DOTS / 72, grayscale=True).to_pil() for page in printed]
    turned = [page.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255) for page, turn in zip(pages, cycle(TURNS))]
    written = BytesIO()
    options = {"resolution": SCAN_DOTS, "quality": 40, "creationDate": FIXED_DAY, "modDate": FIXED_DAY}
    turned[0].save(written, "PDF", save_all=True, append_images=turned[1:], **options)
    return written.getvalue()


def draw_table(table: str, rows: Rows) -> Table:
    """A table with a line around each cell."""
    style = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, alignment=TA_CENTER, wordWrap="CJK")
    places: list[list[Flowable | str]] = [[""] * measure_width(rows) for _ in rows]
    spans = []
    for number, row in enumerate(rows):
        for cell in row:
            places[number][cell.column] = Paragraph(escape(cell.text), style)
            end = (cell.column + cell.across - 1, number + cell.down - 1)
            spans.append(("SPAN", (cell.column, number), end))
    lines = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    margins = [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
    return Table(places, colWidths=measure_columns(table, rows, POINTS), style=[*lines, *margins, *spans])


def write_rtf_text(text: str) -> str:
    """Text in GBK, byte by byte, as Chinese programs write RTF."""
    return "".join(c if c.isascii() else "".join(f"\\'{byte:02x}" for byte in c.encode("gb18030")) for c in text)


def render_rtf(facts: Facts) -> bytes:
    """The report as RTF in GBK."""
    parts = ["{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\f0\\fs21"]
    parts += [f"\\pard\\qc {write_rtf_text(line)}\\par" for line in facts.title]
    for part in list_parts(facts):
        parts += [f"\\pard {write_rtf_text(part)}\\par"] if isinstance(part, str) else write_rtf_rows(*part)
    parts += [f"\\pard\\qr {write_rtf_text(line)}\\par" for line in list_signature(facts)]
    return "\n".join([*parts, "}"]).encode("ascii")


def write_rtf_rows(table: str, rows: Rows) -> Iterator[str]:
    """The rows of a table; a cell over several rows is an empty one that continues in each row below its first."""
    widths = measure_columns(table, rows, TWIPS)
    sides = "".join(f"\\clbrdr{side}\\brdrs\\brdrw10" for side in "tlbr")
    for number, row in enumerate(rows):
        held = [c for above, cells in enumerate(rows[:number]) for c in cells if above + c.down > number]
        cells = sorted([*row, *held], key=lambda cell: cell.column)
        yield "\\trowd\\trgaph60"
        for cell in cells:
            merge = "\\clvmrg" if cell in held else "\\clvmgf" if cell.down > 1 else ""
            yield f"{merge}{sides}\\cellx{round(sum(widths[: cell.column + cell.across]))}"
        yield "".join(f"\\pard\\intbl {'' if c in held else write_rtf_text(c.text)}\\cell" for c in cells) + "\\row"


def render_mhtml(facts: Facts) -> bytes:
    """The report's page as a browser saves it."""
    page = quopri.encodestring(write_page(facts).encode()).decode("ascii")
    border = "----MultipartBoundary--sample----"
    lines = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://sample.example/report.html",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; type="text/html"; boundary="{border}"',
        "",
        f"--{border}",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://sample.example/report.html",
        "",
        *page.splitlines(),
        f"--{border}--",
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def pack_archive(members: list[Facts]) -> bytes:
    """An archive as Windows programs in China write it: names are GBK and nothing says so."""
    names = [facts.rendered_name.encode("gbk") for facts in members]
    # The library marks every name beyond ASCII as UTF-8, so digits of the same length hold the places.
    digits = [f"{number:0>{len(name)}}" for number, name in enumerate(names)]
    contents = [RENDERERS[facts.document](facts) if facts.document else render_report(facts) for facts in members]
    packed = pack_files(dict(zip(digits, contents, strict=True)))
    for place, name in zip(digits, names, strict=True):
        packed = packed.replace(place.encode(), name)
    return packed


RENDERERS: dict[str, Callable[[Facts], bytes]] = {
    "doc": render_doc,
    "docx": render_docx,
    "mhtml": render_mhtml,
    "pdf": render_pdf,
    "rtf": render_rtf,
    "scan.pdf": render_scan,
    "xlsx": render_xlsx,
}


def render_documents(out: Path) -> None:
    """Writes every document and archive below one folder."""
    (out / "reports").mkdir(parents=True, exist_ok=True)
    samples = load_facts()
    archives = {facts.archive: [other for other in samples if other.archive == facts.archive] for facts in samples}
    for facts in samples:
        if facts.document and not facts.archive:
            (out / "reports" / facts.file_name).write_bytes(RENDERERS[facts.document](facts))
    for name, members in archives.items():
        if name:
            (out / "reports" / f"{name}.zip").write_bytes(pack_archive(members))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Render the samples that are documents from their facts.")
    arguments.add_argument("--out", type=Path, default=HERE, help="the folder that gets reports/")
    render_documents(arguments.parse_args().out)
