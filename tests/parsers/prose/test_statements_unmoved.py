"""What must not change a statement: words, dates, numbers and figures of other things around it."""

import re
from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parsers.prose.test_statements import EXAMPLES, read_text, write_statement

# Sentences that name no year of their own, so that what is put before them decides nothing.
PLAIN = [example["text"] for example in EXAMPLES if "202" not in example["text"]]
TEXTS = st.sampled_from(PLAIN)

NUMBERS = st.text(digits, min_size=3, max_size=11).filter(lambda text: not text.startswith("0"))
DATES = st.dates().map(lambda date: f"{2023}年{date.month}月{date.day}日")
UNRELATED = st.sampled_from(
    [
        "各项工作扎实推进",
        "组织领导进一步加强",
        "修建农村道路3条",
        "新建学校2所",
        "栽种树木5000株",
        "参加人员来自4个村",
        "地方生产总值增长6.5%",
        "帮扶困难家庭35户",
        "领导小组由9人组成",
        "答复期限为20个工作日",
        "投入工作经费5万元",
        "惠及企业860家",
        "粉丝总数达5万",
    ]
)
PHONES = st.builds("联系电话0{}-{}".format, st.integers(310, 999), st.integers(1000000, 99999999))
DOCUMENTS = st.builds("根据国办公开办函〔{}〕{}号要求".format, st.integers(2019, 2023), st.integers(1, 300))
CODES = NUMBERS.map("邮政编码{}".format)
PLACES = st.integers(1, 999).map("办公地址为人民路{}号".format)
# Figures of others, and how much more or less than the year before.
OF_OTHERS = st.sampled_from(
    ["指导各单位公开信息35条", "督促各单位更新信息120条", "同比多公开信息56条", "比上年多发布信息12条"]
)
ASIDES = st.one_of(UNRELATED, PHONES, DOCUMENTS, CODES, PLACES, DATES.map("于{}完成整改".format))
OTHER_YEARS = st.builds("{}年主动公开信息{}条".format, st.integers(2008, 2022), st.integers(1, 99999))


@pytest.fixture(autouse=True, scope="module")
def grammar() -> None:
    """Loads the grammar once, outside of any example's time."""
    read_text("公开信息1条")


def read_year(text: str) -> list[str]:
    """The statements of the year, without the numbers of their wholes."""
    return [re.sub(r" of:\d+", "", write_statement(s)) for s in read_text(text) if s.period == "year"]


@given(TEXTS, ASIDES)
def test_sentence_before_or_behind_changes_nothing(text: str, aside: str) -> None:
    assert read_year(f"{aside}。{text}。{aside}。") == read_year(text)


@given(TEXTS, ASIDES)
def test_clause_before_changes_nothing(text: str, aside: str) -> None:
    assert read_year(f"{aside}，{text}") == read_year(text)


@given(TEXTS, ASIDES)
def test_clause_behind_changes_nothing(text: str, aside: str) -> None:
    assert read_year(f"{text}，{aside}") == read_year(text)


@given(TEXTS, ASIDES, st.data())
def test_clause_between_changes_nothing(text: str, aside: str, data: st.DataObject) -> None:
    stops = [match.end() for match in re.finditer("[，；](?!同比|较)(?=[^，；]*\\d)", text)]
    place = data.draw(st.sampled_from([0, *stops]))
    assert read_year(f"{text[:place]}{aside}，{text[place:]}") == read_year(text)


@given(TEXTS, DATES)
def test_date_before_changes_nothing(text: str, date: str) -> None:
    assert read_year(f"截至{date}，{text}") == read_year(text)


@given(TEXTS, OF_OTHERS)
def test_figures_of_others_change_nothing(text: str, other: str) -> None:
    assert read_year(f"{other}。{text}。{other}。") == read_year(text)


@given(TEXTS, OTHER_YEARS)
def test_other_years_figures_change_nothing(text: str, other: str) -> None:
    assert read_year(f"{other}。{text}。{other}。") == read_year(text)


@given(TEXTS, OTHER_YEARS)
def test_other_years_figures_in_the_sentence_change_nothing(text: str, other: str) -> None:
    assert read_year(f"{other}；本年{text}") == read_year(f"本年{text}")


@given(TEXTS, st.sampled_from([" ", "\u3000", "\u200b", "**"]), st.data())
def test_space_and_marks_change_nothing(text: str, mark: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert read_year(f"{text[:place]}{mark}{text[place:]}") == read_year(text)


@given(st.text(max_size=60))
def test_any_text_is_read_to_frozen_statements(text: str) -> None:
    assert all(statement.value.is_finite() and statement.sentence_text in text for statement in read_text(text))
