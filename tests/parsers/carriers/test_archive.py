"""Archives of every format: one outcome a file, names as packed, and limits that end a bomb quickly."""

import gzip
import io
import struct
import tarfile
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

import py7zr
import pytest
import pyzipper
import rars
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unrar.cffi import rarfile

from parsers.carriers.archive import read_archive_members
from parsers.carriers.archive_members import LIMITS
from parsers.carriers.detection import detect_format, get_format
from parsers.carriers.member import MemberPage
from parsers.carriers.reasons import get_reason
from parsers.page import Paragraph

PAGE = "<html><meta charset=utf-8><body><p>一、总体情况</p><p>本年度按时公开。</p></body></html>".encode()
TEXT = "一、总体情况\n本年度公开。\n".encode()
FILES = {"报告/甲.html": PAGE, "报告/乙.txt": TEXT, "空.txt": b""}


def pack_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pack_7z(files: dict[str, bytes], password: str | None = None, *, hides_names: bool = False) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password, header_encryption=hides_names) as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return buffer.getvalue()


def pack_rar(
    files: dict[str, bytes],
    rar_format: str = "rar50",
    password: str | None = None,
    *,
    is_solid: bool = False,
    hides_names: bool = False,
) -> bytes:
    builder = rars.RarBuilder(rar_format, solid=is_solid, password=password, encrypt_headers=hides_names)
    for name, content in files.items():
        builder.add_bytes(content, name)
    return builder.to_bytes()


def pack_tar(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


PACKERS = {
    "zip": pack_zip,
    "zip_stored": lambda files: pack_zip(files, zipfile.ZIP_STORED),
    "zip_lzma": lambda files: pack_zip(files, zipfile.ZIP_LZMA),
    "7z": pack_7z,
    "rar5": pack_rar,
    "rar4": lambda files: pack_rar(files, "rar29"),
    "rar_solid": lambda files: pack_rar(files, is_solid=True),
    "tar": pack_tar,
}


def read(data: bytes) -> tuple[MemberPage, ...]:
    return read_archive_members(data, detect_format(data))


def list_outcomes(data: bytes) -> dict[str | None, str | None]:
    """The reason of every file, null where it was read."""
    return {member.member: member.status_reason for member in read(data)}


@pytest.mark.parametrize("packer", PACKERS)
def test_every_file_is_read_by_its_own_content(packer: str) -> None:
    members = {member.member: member for member in read(PACKERS[packer](FILES))}
    assert {name: member.carrier for name, member in members.items()} == {
        "报告/甲.html": "html",
        "报告/乙.txt": "text",
        "空.txt": "empty",
    }
    page = members["报告/甲.html"].page
    assert page is not None
    assert [block.text for block in page.blocks if isinstance(block, Paragraph)] == ["一、总体情况", "本年度按时公开。"]


def test_written_rar_files_are_read_by_the_makers_own_reader_too() -> None:
    for rar_format in ("rar50", "rar29"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.rar"
            path.write_bytes(pack_rar(FILES, rar_format))
            archive = rarfile.RarFile(path)
            assert {name: archive.read(name) for name in archive.namelist()} == FILES


def test_fifty_mixed_files_give_fifty_outcomes() -> None:
    kinds = [PAGE, TEXT, b"", b"%PDF-1.4 x", bytes(range(256)) * 4]
    files = {f"{number:02}.html": kinds[number % len(kinds)] for number in range(50)}
    for pack in PACKERS.values():
        outcomes = list_outcomes(pack(files))
        assert set(outcomes) == set(files)
        assert [outcomes[f"{number:02}.html"] for number in (0, 1, 2, 4)] == [
            None,
            None,
            "empty_file",
            "unknown_format",
        ]


def test_archives_inside_archives_are_read_and_named_by_their_path() -> None:
    data = pack_zip({"外/内.zip": pack_7z({"甲.html": PAGE}), "乙.gz": gzip.compress(TEXT), "丙.rar": pack_rar(FILES)})
    assert list_outcomes(data) == {
        "外/内.zip/甲.html": None,
        "乙.gz": None,
        "丙.rar/报告/甲.html": None,
        "丙.rar/报告/乙.txt": None,
        "丙.rar/空.txt": "empty_file",
    }


def test_gzip_stream_is_the_file_it_holds() -> None:
    (member,) = read(gzip.compress(PAGE))
    assert (member.member, member.carrier, member.status) == (None, "html", None)
    buffer = io.BytesIO()
    with gzip.GzipFile("甲.html", "wb", fileobj=buffer) as stream:
        stream.write(PAGE)
    assert [member.member for member in read(buffer.getvalue())] in (["甲.html"], [None])
    assert list_outcomes(gzip.compress(pack_tar(FILES))) == dict.fromkeys(FILES) | {"空.txt": "empty_file"}


def test_names_of_old_archives_are_decoded() -> None:
    data = pack_zip({"AAAA.html": PAGE, "BBBBBB.html": PAGE})
    data = data.replace(b"AAAA", "报告".encode("gbk")).replace(b"BBBBBB", "年报".encode())
    assert set(list_outcomes(data)) == {"报告.html", "年报.html"}


def test_name_in_the_unicode_field_is_used_where_it_belongs_to_the_name() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("a.html")
        field = struct.pack("<BI", 1, zlib.crc32(b"a.html")) + "年报.html".encode()
        info.extra = struct.pack("<HH", 0x7075, len(field)) + field
        archive.writestr(info, PAGE)
    assert set(list_outcomes(buffer.getvalue())) == {"年报.html"}


def test_what_programs_leave_behind_is_left_out() -> None:
    junk = {
        "Thumbs.db": b"x",
        "__MACOSX/._甲.html": PAGE,
        "a/.DS_Store": b"x",
        "a/~$甲.docx": b"x",
        "DESKTOP.INI": b"x",
    }
    assert list_outcomes(pack_zip({"甲.html": PAGE} | junk)) == {"甲.html": None}
    assert list_outcomes(pack_zip(junk)) == {None: "empty_archive"}
    assert list_outcomes(pack_zip({})) == {None: "empty_archive"}


def test_names_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["../../etc/passwd.html", "/etc/x.html", "C:\\x\\y.html", "甲\x00\x1b.html", "a/./b.html"]
    outcomes = [
        *list_outcomes(pack_zip(dict.fromkeys(names, PAGE))),
        *list_outcomes(pack_tar(dict.fromkeys(names[:3], PAGE))),
    ]
    assert "../../etc/passwd.html" in outcomes
    assert "C:/x/y.html" in outcomes
    assert all(name is not None and name.isprintable() for name in outcomes)
    assert list(tmp_path.iterdir()) == []


def encrypt_zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"x")
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "outcomes"),
    [
        pytest.param(encrypt_zip({"甲.html": PAGE}), {"甲.html": "encrypted"}, id="zip_aes"),
        pytest.param(pack_7z({"甲.html": PAGE}, "x"), {"甲.html": "encrypted"}, id="7z"),
        pytest.param(pack_7z({"甲.html": PAGE}, "x", hides_names=True), {None: "encrypted"}, id="7z_names"),
        pytest.param(pack_rar({"甲.html": PAGE}, password="x"), {"甲.html": "encrypted"}, id="rar"),
        pytest.param(pack_rar({"甲.html": PAGE}, password="x", hides_names=True), {None: "encrypted"}, id="rar_names"),
    ],
)
def test_encrypted_files_are_named(data: bytes, outcomes: dict[str | None, str]) -> None:
    assert list_outcomes(data) == outcomes


def test_encrypted_file_does_not_lose_the_others() -> None:
    data = bytearray(pack_zip({"甲.html": PAGE, "乙.html": PAGE}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature)
        data[place + flags] |= 1
    assert list_outcomes(bytes(data)) == {"甲.html": "encrypted", "乙.html": None}


@pytest.mark.parametrize("packer", ["zip", "zip_stored", "7z", "rar5", "rar4"])
def test_damaged_file_does_not_lose_the_others(packer: str) -> None:
    random_text = "".join(chr(0x4E00 + (number * 7919) % 3000) for number in range(4_000))
    files = {"甲.txt": TEXT, "乙.txt": random_text.encode(), "丙.txt": TEXT}
    data = bytearray(PACKERS[packer](files))
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    outcomes = list_outcomes(bytes(data))
    assert outcomes["乙.txt"] == "damaged_file"
    assert outcomes["甲.txt"] is None
    if packer != "7z":
        assert outcomes["丙.txt"] is None


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_cut_off_archive_has_a_reason(packer: str, share: float) -> None:
    data = PACKERS[packer]({f"{number}.html": PAGE * 50 for number in range(8)})
    members = read_archive_members(data[: int(len(data) * share)], detect_format(data))
    assert members
    assert all(member.page is not None or member.status_reason is not None for member in members)
    assert packer == "tar" or any(member.status_reason == "damaged_file" for member in members)


@pytest.mark.parametrize("packer", ["zip", "zip_lzma", "7z", "rar5"])
def test_bomb_is_refused_quickly(packer: str) -> None:
    data = PACKERS[packer]({"乙.html": PAGE, "bomb.txt": bytes(LIMITS.most_member_bytes + 1)})
    started = time.process_time()
    outcomes = list_outcomes(data)
    assert time.process_time() - started < 5
    assert outcomes["bomb.txt"] == "archive_limit"
    assert packer == "7z" or outcomes["乙.html"] is None


def test_gzip_bomb_is_refused_quickly() -> None:
    (member,) = read(gzip.compress(gzip.compress(bytes(LIMITS.most_member_bytes + 1))))
    assert member.status_reason == "archive_limit"


def test_ratio_is_limited_before_the_size_is() -> None:
    data = pack_zip({"bomb.txt": bytes(LIMITS.least_ratio_bytes * 2)})
    (member,) = read(data)
    assert member.status_reason == "archive_limit"
    assert member.status_detail is not None
    assert str(LIMITS.least_ratio_bytes) in member.status_detail


def test_nested_bombs_share_one_budget() -> None:
    layer = pack_zip({f"{number}.txt": bytes(LIMITS.least_ratio_bytes - 1) for number in range(20)})
    data = pack_zip({f"{number}.zip": layer for number in range(5)})
    started = time.process_time()
    outcomes = list_outcomes(data)
    assert time.process_time() - started < 30
    assert "archive_limit" in outcomes.values()


def test_depth_and_count_are_limited() -> None:
    data = PAGE
    for _ in range(LIMITS.most_depth + 1):
        data = pack_zip({"内.zip": data})
    (member,) = read(data)
    assert (member.status_reason, member.member) == ("archive_limit", "/".join(["内.zip"] * LIMITS.most_depth))
    many = read(pack_zip({f"{number}.txt": b"x" for number in range(LIMITS.most_members + 5)}))
    assert len(many) == LIMITS.most_members + 1
    assert (many[-1].member, many[-1].status_reason) == (None, "archive_limit")


def test_one_volume_of_several_is_named() -> None:
    builder = rars.RarBuilder(format="rar50", volume_size=2_000, store=True)
    builder.add_bytes(bytes(range(256)) * 40, "甲.txt")
    with tempfile.TemporaryDirectory() as folder:
        builder.write_volumes(str(Path(folder) / "a.part1.rar"))
        first = sorted(Path(folder).iterdir())[0].read_bytes()
    assert list_outcomes(first) == {None: "archive_volume"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4),
    packer=st.sampled_from(["zip", "7z", "rar5", "rar4", "tar"]),
)
def test_any_damage_has_a_listed_reason(changes: list[tuple[float, int]], packer: str) -> None:
    packed = bytearray(PACKERS[packer](FILES))
    for place, value in changes:
        packed[int(place * len(packed))] = value
    detected = get_format({"rar5": "rar", "rar4": "rar"}.get(packer, packer))
    for member in read_archive_members(bytes(packed), detected):
        assert member.page is not None or get_reason(member.status_reason or "").status == member.status
