"""Scans and pictures: tables by their lines, figures twice, and what cannot be read is named."""

from io import BytesIO

import pytest
from PIL import Image

from parsers.carriers import read_document, scan
from parsers.carriers.member import MemberPage
from tests.parsers.carriers.form_tables import lay_out_form
from tests.parsers.carriers.readings import list_silent_errors, number_figures, read_printed, take_page
from tests.parsers.carriers.scan_prints import (
    Damage,
    add_noise,
    compress,
    damage_pages,
    make_fax,
    print_report,
    require_fonts,
    save_pages,
    skew,
    stamp,
)


@pytest.fixture(scope="module")
def pages() -> list[Image.Image]:
    require_fonts()
    return print_report(lay_out_form(number_figures(), "format_2021"))


def read_only(data: bytes) -> MemberPage:
    (member,) = read_document(data)
    return member


def save_picture(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["TIFF", "PDF"])
def test_clean_scan_is_read_cell_for_cell(pages: list[Image.Image], file_format: str) -> None:
    (member,) = read_document(save_pages(pages, file_format))
    assert member.reader == "rapidocr"
    printed, reading = read_printed(take_page((member,)))
    assert printed == number_figures()
    assert [finding.message_en for finding in reading.findings] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "damages",
    [
        pytest.param((skew(1.0), add_noise(18)), id="turned_and_speckled"),
        pytest.param((make_fax(), compress(35)), id="fax"),
        pytest.param((stamp(2),), id="stamped"),
    ],
)
def test_damaged_scan_is_never_wrong_in_silence(pages: list[Image.Image], damages: tuple[Damage, ...]) -> None:
    page = take_page(read_document(save_pages(damage_pages(pages, damages, seed=3))))
    assert list_silent_errors(page, number_figures()) == []
    assert sum(cell.state == "number" for cell in read_printed(page)[1].cells) > 100


def test_scan_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_LIBRARIES", ("no_such_library",))
    for data in (save_picture(Image.new("L", (60, 80), 255), name) for name in ("PNG", "PDF")):
        member = read_only(data)
        assert (member.status, member.status_reason) == ("needs_tool", "scan_needs_ocr")


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_blank_picture_is_a_page_without_text(file_format: str) -> None:
    page = take_page(read_document(save_picture(Image.new("RGB", (200, 280), "white"), file_format)))
    assert page.blocks == ()


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_picture_that_is_cut_off_is_damaged(file_format: str) -> None:
    noise = Image.effect_noise((300, 400), 80).convert("RGB")
    member = read_only(save_picture(noise, file_format)[:2_000])
    assert (member.status, member.status_reason) == ("unreadable", "damaged_file")


def test_picture_with_more_dots_than_any_page_is_not_unpacked() -> None:
    member = read_only(save_picture(Image.new("1", (20_000, 10_000)), "PNG"))
    assert (member.status, member.status_reason) == ("unreadable", "too_many_dots")


def test_moving_picture_is_no_document() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("white", "black")]
    member = read_only(save_picture(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert (member.status, member.status_reason) == ("unsupported", "moving_picture")


def test_pages_beyond_the_limit_are_not_read() -> None:
    pages = [Image.new("1", (8, 8)) for _ in range(101)]
    member = read_only(save_picture(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert (member.status, member.status_reason) == ("unreadable", "too_much_content")
