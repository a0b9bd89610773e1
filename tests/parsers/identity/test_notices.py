"""The notice that a report cites, and the code of its website."""

import pytest

from tests.parsers.identity.pages import CHAPTERS, PREAMBLE, TITLE, build_page
from tests.parsers.page_readings import read_page_identity


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("按照格式（国办公开办函〔2021〕30号）编制。", "国办公开办函〔2021〕30号"),
        ("按照格式（国办公开办函[2021]30号）编制。", "国办公开办函〔2021〕30号"),
        ("按照格式（国办公开办函 ﹝2021﹞ 30 号）编制。", "国办公开办函〔2021〕30号"),
        ("按照格式（国办公开办函（2021）30号）编制。", "国办公开办函〔2021〕30号"),
        (
            "按照国办公开办函〔2019〕60号、国办公开办函〔2021〕30号编制。",
            "国办公开办函〔2019〕60号; 国办公开办函〔2021〕30号",
        ),
        ("按照国办公开办函〔2021〕30号编制，国办公开办函〔2021〕30号另有规定的除外。", "国办公开办函〔2021〕30号"),
        ("按照国办发〔2014〕32号编制。", "国办发〔2014〕32号"),
        ("按照国办发〔2020〕17号、国办函〔2020〕109号、狮政办〔2023〕1号办理。", None),
        ("未引用通知。", None),
    ],
)
def test_notice_is_given_as_printed(text: str, notice: str | None) -> None:
    identity, _ = read_page_identity(build_page(TITLE, text, *CHAPTERS))
    assert identity.cited_notice == notice


@pytest.mark.parametrize(
    ("metadata", "line", "code"),
    [
        ({"SiteIDCode": "3505810001"}, "", "3505810001"),
        ({"siteidcode": " 3505810001 "}, "", "3505810001"),
        ({"网站标识码": "3505810001"}, "", "3505810001"),
        ({}, "主办单位：石狮市人民政府 网站标识码：3505810001 备案号09032658号", "3505810001"),
        ({"SiteIDCode": "3505810001"}, "网站标识码：3590000001", "3505810001"),
        ({}, "网站标识码：35058100012", None),
        ({"SiteIDCode": "35058"}, "", None),
        ({}, "电话：0595-8878901", None),
    ],
)
def test_site_code_has_ten_digits(metadata: dict[str, str], line: str, code: str | None) -> None:
    page = build_page(TITLE, PREAMBLE, *CHAPTERS, *filter(None, [line]), carrier="html", metadata=metadata)
    identity, _ = read_page_identity(page)
    assert identity.site_id_code == code
