"""Reports for test portals, from the torture bench: undamaged, each of an organ of its own."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from zipfile import ZipFile, ZipInfo

from tests.torture.printing import print_report
from tests.torture.renderers import RENDERERS
from tests.torture.truth import draw_cells, draw_truth

ENDINGS = {"html": "html", "docx": "docx", "pdf_ruled": "pdf", "xlsx": "xlsx", "zip": "zip"}
MEDIA = {
    "zip": "application/zip",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PLACES = ["平利县", "宁强县", "云阳县", "共和县", "将乐县", "大竹县", "江宁区", "硚口区", "和田市", "昆山市"]
_FIRST, _SECOND = "东西南北上下新安永长", "河桥店庄坪山湖塘岭湾"


@dataclass(frozen=True)
class MadeReport:
    """One report: who, which year, its title and bytes; `ending` is its file's, `figures` what its cells print."""

    number: int
    agency: str
    year: int
    content: bytes
    ending: str
    is_gbk: bool = False
    figures: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    @property
    def media_type(self) -> str:
        # A page in GBK says so in itself; servers of that kind name no charset.
        return MEDIA[self.ending]


def name_agency(number: int) -> str:
    """A township of its own for each number under 1,000."""
    place, town = _PLACES[number // 100 % 10], number % 100
    return f"{place}{_FIRST[town // 10]}{_SECOND[town % 10]}镇人民政府"


def make_report(
    number: int, carrier: str = "html", *, is_gbk: bool = False, agency: str | None = None, revision: int = 0
) -> MadeReport:
    """The report of a number: organ by the number unless it is named, two years for 2,000 of them, figures by chance.

    A revision is the same report with other figures.
    """
    truth = draw_truth(Random(f"crawl:{number}:truth"))
    truth.agency = agency or name_agency(number % 1000)
    truth.year = (2019 if truth.editions["t2"] == "format_2019" else 2022) + number // 1000 % 2
    if revision:
        truth.cells = draw_cells(truth.editions, Random(f"crawl:{number}:revision:{revision}"))
    draft = print_report(truth, Random(f"crawl:{number}:print"))
    renderer = RENDERERS["docx" if carrier == "zip" else carrier]
    draft.style = {"carrier": renderer.name, **renderer.draw_style(Random(f"crawl:{number}:style"))}
    content = renderer.write(draft)
    if is_gbk:
        text = content.decode("utf-8").replace("utf-8", "gbk").replace("UTF-8", "gbk")
        content = text.encode("gb18030")
    if carrier == "zip":
        content = pack(f"{truth.agency}.docx", content)
    figures = {cell_id: figure.text for cell_id, figure in truth.cells.items()}
    return MadeReport(number, truth.agency, truth.year, content, ENDINGS[carrier], is_gbk, figures)


def pack(name: str, content: bytes) -> bytes:
    """An archive of one file."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo(name), content)
    return packed.getvalue()


def choose_carrier(number: int) -> tuple[str, bool]:
    """Most reports are pages, some in GBK; two in fifteen are files."""
    files = {3: "docx", 13: "pdf_ruled", 18: "zip", 23: "xlsx"}
    if number % 30 in files:
        return files[number % 30], False
    return "html", number % 7 == 0


def make_reports(count: int, first: int = 0) -> list[MadeReport]:
    """Many reports, of every carrier there is here."""
    made = []
    for number in range(first, first + count):
        carrier, is_gbk = choose_carrier(number)
        made.append(make_report(number, carrier, is_gbk=is_gbk))
    return made
