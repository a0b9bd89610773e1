"""Pages built by hand, with texts of our own."""

from parsers.page import Cell, Grid, MetadataItem, Page, Paragraph, ParagraphRole

TITLE = "石狮市财政局2023年政府信息公开工作年度报告"
PREAMBLE = "根据《中华人民共和国政府信息公开条例》，特编制本报告，数据的统计期限自2023年1月1日起至2023年12月31日止。"
CHAPTERS = (
    "一、总体情况",
    "本局按要求做好各项公开。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "一是解读不多，二是人手较少。",
    "六、其他需要报告的事项",
    "没有收取信息处理费。",
)


def build_page(
    *texts: str,
    carrier: str = "text",
    title: str | None = None,
    metadata: dict[str, str] | None = None,
    cells: tuple[str, ...] = (),
) -> Page:
    """A page of one paragraph a text; `title` becomes the first paragraph, with the role of a title. Metadata stands in
    tags on a web page and in lines on any other.
    """
    printed: list[tuple[str, ParagraphRole]] = [] if title is None else [(title, "title")]
    printed += [(text, "text") for text in texts]
    blocks: list[Paragraph | Grid] = [
        Paragraph(text, f"paragraph {number}", role) for number, (text, role) in enumerate(printed, start=1)
    ]
    if cells:
        row = tuple(Cell(text, 0, column, f"table 1, cell {column + 1}") for column, text in enumerate(cells))
        blocks.append(Grid(row, "placed", "table 1"))
    place = 'meta "{}"' if carrier == "html" else "line {}"
    items = tuple(MetadataItem(name, value, place.format(name)) for name, value in (metadata or {}).items())
    return Page(carrier, f"{carrier}-test", tuple(blocks), items)
