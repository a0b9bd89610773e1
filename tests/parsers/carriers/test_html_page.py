"""The article of a page: paragraphs with their roles, what the page states about itself, and its frame left aside."""

import pytest

from parsers.carriers import read_document
from parsers.page import Grid, MetadataItem, Page, Paragraph

TITLE = "某县财政局2023年政府信息公开工作年度报告"
SENTENCE = "全年主动公开政府信息十二条，没有收到公开申请。"


def read_page(html: str) -> Page:
    """The page of one HTML document."""
    (member,) = read_document(f"<!doctype html><meta charset=utf-8>{html}".encode())
    assert member.page is not None
    assert (member.carrier, member.reader, member.page.carrier, member.page.reader) == (
        "html",
        "selectolax",
        "html",
        "selectolax",
    )
    return member.page


def list_texts(page: Page) -> list[str]:
    """The texts of the page's paragraphs."""
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def list_metadata(page: Page) -> dict[str, str]:
    """What the page states about itself; for pages that state each name once."""
    return {item.name: item.value for item in page.metadata}


def test_paragraphs_are_counted_and_text_is_joined_as_printed() -> None:
    page = read_page(
        "<body><p>　　一、<b>总</b><i>体</i>\n 情况&nbsp;</p> \n<div>甲<br>乙<p></p>丙 <!-- 无 --> 丁</div>尾"
    )
    assert page.blocks == (
        Paragraph("一、总体 情况", "paragraph 1"),
        Paragraph("甲", "paragraph 2"),
        Paragraph("乙", "paragraph 3"),
        Paragraph("丙 丁", "paragraph 4"),
        Paragraph("尾", "paragraph 5"),
    )


def test_content_after_the_end_of_the_page_is_kept() -> None:
    page = read_page("<html><body><p>前</p></body></html><table><tr><td>规章</td><td>0</td></tr></table><p>后")
    assert [type(block).__name__ for block in page.blocks] == ["Paragraph", "Grid", "Paragraph"]


@pytest.mark.parametrize(
    "element",
    [
        f"<h1>{TITLE}</h1>",
        f"<div><ucaptitle>{TITLE}</ucaptitle></div>",
        f'<div class="article_title text_center">{TITLE}</div>',
        f'<p id="ArticleTitle"><span>{TITLE[:5]}</span>{TITLE[5:]}</p>',
        f'<meta name="ArticleTitle" content="{TITLE}"><p>{TITLE}</p>',
        f"<title>{TITLE}_某县人民政府</title><p><strong>{TITLE}</strong></p>",
    ],
)
def test_title_of_the_article_has_its_role(element: str) -> None:
    page = read_page(f"{element}<p>{SENTENCE}</p>")
    assert [(block.text, block.role) for block in page.blocks if isinstance(block, Paragraph)] == [
        (TITLE, "title"),
        (SENTENCE, "text"),
    ]


def test_headings_and_broken_titles_keep_their_lines() -> None:
    page = read_page(f"<h1>某县财政局<br>2023年年度报告</h1><h2>某县财政局</h2><h3>一、总体情况</h3><p>{SENTENCE}")
    assert [(block.text, block.role) for block in page.blocks if isinstance(block, Paragraph)] == [
        ("某县财政局\n2023年年度报告", "title"),
        ("某县财政局", "heading"),
        ("一、总体情况", "heading"),
        (SENTENCE, "text"),
    ]


def test_tags_that_state_something_are_read_wherever_they_stand() -> None:
    page = read_page(
        '<head><meta name="SiteName" content="某县人民政府"><title> 年报 </title></head><body><article>'
        '<META NAME="SiteIDCode" CONTENT="3213220037"><p>一</p><publishtime>2024-01-17</publishtime></article>'
        '</body></html><meta name="PubDate" content="2024-01-17 10:00">'
    )
    assert page.metadata[:5] == (
        MetadataItem("SiteName", "某县人民政府", 'meta "SiteName"'),
        MetadataItem("SiteIDCode", "3213220037", 'meta "SiteIDCode"'),
        MetadataItem("PubDate", "2024-01-17 10:00", 'meta "PubDate"'),
        MetadataItem("title", "年报", "<title>"),
        MetadataItem("publishtime", "2024-01-17", "<publishtime>"),
    )


def test_lines_of_source_and_time_are_metadata() -> None:
    page = read_page(
        f"<h1>{TITLE}</h1><div>来源：某县财政局 <span>时间：2024-01-17 17:29</span> <a>微信</a> <a>QQ空间</a></div>"
        f"<p>【字体：大 中 小】</p><p>发布日期:2024-01-18</p><p>{SENTENCE}</p><p>责任编辑：张三 【打印】</p>"
    )
    assert list_texts(page) == [TITLE, SENTENCE]
    assert list_metadata(page) == {
        "来源": "某县财政局",
        "时间": "2024-01-17 17:29",
        "字体": "",
        "发布日期": "2024-01-18",
        "责任编辑": "张三",
    }


@pytest.mark.parametrize(
    "line", ["单位：万元", "时间：2023年全年", "数据来源：政府网站", "名称：公开指南", "二、依申请公开 来源：网站"]
)
def test_lines_of_the_article_stay_paragraphs(line: str) -> None:
    assert list_texts(read_page(f"<p>{SENTENCE}</p><p>{line}</p>")) == [SENTENCE, line]


@pytest.mark.parametrize(
    "frame",
    [
        '<div class="header"><a>繁体版</a> <a>移动版</a> <a>无障碍浏览</a> 国务院 省政府</div>',
        '<div class="top-bar">2025年12月30日 星期二<ul><li><a>繁體版</a></li><li><a>智能问答</a></li></ul></div>',
        "<nav><a>首页</a><a>政务公开</a><a>2023年年度报告</a></nav>",
        '<div class="mainNav"><ul><li><a>首页</a></li><li><a>数据开放</a></li></ul></div>',
        "<ul><li><a>机构职能</a></li><li><a>政策文件</a></li><li><a>政府信息公开年报</a></li></ul>",
        '<div class="crumbs">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; 政府信息公开年报</div>',
        "<div>您的位置： <a>首页</a> / <a>年报</a></div>",
        '<div class="x1"><span>全真版</span> <span>文字版</span><p>文件下载</p></div>',
        '<div class="share">分享到： <a>微信</a><a>微博</a></div>',
        "<p>【打印】 【关闭】</p>",
    ],
)
def test_frame_of_the_page_is_left_aside(frame: str) -> None:
    page = read_page(f"{frame}<div class='content'><p>{SENTENCE}</p></div>")
    assert list_texts(page) == [SENTENCE]


@pytest.mark.parametrize("foot", ['<div class="footer">{}</div>', "<footer><p>{}</p></footer>", "<p>{}</p>"])
def test_foot_of_the_page_is_left_aside_but_for_what_it_states(foot: str) -> None:
    text = "主办单位：某县人民政府办公室 网站标识码：3213220037 苏ICP备09032658号"
    page = read_page(f"<p>{SENTENCE}</p>{foot.format(text)}")
    assert list_texts(page) == [SENTENCE]
    assert list_metadata(page) == {"主办单位": "某县人民政府办公室", "网站标识码": "3213220037"}


@pytest.mark.parametrize(
    "element",
    [
        f'<div class="header"><p>{TITLE}</p></div>',
        f'<div class="nav-content"><p>{SENTENCE}</p></div>',
        '<div class="article-footer"><p>某县财政局</p><p>2024年1月16日</p></div>',
        f"<nav><p>{SENTENCE}</p></nav>",
        '<div class="tab"><table><tr><td>规章</td><td>0</td></tr></table></div>',
        '<div class="top"><h1>某县财政局</h1></div>',
        '<ul><li><a href="a.pdf">附件1</a><li><a href="b.doc">附件2</a><li><a href="c.xls">附件3</a></ul>',
        '<div class="bottom">四、结转下年度继续办理 0 0 0 0 0 0 0</div>',
        "<footer>无。</footer>",
        '<div class="location">地址：某县人民路1号</div>',
    ],
)
def test_report_in_an_element_named_like_a_frame_is_kept(element: str) -> None:
    page = read_page(f"<p>{SENTENCE}</p>{element}")
    assert len(page.blocks) > 1


def test_hidden_elements_scripts_and_comments_are_left_out() -> None:
    page = read_page(
        f"<p>{SENTENCE}</p><p style='color:red; DISPLAY :none'>一</p><div hidden><p>二</p></div><script>三</script>"
        '<style>四</style><template><p>五</p></template><!--六--><noscript>七</noscript><b style="mso-hide:all">八</b>'
    )
    assert list_texts(page) == [SENTENCE]


def test_report_behind_a_tab_is_read_and_that_is_said() -> None:
    page = read_page(
        "<div><iframe src='viewer.html?file=a.pdf'></iframe>全真版</div><div style='display:none'><p>一、总体情况</p>"
        "<table><tr><td>本年新收政府信息公开申请数量</td><td>0</td></tr></table></div>"
    )
    assert list_texts(page) == ["一、总体情况"]
    assert any(isinstance(block, Grid) for block in page.blocks)
    assert MetadataItem("hidden_content", "only hidden elements hold the report", "document") in page.metadata


def test_hidden_copy_of_a_report_is_not_read_twice() -> None:
    page = read_page("<p>一、总体情况</p><div style='display:none'><p>一、总体情况</p></div>")
    assert list_texts(page) == ["一、总体情况"]


def test_page_without_text_has_no_blocks() -> None:
    assert read_page("<html><body><img src=a.jpg></body></html>").blocks == ()
