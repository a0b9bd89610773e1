"""Agency, year and chapters of published reports, as read by people."""

import json
import os
import unicodedata
from pathlib import Path

import pytest

from parsers.carriers import read_document
from parsers.identity import is_report_title
from parsers.page import Page
from tests.parsers.page_readings import read_page_chapters, read_page_identity

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / os.environ.get("GONGKAI_REPORTS", "../shared/reports")
EXPECTED = sorted(path.name.removesuffix(".json") for path in FOLDER.glob("expected/*.json"))
READABLE = [name for name in EXPECTED if name.endswith((".txt", ".html"))]
OTHERS = {
    "平潭综合实验区_2015_older.html": ("平潭综合实验区", 2015),
    "平潭综合实验区_2019.page.txt": ("平潭综合实验区", 2019),
}


def read_page(folder: Path, name: str) -> Page:
    member = read_document((folder / name).read_bytes())[0]
    assert member.page is not None, member.status_detail
    return member.page


def squeeze(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())


@pytest.mark.parametrize("name", READABLE or ["none"])
def test_agency_and_year_of_published_report(reports_folder: Path, name: str) -> None:
    expected = json.loads((reports_folder / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    identity, findings = read_page_identity(read_page(reports_folder, name))
    assert squeeze(identity.agency_name) == squeeze(expected["agency"])
    assert identity.report_year == expected["year"]
    assert is_report_title(identity.title_text or "")
    assert findings == ()
    if "published" in expected:
        assert str(identity.signed_date) == expected["published"]
        assert identity.published_date is None


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_agency_and_year_of_report_without_expected_cells(reports_folder: Path, name: str) -> None:
    identity, findings = read_page_identity(read_page(reports_folder, name))
    assert (identity.agency_name, identity.report_year) == OTHERS[name]
    assert findings == ()


@pytest.mark.parametrize(
    ("name", "signed", "published", "source", "code", "notice"),
    [
        ("000_61ef42bbadb78f8f.txt", "2024-01-16", None, None, None, None),
        ("001_a35adbab64109d73.txt", None, None, None, None, "国办公开办函〔2021〕30号"),
        ("003_573e4a8dc2d910d9.txt", None, None, None, None, "国办公开办函〔2019〕60号"),
        ("上海市人民政府办公厅_2019.html", None, "2020-01-31", "page_text", None, None),
        ("平潭公安局_2021.html", "2022-01-07", "2022-01-14", "page_meta", "3590000001", None),
        ("平潭综合实验区_2019.page.txt", None, "2020-01-20", "page_text", None, None),
        ("平潭综合实验区_2020.html", None, "2021-03-05", "page_meta", "3590000001", "国办公开办函〔2019〕60号"),
        ("沭阳县人民政府_2025.txt", "2026-01-23", None, None, None, "国办公开办函〔2021〕30号"),
        ("沭阳县发展和改革局_2023.html", "2024-01-17", "2024-01-17", "page_meta", "3213220037", None),
    ],
)
def test_dates_notice_and_site_of_published_report(
    reports_folder: Path,
    name: str,
    signed: str | None,
    published: str | None,
    source: str | None,
    code: str | None,
    notice: str | None,
) -> None:
    identity, _ = read_page_identity(read_page(reports_folder, name))
    dates = (identity.signed_date, identity.published_date)
    assert tuple(None if date is None else date.isoformat() for date in dates) == (signed, published)
    assert identity.published_date_source == source
    assert identity.site_id_code == code
    assert identity.cited_notice == notice


@pytest.mark.parametrize("name", [*READABLE, *OTHERS] or ["none"])
def test_chapters_of_published_report_are_found(reports_folder: Path, name: str) -> None:
    cut = {"区统计局_2023_截断.txt": [0, 2, 3], "平潭综合实验区_2015_older.html": [0, 1, 2, 3, 4, 5]}
    chapters = read_page_chapters(read_page(reports_folder, name))
    assert [chapter.chapter for chapter in chapters] == cut.get(name, [0, 1, 2, 3, 4, 5, 6])
    bodies = {chapter.chapter: chapter.body_text for chapter in chapters}
    assert all(bodies[number] for number in (1, 5, 6) if number in bodies)
