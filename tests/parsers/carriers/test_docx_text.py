"""What a Word document prints and what it keeps beside the print: changes, fields, symbols, numbers, hidden text."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.carriers.detection import get_format
from parsers.carriers.docx import read_docx_members
from parsers.carriers.numerals import write_numeral
from parsers.page import Grid, Page, Paragraph
from tests.parsers.carriers.docx_writer import wrap_body, wrap_numbered
from tests.parsers.carriers.readings import take_page


def read(data: bytes) -> Page:
    return take_page(read_docx_members(data, get_format("docx")))


def read_texts(body: str) -> list[str]:
    return [block.text for block in read(wrap_body(body)).blocks if isinstance(block, Paragraph)]


def read_cells(body: str) -> list[tuple[str, int, int, int, int]]:
    (grid,) = [block for block in read(wrap_body(body)).blocks if isinstance(block, Grid)]
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def print_text(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def print_paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}{print_text(text)}</w:p>"


def print_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{print_paragraph(text)}</w:tc>"


def print_table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


BOX = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
FIELD_MARKS = ("begin", "separate", "end")
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>{code}'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        pytest.param("<w:r><w:t>2</w:t></w:r><w:r><w:t>0</w:t></w:r>", "20", id="split_runs"),
        pytest.param(
            "<w:del><w:r><w:delText>1</w:delText></w:r></w:del><w:ins><w:r><w:t>2</w:t></w:r></w:ins>",
            "2",
            id="changes",
        ),
        pytest.param(
            "<w:moveFrom><w:r><w:t>1</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>2</w:t></w:r></w:moveTo>",
            "2",
            id="moves",
        ),
        pytest.param(FIELD.format(code=""), "12", id="field"),
        pytest.param(FIELD.format(code="<w:r><w:t>99</w:t></w:r>"), "12", id="text_in_the_code_of_a_field"),
        pytest.param('<w:fldSimple w:instr="PAGE"><w:r><w:t>12</w:t></w:r></w:fldSimple>', "12", id="simple_field"),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>12</w:t></w:r>', "12", id="field_without_end"
        ),
        pytest.param("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接", id="link"),
        pytest.param('<w:r><w:sym w:font="Symbol" w:char="F02F"/></w:r>', "/", id="symbol"),
        pytest.param('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "\uf0fc", id="symbol_of_its_own"),
        pytest.param('<w:r><w:sym w:font="宋体" w:char="2014"/></w:r>', "—", id="symbol_of_a_text_font"),
        pytest.param("<w:r><w:noBreakHyphen/><w:t>5</w:t></w:r>", "-5", id="hyphen"),
        pytest.param("<w:r><w:t>公</w:t><w:softHyphen/><w:t>开</w:t></w:r>", "公开", id="soft_hyphen"),
        pytest.param(
            "<w:r><w:t>商业</w:t><w:br/><w:t>企业</w:t><w:tab/><w:t>家</w:t></w:r>", "商业\n企业\t家", id="breaks"
        ),
        pytest.param("<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>1</w:t></w:r>", "1", id="hidden"),
        pytest.param('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>1</w:t></w:r>', "1", id="not_hidden"),
        pytest.param(
            "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>1</w:t></w:r></w:sdtContent></w:sdt>", "1", id="content_control"
        ),
        pytest.param("<w:smartTag><w:r><w:t>1</w:t></w:r></w:smartTag>", "1", id="smart_tag"),
        pytest.param("<m:oMath><m:r><m:t>1</m:t></m:r></m:oMath>", "1", id="formula"),
        pytest.param(
            "<w:r><w:ruby><w:rt><w:r><w:t>gong</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "公",
            id="guide",
        ),
        pytest.param('<w:r><w:t>甲</w:t><w:footnoteReference w:id="1"/></w:r>', "甲", id="note"),
        pytest.param("<w:unheardOf><w:r><w:t>甲</w:t></w:r></w:unheardOf>", "甲", id="unknown_element"),
        pytest.param("<w:r><w:rPr><w:t>9</w:t></w:rPr><w:t>1</w:t></w:r>", "1", id="text_in_properties"),
        pytest.param("<w:r><w:t>1<w:unheardOf/>9</w:t></w:r>", "1", id="element_in_a_text"),
        pytest.param("<w:r><w:t><w:unheardOf/>9</w:t><w:t>1</w:t></w:r>", "1", id="element_before_a_text"),
    ],
)
def test_paragraph_is_read_as_printed(inside: str, text: str) -> None:
    assert read_texts(f"<w:p>{inside}</w:p>") == [text]


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(
            f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
            id="both_ways",
        ),
        pytest.param(
            "<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
            id="fallback_alone",
        ),
        pytest.param(f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict>", id="old_way"),
    ],
)
def test_text_box_is_counted_once(box: str) -> None:
    assert read_texts(f"<w:p>{print_text('前')}<w:r>{box}</w:r></w:p>{print_paragraph('后')}") == ["前", "框内", "后"]


@given(st.lists(st.lists(st.text("公开 01\u3000&<\n", max_size=3), max_size=4), max_size=4))
def test_texts_of_runs_are_read_as_by_a_walk(paragraphs: list[list[str]]) -> None:
    printed = "".join(f"<w:p>{''.join(print_text(escape(text)) for text in texts)}</w:p>" for texts in paragraphs)
    body = f"{printed}<w:tbl><w:tr><w:tc>{printed}</w:tc><w:tc>{print_paragraph('7')}</w:tc></w:tr></w:tbl>"
    link = f"<w:p><w:hyperlink>{print_text('链接')}</w:hyperlink></w:p>"
    assert read(wrap_body(body)).blocks == read(wrap_body(body + link)).blocks[:-1]


def test_code_of_a_field_may_run_over_paragraphs() -> None:
    begin, part, end = (f'<w:p><w:r><w:fldChar w:fldCharType="{kind}"/></w:r></w:p>' for kind in FIELD_MARKS)
    assert read_texts(begin + print_paragraph("99") + part + print_paragraph("12") + end) == ["12"]


def test_deleted_paragraph_end_joins_the_next_paragraph() -> None:
    properties = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    assert read_texts(print_paragraph("一、总体", properties) + print_paragraph("情况")) == ["一、总体情况"]


def test_what_was_left_out_is_named() -> None:
    body = (
        "<w:p><w:ins w:id='1'><w:r><w:t>甲</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>乙</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>丙</w:t></w:r></w:p><w:altChunk/>"
    )
    assert [(item.name, item.value) for item in read(wrap_body(body)).metadata] == [
        ("tracked_changes", "read as accepted: 1 insertions kept, 1 deletions left out"),
        ("hidden_text", "1 hidden pieces left out"),
        ("embedded_documents", "1 documents embedded as a whole not read"),
    ]


def test_merged_cells_have_their_places() -> None:
    table = print_table(
        print_cell("角", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
        + print_cell("法人", '<w:gridSpan w:val="2"/>'),
        print_cell("", '<w:gridSpan w:val="2"/><w:vMerge/>') + print_cell("商业") + print_cell("科研"),
        print_cell("三", '<w:vMerge w:val="restart"/>') + print_cell("公开") + print_cell("1") + print_cell("2"),
        print_cell("", "<w:vMerge/>") + print_cell("部分") + print_cell("3") + print_cell("4"),
    )
    assert read_cells(table) == [
        ("角", 0, 0, 2, 2),
        ("法人", 0, 2, 1, 2),
        ("商业", 1, 2, 1, 1),
        ("科研", 1, 3, 1, 1),
        ("三", 2, 0, 2, 1),
        ("公开", 2, 1, 1, 1),
        ("1", 2, 2, 1, 1),
        ("2", 2, 3, 1, 1),
        ("部分", 3, 1, 1, 1),
        ("3", 3, 2, 1, 1),
        ("4", 3, 3, 1, 1),
    ]


def test_rows_that_begin_late_and_cells_merged_the_old_way_have_their_places() -> None:
    table = (
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>"
        + print_cell("甲")
        + "</w:tr><w:tr>"
        + print_cell("乙", '<w:hMerge w:val="restart"/>')
        + print_cell("", "<w:hMerge/>")
        + print_cell("丙")
        + "</w:tr></w:tbl>"
    )
    assert read_cells(table) == [("甲", 0, 2, 1, 1), ("乙", 1, 0, 1, 2), ("丙", 1, 2, 1, 1)]


def test_deleted_and_hidden_rows_and_deleted_cells_are_left_out() -> None:
    table = (
        "<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr>"
        + print_cell("删")
        + "</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>"
        + print_cell("隐")
        + "</w:tr><w:tr>"
        + print_cell("甲")
        + print_cell("乙", "<w:cellDel w:id='2'/>")
        + print_cell("1")
        + "</w:tr></w:tbl>"
    )
    assert [text for text, *_ in read_cells(table)] == ["甲", "1"]


def test_text_under_a_merge_is_named_and_not_printed() -> None:
    table = print_table(
        print_cell("甲", '<w:vMerge w:val="restart"/>') + print_cell("1"),
        print_cell("乙", "<w:vMerge/>") + print_cell("2"),
    )
    page = read(wrap_body(table))
    assert [(item.name, item.value) for item in page.metadata] == [
        ("covered_text", "1 cells with text that a merge covers left out")
    ]
    assert "乙" not in [cell.text for block in page.blocks if isinstance(block, Grid) for cell in block.cells]


def test_table_inside_a_cell_is_a_grid_of_its_own() -> None:
    inner = print_table(print_cell("内") + print_cell("7"))
    cell = f"<w:tc>{print_paragraph('外')}{inner}<w:p/></w:tc>"
    page = read(wrap_body(print_table(cell + print_cell("1") + print_cell("2") + print_cell("3"))))
    assert [
        (block.locator, [cell.text for cell in block.cells]) for block in page.blocks if isinstance(block, Grid)
    ] == [
        ("table 1", ["外", "1", "2", "3"]),
        ("table 2", ["内", "7"]),
    ]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    cell = f"<w:sdt><w:sdtContent>{print_cell('1')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{print_cell('甲')}{cell}</w:tr></w:sdtContent></w:sdt>"
    assert [text for text, *_ in read_cells(f"<w:tbl>{row}</w:tbl>")] == ["甲", "1"]


def number_paragraph(text: str, list_id: int, level: int = 0) -> str:
    return print_paragraph(
        text, f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
    )


LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="{first}"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="{second}"/></w:lvl>'
)


def test_automatic_numbers_are_printed_and_counted_as_word_does() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{LEVELS.format(first="（%1）", second="%2.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = (
        number_paragraph("予以公开", 1)
        + number_paragraph("部分公开", 1)
        + number_paragraph("属于国家秘密", 1, 1)
        + number_paragraph("其他", 1, 1)
        + number_paragraph("不予公开", 1)
        + number_paragraph("信访", 1, 1)
        + number_paragraph("另起", 2)
        + number_paragraph("没有编号", 0)
        + number_paragraph("没有这个列表", 9)
    )
    page = read(wrap_numbered(body, numbering))
    assert [block.text for block in page.blocks if isinstance(block, Paragraph)] == [
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "2.其他",
        "（三）不予公开",
        "1.信访",
        "（五）另起",
        "没有编号",
        "没有这个列表",
    ]


def test_number_styles_that_are_not_known_are_named() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="hebrew1"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    page = read(wrap_numbered(number_paragraph("甲", 1), numbering))
    assert [item.value for item in page.metadata] == ["number styles not known: hebrew1"]


@pytest.mark.parametrize(
    ("style", "numbers", "written"),
    [
        ("chineseCounting", (1, 10, 11, 20, 25, 99, 100, 105), "一 十 十一 二十 二十五 九十九 一〇〇 一〇五"),
        ("chineseCountingThousand", (10, 100, 105, 110, 1005, 2023), "十 一百 一百零五 一百一十 一千零五 二千零二十三"),
        ("chineseLegalSimplified", (1, 10, 21), "壹 壹拾 贰拾壹"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 甲"),
        ("decimalEnclosedCircleChinese", (1, 20, 21), "① ⑳ 21"),
        ("decimalFullWidth", (12,), "１２"),
        ("decimalZero", (1, 12), "01 12"),
        ("lowerRoman", (4, 9, 14), "iv ix xiv"),
        ("upperLetter", (1, 26, 27), "A Z AA"),
    ],
)
def test_counters_are_written_as_word_processors_do(style: str, numbers: tuple[int, ...], written: str) -> None:
    assert " ".join(write_numeral(number, style) or "" for number in numbers) == written
