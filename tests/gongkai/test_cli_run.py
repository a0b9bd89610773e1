"""`gongkai run`, `status` and `check` from outside: what they say, and how they end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def run_program(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command whose output goes into a pipe, as wide as pipes are unless `COLUMNS` is given."""
    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *map(str, arguments)],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def list_states(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file under a folder."""
    found = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {str(path): (stat.st_size, stat.st_mtime_ns) for path, stat in found.items()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder built from the bundled samples; the first run's words lie beside it."""
    folder = tmp_path_factory.mktemp("sampled") / "home"
    ended = run_program("run", "--home", folder, "--lang", "zh")
    assert ended.returncode == 0, ended.stderr
    (folder.parent / "first.txt").write_text(ended.stdout, encoding="utf8")
    return folder


def test_run_ends_with_results_and_where_to_look_next(home: Path) -> None:
    said = (home.parent / "first.txt").read_text(encoding="utf8")
    assert "fct_agency_year" in said
    [row] = [line for line in said.splitlines() if line.split()[:2] == ["平潭综合实验区", "2020"]]
    assert row.split()[2:5] == ["21", "21", "27"]
    assert str(home / "published" / "gongkai.duckdb") in said
    assert str(home / "published" / "catalogue" / "index.html") in said
    assert f"gongkai check --home {home}" in said
    assert "\x1b" not in said


def test_names_are_whole_on_a_narrow_terminal(home: Path) -> None:
    ended = run_program("run", "--home", home, "--lang", "zh", COLUMNS="80")
    lines = [line.split() for line in ended.stdout.splitlines()]
    number = next(number for number, line in enumerate(lines) if line[1:] == ["2022", "4", "4", "4", "100.0%", "0"])
    assert lines[number][0] + lines[number + 1][0] == "临淄区人民政府稷下街道办事处"
    assert "…" not in ended.stdout


def test_second_run_says_that_nothing_is_new_and_touches_nothing(home: Path) -> None:
    before = list_states(home / "published")
    ended = run_program("run", "--home", home, "--lang", "en")
    assert ended.returncode == 0, ended.stderr
    assert "nothing new" in ended.stdout
    assert list_states(home / "published") == before
    assert len(before) > 10


def test_status_names_documents_years_versions_and_last_run(home: Path) -> None:
    ended = run_program("status", "--home", home, "--lang", "en")
    samples = len(list((ROOT / "data/samples/reports").iterdir()))
    versions = json.loads((home / "published/checksums.json").read_text(encoding="utf8"))
    assert ended.returncode == 0, ended.stderr
    assert f"{samples} (sample {samples})" in ended.stdout
    assert versions["form_version"][:12] in ended.stdout
    assert "success" in ended.stdout
    assert [line for line in ended.stdout.splitlines() if line.split()[:1] == ["2015"]]


def test_check_prints_failing_relations_with_their_cells(home: Path) -> None:
    every = run_program("check", "--home", home, "--lang", "zh")
    one = run_program("check", "--home", home, "--lang", "zh", "--year", "2020", "--agency", "平潭")
    none = run_program("check", "--home", home, "--lang", "en", "--year", "1999")
    assert (every.returncode, one.returncode, none.returncode) == (0, 0, 0)
    assert "（七）总计 / 总计：印为 21" in one.stdout
    assert "2021" not in one.stdout
    assert "公安局 · 2021" in every.stdout
    assert "判断：原文有误" in one.stdout
    assert "reports with failed checks: 0; wrong in the report: 0" in none.stdout


def test_file_that_cannot_be_read_is_named_and_the_rest_is_taken_in(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    source = next((ROOT / "data/samples/reports").glob("*2021_six_decimals.html"))
    (reports / "good.html").write_bytes(source.read_bytes())
    (reports / "dangling.html").symlink_to(tmp_path / "gone.html")
    ended = run_program("run", "--home", tmp_path / "home", "--reports", reports, "--lang", "en")
    assert ended.returncode == 1
    assert "dangling.html" in ended.stderr
    assert "hint: " in ended.stderr
    assert [line for line in ended.stdout.splitlines() if line.split()[:2] == ["平潭综合实验区", "2021"]]


def test_commands_on_a_place_without_a_home_say_what_to_do(tmp_path: Path) -> None:
    for command in ("status", "check"):
        ended = run_program(command, "--home", tmp_path / "nothing", "--lang", "en")
        assert ended.returncode == 1
        assert "hint: run `gongkai run` first" in ended.stderr
        assert not (tmp_path / "nothing").exists()
    missing = run_program("run", "--home", tmp_path / "nothing", "--reports", tmp_path / "gone", "--lang", "en")
    assert missing.returncode == 1
    assert "gone`: no such folder" in missing.stderr
    assert not (tmp_path / "nothing").exists()
