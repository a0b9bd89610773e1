"""The bundled samples: made from their facts, in our own words, and listed."""

import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import yaml

from parsers.carriers import read_document
from parsers.form.model import load_form
from parsers.page import Paragraph
from tests.samples.sample_files import EXPECTED, SAMPLES, SCAN, list_names, read_members

ROOT = Path(__file__).resolve().parents[2]
# The longest run that facts alone force on two texts is 国办公开办函〔2021〕30号, with 15 characters.
SHARED_RUN_LENGTH = 16
HINT = "hint: run `python data/samples/render_samples.py` and `python data/samples/render_documents.py`"
CARRIERS = {"doc", "docx", "html", "mhtml", "pdf", "rtf", "text", "xlsx"}
# Fonts of another release print a little differently: shades of grey, and the size of the pictures compared.
OLD_WORD = b"\xd0\xcf\x11\xe0"
ALIKE, SMALL = 3, (40, 56)


def strip_text(text: str) -> str:
    """Text after NFKC and without white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def find_reports() -> Path:
    """The folder of published reports; without it the test is skipped, or fails where they are required."""
    reports = ROOT / os.environ.get("GONGKAI_REPORTS", "../shared/reports")
    if not reports.is_dir():
        assert os.environ.get("GONGKAI_REQUIRE_REPORTS") != "1", f"no reports in `{reports}`"
        pytest.skip(f"no reports in `{reports}`")
    return reports


def read_content(path: Path) -> object:
    """The bytes of a file; of a package its files, because compression differs between machines; of an old Word
    document what is read from it, because the programs that write it differ too."""
    return _read_content(path.read_bytes())


def _read_content(data: bytes) -> object:
    if data.startswith(OLD_WORD):
        return [member.page for member in read_document(data)]
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(BytesIO(data)) as package:
        return [(info.filename, info.date_time, _read_content(package.read(info))) for info in package.infolist()]


def list_files(folder: Path) -> dict[str, object]:
    """Every rendered file below a folder with its content, but for scans."""
    paths = (path for room in ("reports", "expected") for path in (folder / room).iterdir())
    return {path.relative_to(folder).as_posix(): read_content(path) for path in paths if SCAN not in path.name}


def shrink_pages(scan: Path) -> np.ndarray:
    """The pages of a scan as small grey pictures."""
    with pypdfium2.PdfDocument(scan) as document:
        return np.array([page.render(grayscale=True).to_pil().resize(SMALL) for page in document], dtype=int)


@pytest.mark.slow
def test_samples_are_rendered_from_their_facts(tmp_path: Path) -> None:
    for script in ("render_samples.py", "render_documents.py"):
        subprocess.run([sys.executable, SAMPLES / script, "--out", tmp_path], check=True)
    rendered, kept = list_files(tmp_path), list_files(SAMPLES)
    assert sorted(rendered) == sorted(kept), HINT
    changed = [name for name, content in kept.items() if content != rendered[name]]
    assert not changed, HINT
    (scan,), (kept_scan,) = ((folder / "reports").glob(f"*{SCAN}") for folder in (tmp_path, SAMPLES))
    assert scan.name == kept_scan.name
    pages, kept_pages = shrink_pages(scan), shrink_pages(kept_scan)
    assert pages.shape == kept_pages.shape
    assert np.abs(pages - kept_pages).mean() < ALIKE, HINT
    assert np.abs(pages - np.roll(kept_pages, SMALL[1] // 2, axis=1)).mean() > ALIKE, "the bound is too wide to tell"


def test_samples_show_both_editions_and_several_years_of_one_agency() -> None:
    editions = {edition for expected in EXPECTED.values() for edition in expected["editions"].values()}
    years = {expected["year"] for expected in EXPECTED.values() if expected["agency"] == "平潭综合实验区"}
    assert len(EXPECTED) >= 12
    assert editions == {"format_2019", "format_2021", "local_sheet"}
    assert {2020, 2021} <= years


@pytest.mark.slow
def test_samples_come_in_every_carrier_and_are_small() -> None:
    files = list((SAMPLES / "reports").iterdir())
    members = [member for path in files for member in read_members(path.name)]
    assert {member.carrier for member in members} >= CARRIERS
    assert [member for member in members if member.member]
    assert [member for member in members if member.reader.startswith("rapidocr")]
    assert sum(path.stat().st_size for path in files) < 1_500_000


@pytest.mark.parametrize("name", list_names())
def test_sample_says_that_it_is_one_and_is_listed(name: str) -> None:
    file = SAMPLES / "reports" / EXPECTED[name]["file"]
    (member,) = [m for m in read_members(file.name) if m.member == EXPECTED[name]["member"]]
    assert member.page
    assert [block for block in member.page.blocks if isinstance(block, Paragraph) and "样例：" in block.text]
    for listed in {file.name, EXPECTED[name]["member"] or file.name}:
        assert f"| `{listed}` |" in (ROOT / "data" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_carries_no_wording_of_a_real_report(name: str) -> None:
    files = [path for path in find_reports().iterdir() if path.suffix in (".txt", ".html")]
    real = "\n".join(strip_text(re.sub(r"<[^>]+>", "", path.read_text("utf-8"))) for path in files)
    facts = yaml.load((SAMPLES / "facts" / f"{name}.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    for text in (strip_text(text) for chapter in facts["chapters"] for text in chapter.get("text", [])):
        runs = (text[start : start + SHARED_RUN_LENGTH] for start in range(len(text) - SHARED_RUN_LENGTH + 1))
        assert not [run for run in runs if run in real], f"{text}; hint: say it in other words"


# A person read these two from a page whose cells no expected file lists: the sheet of 2015 and the fused text of 2019.
UNLISTED = {"平潭综合实验区_2015_older_sheet", "平潭综合实验区_2019_fused_text"}


@pytest.mark.parametrize(
    "name", [name for name, expected in EXPECTED.items() if expected["cells"] and name not in UNLISTED]
)
def test_sample_figures_are_those_published(name: str) -> None:
    expected = EXPECTED[name]
    published = [json.loads(path.read_text("utf-8")) for path in (find_reports() / "expected").glob("*.json")]
    (report,) = [
        report
        for report in published
        if report.get("agency_meant", report["agency"]) == expected["agency"]
        and expected["year"] in (report["year"], None)
    ]
    assert {cell_id: strip_text(text) for cell_id, text in report["cells"].items()} == expected["cells"]
    assert report["failing_relations"] == expected["failing_relations"]


@pytest.mark.parametrize("edition_id", ["format_2019", "format_2021"])
@pytest.mark.parametrize("table_id", ["t2", "t3", "t4"])
def test_layout_prints_the_form(table_id: str, edition_id: str) -> None:
    layout = yaml.load((SAMPLES / "layout.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    items = [item for row in layout["tables"][table_id][edition_id] for item in row]
    labels = {
        strip_text(item if isinstance(item, str) else item["text"])
        for item in items
        if "text" in item or isinstance(item, str)
    }
    table = next(edition for edition in load_form().editions if edition.id == edition_id).find_table(table_id)
    columns = layout["columns"][table_id] if table_id != "t2" else layout["columns"]["t2"][edition_id]
    for line in table.lines:
        assert [column.id for column in line.columns] == (columns[line.id] if table_id == "t2" else columns)
        assert table_id == "t4" or strip_text(line.label) in labels
        assert {strip_text(column.label) for column in line.columns} <= labels
    assert {strip_text(label) for label in table.header} <= labels
