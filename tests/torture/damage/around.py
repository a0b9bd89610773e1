"""What stands around the tables: titles and headings of every make, other tables, lines that look like figures."""

from random import Random

from tests.torture.damage.record import PAGES, PrintDamage
from tests.torture.printing import Draft

_HEADINGS = {
    0: ("一、总体情况", "一、概述", "第一部分 总体情况"),
    1: ("二、主动公开政府信息情况", "主动公开政府信息情况", "二、行政机关主动公开政府信息情况"),
    2: (
        "三、收到的处理政府信息公开申请情况",
        "收到和处理政府信息公开申请情况",
        "三、行政机关收到和处理政府信息公开申请情况",
    ),
    3: (
        "四、政府信息公开行政法复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议、行政诉讼情况统计表",
    ),
    4: ("五、存在的主要问题及整改措施", "五、存在问题及改进情况"),
    5: ("六、其他需要报告的事项", "五、其他需要报告的事项"),
}
_TITLES = (
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开年度报告",
    "{agency} {year} 年政府信息公开工作年度报告",
    "{agency}{year}年信息公开工作报告",
    "{agency}{year}年政府信息公开年报",
    "{agency}{year}年度政务公开年报",
    "{agency}\n{year}年政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开工作\n年度报告",
)


def vary_headings(draft: Draft, random: Random) -> bool:
    """Headings as bodies word them."""
    if len(draft.chapters) != len(_HEADINGS):
        return False
    for number, texts in _HEADINGS.items():
        draft.chapters[number].heading = random.choice(texts)
    return True


def drop_heading(draft: Draft, random: Random) -> bool:
    """A chapter without its heading, or with its heading twice."""
    chapter = random.choice(draft.chapters)
    if random.random() < 0.5:
        chapter.blocks.insert(0, chapter.heading)
    else:
        chapter.heading = ""
    return True


def vary_title(draft: Draft, random: Random) -> bool:
    """Titles as bodies word and break them."""
    text = random.choice(_TITLES).format(agency=draft.truth.agency, year=draft.truth.year)
    draft.title = text.split("\n")
    return True


def print_title_twice(draft: Draft, random: Random) -> bool:
    """The title above and again at the head of the text."""
    draft.preface.insert(0, "".join(draft.title))
    return True


def drop_year(draft: Draft, random: Random) -> bool:
    """No year in the title, none in the text but the statistical period."""
    if not any(str(draft.truth.year) in text for text in draft.preface):
        return False
    draft.title = [f"{draft.truth.agency}政府信息公开工作年度报告"]
    draft.says_year = False
    return True


def misstate_year(draft: Draft, random: Random) -> bool:
    """The text speaks of the year before the title's."""
    if not draft.says_year:
        return False
    other = draft.truth.year - 1
    draft.preface = [f"本报告的统计期限为{other}年1月1日至{other}年12月31日，欢迎来电咨询。"]
    return True


def lose_digits(draft: Draft, random: Random) -> bool:
    """年 and 月 lost from the statistical period: 202511日至20251231日."""
    year = draft.truth.year
    draft.preface = [f"本报告的统计期限为{year}11日至{year}1231日，欢迎来电咨询。"]
    return True


def add_document_number(draft: Draft, random: Random) -> bool:
    """A document number above the title, with the year after the report's."""
    draft.above.append(f"政办发〔{draft.truth.year + 1}〕{random.randint(1, 90)}号")
    return True


def add_print_line(draft: Draft, random: Random) -> bool:
    """Who printed it and when, below the signature."""
    draft.closing.append(f"办公室 {draft.truth.year + 2}年3月1日印发　共印20份")
    return True


def add_traps_in_prose(draft: Draft, random: Random) -> bool:
    """Numbered headings in chapter one that look like rows, numbers that look like cells."""
    carried_in = draft.truth.cells.get("t3.carried_in.total")
    draft.chapters[0].blocks += [
        "1.主动公开方面。全年发布信息391条，依申请公开274条。",
        "4.认真办理依申请公开",
        "（一）予以公开",
        f"二、上年结转政府信息公开申请数量为{carried_in.text or 0 if carried_in else 0}件，均已答复申请人。",
        "3.其他",
        "历年累计535条，12345热线工单336件。",
    ]
    return True


def add_page_decoration(draft: Draft, random: Random) -> bool:
    """Bars, trails, share links and feet of a portal inside the text."""
    draft.above += ["首页 政务公开 政府信息公开年报", "当前位置：首页 > 政务公开 > 年报", "全真版 文字版 文件下载"]
    draft.closing += ["微信 微博 QQ空间", "打印本页 关闭窗口", "主办单位：政府办公室 网站标识码：3213220037"]
    return True


def add_head_lines(draft: Draft, random: Random) -> bool:
    """Source and time below the title, the source by its short name."""
    day = f"{draft.truth.year + 1}-01-{random.randint(10, 30)}"
    draft.preface.insert(0, f"来源：县政府办 发布时间：{day} 09:{random.randint(10, 59)} 浏览次数：137")
    return True


def add_index_table(draft: Draft, random: Random) -> bool:
    """An index table (索引号 …) before the article."""
    draft.style["index_table"] = "yes"
    return True


def add_other_tables(draft: Draft, random: Random) -> bool:
    """A table of the body's own among the prose, before the form's and after it."""
    draft.style["other_tables"] = "yes"
    return True


def drop_chapters(draft: Draft, random: Random) -> bool:
    """Chapters one, five and six are not there."""
    draft.chapters = draft.chapters[1:4]
    return True


DAMAGES = (
    PrintDamage("headings", "headings worded otherwise", vary_headings, stage="around"),
    PrintDamage("heading_lost", "a heading missing or twice", drop_heading, stage="around"),
    PrintDamage("titles", "titles worded and broken otherwise", vary_title, stage="around"),
    PrintDamage("title_twice", "the title twice", print_title_twice, stage="around"),
    PrintDamage("year_missing", "no year in the title", drop_year, stage="around"),
    PrintDamage("year_misstated", "another year in the text", misstate_year, stage="around"),
    PrintDamage("digits_lost", "digits lost from the period", lose_digits, stage="around"),
    PrintDamage("document_number", "a document number with another year", add_document_number, stage="around"),
    PrintDamage("print_line", "a print line with another year", add_print_line, stage="around"),
    PrintDamage("prose_traps", "prose that looks like rows", add_traps_in_prose, stage="around"),
    PrintDamage("decoration", "a portal's bars and feet", add_page_decoration, PAGES, stage="around"),
    PrintDamage("head_lines", "source and time above the text", add_head_lines, PAGES, stage="around"),
    PrintDamage("index_table", "an index table before the article", add_index_table, PAGES, stage="style"),
    PrintDamage("other_tables", "other tables around", add_other_tables, stage="style"),
    PrintDamage("chapters_missing", "chapters without tables missing", drop_chapters, stage="around"),
)
