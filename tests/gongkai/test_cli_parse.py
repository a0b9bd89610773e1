"""`gongkai parse` as a program calls it: exit codes, errors, and output that pipes and terminals can bear."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.cli import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data/samples/reports"
NOBODY = 65534


def run_main(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command in this process."""
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--lang", "en"])
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.out, said.err


def find_sample(part: str) -> str:
    return str(next(path for path in sorted(SAMPLES.iterdir()) if part in path.name))


def run_program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        cwd=ROOT,
        env={**{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}, **environment},
        capture_output=True,
        check=False,
    )


def test_json_gives_the_figures_as_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run_main(capsys, "parse", find_sample("2021_six_decimals"), "--format", "json")
    [report] = json.loads(out, parse_float=Decimal)
    assert (code, err) == (0, "")
    assert report["status"] == "parsed"
    assert report["report_year"] == 2021
    assert report["editions"] == {"t2": "format_2021", "t3": "format_2021", "t4": "format_2021"}
    fees = report["cells"]["t2.administrative_fees.amount_10k_cny"]
    assert fees["printed"] == str(fees["value"])
    assert f'"value": {fees["printed"]}, ' in out
    assert len(fees["printed"].partition(".")[2]) == 6


def test_objects_come_in_the_order_of_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    files = [find_sample("page_not_found"), find_sample("2020_results_total_wrong"), find_sample("2019_fused_text")]
    code, out, _ = run_main(capsys, "parse", *files, "--format", "json")
    assert code == 0
    assert [report["file"] for report in json.loads(out)] == files


def test_file_without_a_report_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run_main(capsys, "parse", find_sample("page_not_found"), "--format", "json")
    [report] = json.loads(out)
    assert code == 0
    assert (report["status"], report["status_reason"], report["cells"]) == ("not_a_report", "error_page", {})


def test_table_shows_the_contradiction_beside_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run_main(capsys, "parse", find_sample("2020_results_total_wrong"))
    assert code == 0
    assert "R3" in out
    assert "21!" in out


def test_file_that_cannot_be_opened_is_named_and_the_rest_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good = find_sample("2021_six_decimals")
    code, out, err = run_main(capsys, "parse", str(tmp_path / "gone.html"), good, str(tmp_path), "--format", "json")
    assert code == 1
    assert [report["file"] for report in json.loads(out)] == [good]
    assert "gone.html`: no such file" in err
    assert "is a folder" in err
    assert err.count("hint: ") == 2


@pytest.mark.parametrize(
    ("name", "data", "status", "reason"),
    [
        ("empty.html", b"", "unreadable", "empty_file"),
        ("blob.html", bytes(range(256)) * 64, "unsupported", None),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "unreadable", "damaged_file"),
    ],
)
def test_broken_file_has_a_status_and_exit_code_zero(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, data: bytes, status: str, reason: str | None
) -> None:
    (tmp_path / name).write_bytes(data)
    code, out, _ = run_main(capsys, "parse", str(tmp_path / name), "--format", "json")
    [report] = json.loads(out)
    assert code == 0
    assert report["status"] == status
    assert report["status_reason"] == reason or reason is None
    assert report["status_reason"] is not None
    shown_code, shown, _ = run_main(capsys, "parse", str(tmp_path / name))
    assert shown_code == 0
    assert "hint: " in shown


@pytest.mark.parametrize(
    "arguments",
    [["parse"], ["parse", "--format", "xml", "a"], ["parse", "--lang", "fr", "a"], ["nothing"], ["parse", "--no", "a"]],
)
def test_wrong_usage_exits_with_two_and_a_hint(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert "--help`" in said.err


@pytest.mark.parametrize(("sample", "expected"), [("2020_results_total_wrong", 3), ("2021_six_decimals", 0)])
def test_source_error_fails_only_when_asked_to(sample: str, expected: int, capsys: pytest.CaptureFixture[str]) -> None:
    asked = run_main(capsys, "parse", find_sample(sample), "--fail-on", "source_error", "--format", "json")
    unasked = run_main(capsys, "parse", find_sample(sample), "--format", "json")
    assert (asked[0], asked[2], unasked[0]) == (expected, "", 0)


def test_possible_misreading_does_not_meet_source_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run_main(
        capsys, "parse", find_sample("2019_fused_text"), "--fail-on", "source_error", "--format", "json"
    )
    assert "parse_suspect" in out
    assert code == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_file_without_permission_is_named(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("x")
    secret.chmod(0)
    program = f"""
import os, sys
from gongkai.cli import main
from gongkai.commands.parse import parse_files
if os.geteuid() == 0:
    os.seteuid({NOBODY})
main(["parse", sys.argv[1], "--lang", "en"])
"""
    ended = subprocess.run([sys.executable, "-c", program, str(secret)], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 1
    assert "no permission to read it" in ended.stderr.decode()
    assert "hint: give this user permission" in ended.stderr.decode()


@pytest.mark.slow
def test_module_can_be_run_and_pipes_get_plain_text() -> None:
    ended = run_program("parse", find_sample("2020_results_total_wrong"), LANG="zh_CN.UTF-8")
    assert ended.returncode == 0, ended.stderr.decode()
    text = ended.stdout.decode("utf8")
    assert "勾稽关系不成立" in text
    assert not [character for character in text if ord(character) < 32 and character != "\n"]


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{"LANG": "C"}, {"LANG": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX"}])
def test_any_locale_gets_output_without_a_crash(settings: dict[str, str]) -> None:
    sample = find_sample("2020_results_total_wrong")
    shown = run_program("parse", sample, **settings)
    assert shown.returncode == 0, shown.stderr.decode()
    listed = run_program("parse", sample, "--format", "json", **settings)
    [report] = json.loads(listed.stdout)
    assert report["agency_name"].startswith("平潭")


@pytest.mark.slow
def test_help_is_quick_because_commands_import_their_work_late() -> None:
    heavy = ["dagster", "duckdb", "polars", "pydantic", "selectolax"]
    program = f"import sys; from gongkai.cli import build_app; build_app('en'); print(set({heavy}) & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert ended.stdout.decode().strip() == "set()", ended.stderr.decode()
