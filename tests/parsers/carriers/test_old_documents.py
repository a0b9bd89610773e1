"""Old documents written by LibreOffice: DOC, RTF and ODS read as the documents they were written from."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.office import OfficeError, convert_to_docx, find_office
from parsers.carriers.detection import detect_format, get_format
from parsers.carriers.doc import read_doc_members
from parsers.carriers.office_opinions import merge_readings, read_with_office
from parsers.carriers.rtf import read_rtf_members
from parsers.carriers.spreadsheet import read_spreadsheet_members
from parsers.page import Grid, Page, Paragraph
from tests.parsers.carriers.docx_writer import save, write_in_runs, write_report
from tests.parsers.carriers.form_tables import TITLE, lay_out_form
from tests.parsers.carriers.readings import list_silent_errors, number_figures, read_printed, take_page
from tests.parsers.carriers.sheet_writers import save_xlsx, write_xlsx

pytestmark = pytest.mark.slow

SIGNS = ("", "/", "0", "17", "—", "1,136")
EDITIONS = ("format_2021", "format_2019")
FIGURES = {edition_id: number_figures(edition_id) for edition_id in EDITIONS} | {
    "signs": {cell_id: SIGNS[number % len(SIGNS)] for number, cell_id in enumerate(number_figures())}
}
Read = Callable[[bytes], Page]


@pytest.fixture(scope="module")
def office() -> Path:
    """LibreOffice's program; skipped without it."""
    program = find_office()
    if program is None:
        pytest.skip(
            "LibreOffice is not installed; hint: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
        )
    return program


# How the main stream of an old document begins, and the byte behind that whose lowest bit says that it is encrypted.
WORD_START, ENCRYPTED_FLAG = b"\xec\xa5\x01\x01", 11


@pytest.fixture(scope="module")
def folder(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents in every old format, by the name of their figures."""
    folder = tmp_path_factory.mktemp("old")
    for name, figures in FIGURES.items():
        tables = lay_out_form(figures, name if name in EDITIONS else "format_2021")
        (folder / f"{name}.docx").write_bytes(save(write_report(tables, write_in_runs)))
        (folder / f"{name}.xlsx").write_bytes(save_xlsx(write_xlsx(tables)))
    for suffix, formats in ((".docx", ("doc", "rtf")), (".xlsx", ("ods", "xls"))):
        for old in formats:
            sources = [str(path) for path in sorted(folder.glob(f"*{suffix}"))]
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = [str(office), "--headless", profile, "--convert-to", old, "--outdir", str(folder), *sources]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


READERS: dict[str, Read] = {
    "doc": lambda data: take_page(read_doc_members(data, get_format("doc"))),
    "rtf": lambda data: take_page(read_rtf_members(data, get_format("rtf"))),
    "ods": lambda data: take_page(read_spreadsheet_members(data, get_format("ods"))),
    "xls": lambda data: take_page(read_spreadsheet_members(data, get_format("xls"))),
}


@pytest.mark.parametrize("old", READERS)
@pytest.mark.parametrize("name", FIGURES)
def test_old_document_is_read_as_it_was_written(folder: Path, name: str, old: str) -> None:
    data = (folder / f"{name}.{old}").read_bytes()
    assert detect_format(data).id == old
    page = READERS[old](data)
    printed, reading = read_printed(page)
    assert (printed, reading.findings) == (FIGURES[name], ())
    assert isinstance(page.blocks[0], Paragraph)
    assert page.blocks[0].text == TITLE


@pytest.mark.parametrize("name", FIGURES)
def test_second_opinion_agrees_with_the_first(folder: Path, office: Path, name: str) -> None:
    data = (folder / f"{name}.doc").read_bytes()
    second = read_with_office(data, "doc", lambda old: convert_to_docx(old, "doc", office, seconds=60))
    printed, reading = read_printed(second)
    assert (second.reader, printed, reading.findings) == ("libreoffice", FIGURES[name], ())
    merged = merge_readings(READERS["doc"](data), second)
    assert merged.reader == "office-oxide, libreoffice"
    assert all(cell.confidence == 1 for block in merged.blocks if isinstance(block, Grid) for cell in block.cells)


def test_published_blank_form_is_blank_in_old_formats(office: Path, reports_folder: Path, tmp_path: Path) -> None:
    command = [str(office), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to"]
    for old in ("doc", "rtf"):
        source = str(reports_folder / "空白模板.docx")
        subprocess.run([*command, old, "--outdir", str(tmp_path), source], check=True, capture_output=True, timeout=60)
        _, reading = read_printed(READERS[old]((tmp_path / f"空白模板.{old}").read_bytes()))
        assert {cell.state for cell in reading.cells} == {"blank"}
        assert (len(reading.cells), reading.findings) == (200, ())


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_cut_off_document_is_refused_or_never_wrong_in_silence(folder: Path, share: float) -> None:
    data = (folder / "format_2021.doc").read_bytes()
    (member,) = read_doc_members(data[: int(len(data) * share)], get_format("doc"))
    if member.page is None:
        assert member.status_reason in ("needs_office", "damaged_file")
    else:
        assert list_silent_errors(member.page, FIGURES["format_2021"]) == []


def test_document_that_says_it_is_encrypted_is_named(folder: Path) -> None:
    data = bytearray((folder / "format_2021.doc").read_bytes())
    data[data.index(WORD_START) + ENCRYPTED_FLAG] |= 1
    (member,) = read_doc_members(bytes(data), get_format("doc"))
    assert (member.status, member.status_reason) == ("unreadable", "encrypted")


def test_conversion_that_fails_says_so_and_leaves_nothing_running(folder: Path, office: Path) -> None:
    with pytest.raises(OfficeError, match="no document came out"):
        convert_to_docx(b"no document at all" * 50, "doc", office, seconds=60)
    with pytest.raises(OfficeError, match=r"within 0\.01 seconds"):
        convert_to_docx((folder / "format_2021.doc").read_bytes(), "doc", office, seconds=0.01)
    with pytest.raises(OfficeError, match="cannot be started"):
        convert_to_docx(b"x", "doc", folder / "no such program", seconds=60)
