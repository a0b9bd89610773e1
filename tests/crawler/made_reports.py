"""Reports for test portals, from the torture bench: undamaged, each of an organ of its own."""

from dataclasses import dataclass
from random import Random

from tests.torture.printing import print_report
from tests.torture.renderers import RENDERERS
from tests.torture.truth import draw_truth

ENDINGS = {"html": "html", "docx": "docx", "pdf_ruled": "pdf", "xlsx": "xlsx"}
MEDIA = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PLACES = ["平利县", "宁强县", "云阳县", "共和县", "将乐县", "大竹县", "江宁区", "硚口区", "和田市", "昆山市"]
_FIRST, _SECOND = "东西南北上下新安永长", "河桥店庄坪山湖塘岭湾"


@dataclass(frozen=True)
class MadeReport:
    """One report: who, which year, its title and bytes; `ending` is its file's."""

    number: int
    agency: str
    year: int
    content: bytes
    ending: str
    is_gbk: bool = False

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


def make_report(number: int, carrier: str = "html", *, is_gbk: bool = False) -> MadeReport:
    """The report of a number: organ by the number, two years for 2,000 of them, figures by chance."""
    truth = draw_truth(Random(f"crawl:{number}:truth"))
    truth.agency = name_agency(number % 1000)
    truth.year = truth.year if truth.editions["t2"] == "format_2019" else 2022 + number // 1000
    draft = print_report(truth, Random(f"crawl:{number}:print"))
    draft.style = {"carrier": carrier, **RENDERERS[carrier].draw_style(Random(f"crawl:{number}:style"))}
    content = RENDERERS[carrier].write(draft)
    if is_gbk:
        text = content.decode("utf-8").replace("utf-8", "gbk").replace("UTF-8", "gbk")
        content = text.encode("gb18030")
    return MadeReport(number, truth.agency, truth.year, content, ENDINGS[carrier], is_gbk)


def choose_carrier(number: int) -> tuple[str, bool]:
    """Most reports are pages, some in GBK; every tenth is a file."""
    files = {3: "docx", 13: "pdf_ruled", 23: "xlsx"}
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
