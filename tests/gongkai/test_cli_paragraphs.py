"""Lines in a terminal: folded between Chinese characters and words, at their indent, with nothing lost."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from gongkai.commands.paragraphs import Line, Paragraph, fold_line

MIXED = st.text(alphabet="收到申请（，。）“”12 abc", max_size=60)


@given(MIXED, st.integers(min_value=8, max_value=30))
def test_folding_loses_nothing_but_white_space_and_keeps_the_width(text: str, width: int) -> None:
    parts = fold_line(text, width)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < cell_len(part) <= width for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("表三没有印出 22 个行名：自然人", ["表三没有印", "出 22 个行", "名：自然人"]),
        ("各项办理结果之和，总计", ["各项办理结", "果之和，总", "计"]),
        ("各项办理结果，总计", ["各项办理结", "果，总计"]),
        ("received new and more", ["received", "new and", "more"]),
        ("24252.311082999", ["24252.3110", "82999"]),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, parts: list[str]) -> None:
    assert fold_line(text, 10) == parts


def test_line_goes_on_at_its_indent() -> None:
    output = StringIO()
    Console(file=output, width=12).print(Paragraph((Line(0, "本年新收"), Line(4, "自然人：印为 23"))))
    assert [line.rstrip() for line in output.getvalue().splitlines()] == [
        "本年新收",
        "    自然人：",
        "    印为 23",
    ]
