"""Addresses: one form for each page, and which addresses are public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import AddressError, compute_key, is_public, normalise_address
from crawler.shelf import name_file
from crawler.words import find_year


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://WWW.Example.gov.cn:80/a.html#top", "http://www.example.gov.cn/a.html"),
        ("https://example.gov.cn:443", "https://example.gov.cn/"),
        ("http://example.gov.cn/202401/t20240120_1_wap.html", "http://example.gov.cn/202401/t20240120_1.html"),
        ("http://example.gov.cn/a.jsp;jsessionid=0A1B?x=1", "http://example.gov.cn/a.jsp?x=1"),
        ("http://example.gov.cn/年报.html", "http://example.gov.cn/%E5%B9%B4%E6%8A%A5.html"),
        ("../b.html", "http://example.gov.cn/b.html"),
        ("//cdn.example.gov.cn/x", "http://cdn.example.gov.cn/x"),
    ],
)
def test_address_has_one_form(written: str, normal: str) -> None:
    assert normalise_address(written, "http://example.gov.cn/a/index.html") == normal


@pytest.mark.parametrize(
    "written", ["ftp://example.gov.cn/", "file:///etc/passwd", "http://", "http://u:p@example.gov.cn/", "http://[::1"]
)
def test_what_is_no_address_of_the_web_is_refused(written: str) -> None:
    with pytest.raises(AddressError):
        normalise_address(written)


def test_twin_host_is_the_same_page() -> None:
    twins = {"example.gov.cn": "www.example.gov.cn"}
    assert compute_key("https://example.gov.cn/a?b=1", twins) == compute_key("http://www.example.gov.cn/a?b=1", twins)
    assert compute_key("http://example.gov.cn:8080/a") != compute_key("http://example.gov.cn/a")


@given(st.text(max_size=80))
def test_normal_form_is_its_own(text: str) -> None:
    try:
        normal = normalise_address(text, "http://example.gov.cn/a/")
    except AddressError:
        return
    assert normalise_address(normal) == normal


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("8.8.8.8", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("240e:e9:6002:15c:0:ff:b015:146f", True),
    ],
)
def test_private_addresses_are_known(ip: str, public: bool) -> None:
    assert is_public(ip) is public


@given(st.text(max_size=300))
def test_name_of_a_file_is_never_a_path(text: str) -> None:
    try:
        name = name_file(normalise_address(text, "http://example.gov.cn/a/"))
    except AddressError:
        return
    assert not set(name) & set("/\\:\0\n")
    assert 0 < len(name) <= 120


@pytest.mark.parametrize(
    ("text", "address", "year"),
    [
        ("某局2023年政府信息公开工作年度报告", "http://a.cn/1.html", 2023),
        ("2022年度", "http://a.cn/1.html", 2022),
        ("（2021）", "http://a.cn/1.html", 2021),
        ("年报", "http://a.cn/xzxxgknb2021/", 2021),
        ("年报", "http://a.cn/zfxxgknb/bm/2024n/", 2024),
        ("年报", "http://a.cn/module/xxgkAnnualReport.jsp?area=1&fbtime=2019", 2019),
        ("年报", "http://a.cn/202401/t20240120_1.html", None),
    ],
)
def test_year_is_named_by_text_or_folder(text: str, address: str, year: int | None) -> None:
    assert find_year(text, address) == year
