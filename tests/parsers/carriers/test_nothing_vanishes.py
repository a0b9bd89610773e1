"""No text of a document vanishes: what is printed in it stands in a block or in what the page states about itself."""

import html
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers.carriers import read_document
from parsers.page import Page, Paragraph

HAN = "公开政府信息年度报告申请数量规章许可处罚一二三、（）。：：甲乙丙"
# What a text file's tables are drawn with, and what converters put in: left out by name.
TEXT_MARKS = "|#*-=—－\\"

words = st.text(alphabet=HAN + "0123456789./-", min_size=1, max_size=12)
figures = st.sampled_from(["0", "12", "3.5", "/", "-3", "4,168", "", " ", "　0", "１３６"])
cells = st.one_of(words, figures)
sentences = st.lists(words, min_size=1, max_size=12).map("".join)


def count_printed(text: str, left_out: str = "") -> Counter[str]:
    """How often each character stands in a text, white space and what is left out by name aside."""
    return Counter(c for c in text if not c.isspace() and c not in left_out)


def list_texts(page: Page) -> list[str]:
    """All texts of a page: blocks, cells, and names and values of what it states."""
    texts = [item.name + item.value for item in page.metadata if item.locator != "document"]
    for block in page.blocks:
        texts.extend([block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells])
    return texts


def read_page(data: bytes) -> Page:
    """The page of one document."""
    (member,) = read_document(data)
    assert member.page is not None, member
    return member.page


tab_cells = cells.map(lambda cell: f"\t{cell}")
rows = st.lists(cells, min_size=1, max_size=9)
lines = st.one_of(
    sentences,
    cells,
    tab_cells,
    rows.map("\t".join),
    rows.map(" | ".join),
    rows.map(lambda row: f"| {' | '.join(row)} |"),
    rows.map("   ".join),
    cells.map(lambda cell: f"{cell} |"),
    words.map(lambda word: f"## {word}"),
    st.sampled_from(
        ["", "", "", "|", "|||", "|---|---|", "三、收到和处理政府信息公开申请情况", "\t", "来源：甲 时间：乙"]
    ),
)
# Longer runs of one kind, as tables are.
runs = st.one_of(
    lines.map(lambda line: [line]),
    st.lists(st.one_of(tab_cells, st.just(""), words), max_size=40),
    st.lists(st.one_of(cells, st.just("")), max_size=40),
    st.lists(rows.map("\t".join), max_size=8),
    st.lists(rows.map("  ".join), max_size=8),
    st.lists(cells.map(lambda cell: f"{cell} |"), max_size=12),
)


@given(st.lists(runs, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
@example([["\t规章", "\t0", "\t0", "", "续", "", "后", "\t1"]], "\n")
@example([["规章", "0", "", "1"] * 5], "\n")
@example([["|---|---|"] * 5, ["甲|乙", "---|---", "---|---"]], "\n")
@settings(max_examples=200, deadline=None)
def test_every_character_of_a_text_is_kept(document: list[list[str]], line_end: str) -> None:
    text = line_end.join(line for run in document for line in run)
    if not text.strip():
        return
    page = read_page(text.encode())
    left_out = TEXT_MARKS + ":："
    assert count_printed("".join(list_texts(page)), left_out) == count_printed(text, left_out)


@given(st.lists(runs, max_size=8))
@settings(deadline=None)
def test_locators_of_a_text_name_the_line_that_holds_the_text(document: list[list[str]]) -> None:
    lines_of_text = "\n".join(line for run in document for line in run).split("\n")
    if not "".join(lines_of_text).strip():
        return
    for block in read_page("\n".join(lines_of_text).encode()).blocks:
        for piece in [block] if isinstance(block, Paragraph) else block.cells:
            number = int(piece.locator.removeprefix("line ").partition(",")[0])
            first = piece.text.partition("\n")[0]
            assert first in "\n".join(lines_of_text[number - 1 : number + 4])


inline = st.one_of(
    words.map(html.escape),
    words.map(lambda word: f"<span style='color:red'>{html.escape(word)}</span>"),
    words.map(lambda word: f"<font><b>{html.escape(word)}</b></font>"),
    st.sampled_from(["&nbsp;", "<br>", " ", "<o:p>&nbsp;</o:p>", "\n", "<a name='x'></a>"]),
)
flow = st.lists(inline, max_size=6).map("".join)
paragraphs = st.one_of(
    flow.map(lambda text: f"<p>{text}</p>"),
    flow.map(lambda text: f"<div class='content'>{text}"),
    flow.map(lambda text: f"<h3>{text}</h3>"),
    flow.map(lambda text: f"<ul><li>{text}<li>{text}</ul>"),
    flow,
)
spans = st.sampled_from(["", "", " rowspan=2", " colspan=3", " rowspan=0", " colspan=x"])


def build_table(printed: list[list[tuple[str, str]]]) -> str:
    """A table with these rows of spans and contents."""
    rows_of_cells = ("".join(f"<td{span}>{content}</td>" for span, content in row) for row in printed)
    return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows_of_cells)}</table>"


def extend(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tables, and elements around several blocks."""
    table = st.lists(st.lists(st.tuples(spans, content), max_size=4), max_size=4).map(build_table)
    return st.one_of(table, st.lists(content, max_size=4).map(lambda parts: f"<div>{''.join(parts)}</div>"))


blocks = st.recursive(paragraphs, extend, max_leaves=25)


@given(st.lists(blocks, max_size=6).map("".join))
@settings(max_examples=100, deadline=None)
def test_every_character_of_a_page_is_kept(body: str) -> None:
    page = read_page(f"<html><body>{body}</body></html>".encode())
    printed = "".join(part.partition(">")[2] for part in f"x>{body}".split("<"))
    left_out = ":：[]【】"
    assert count_printed("".join(list_texts(page)), left_out) == count_printed(html.unescape(printed), left_out)
