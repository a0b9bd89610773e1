"""Settings: from the environment, under what the caller names, and refused when they make no sense."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from gongkai.home import Home
from gongkai.settings import PROJECT_ROOT, read_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "WORKERS", "LANGUAGE", "MAX_BYTES"):
        monkeypatch.delenv(f"GONGKAI_{name}", raising=False)


def test_home_is_in_the_project_unless_the_environment_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().home == PROJECT_ROOT / "data" / "home"
    monkeypatch.setenv("GONGKAI_HOME", "~/reports")
    assert read_settings().home == Path.home() / "reports"


def test_caller_goes_before_environment_and_null_is_no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WORKERS", "3")
    assert read_settings(workers=None).workers == 3
    assert read_settings(workers=1).workers == 1


def test_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_MAX_BYTES", "")
    assert read_settings().max_bytes is None


@pytest.mark.parametrize(("name", "value"), [("WORKERS", "-1"), ("LANGUAGE", "fr"), ("MAX_BYTES", "0")])
def test_setting_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"GONGKAI_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        read_settings()


def test_home_has_the_folders_of_the_contract(tmp_path: Path) -> None:
    home = Home(tmp_path / "new").ensure()
    assert {path.name for path in home.root.iterdir()} >= {"inbox", "documents", "parsed", "published", "dagster"}
    assert home.document("ab" + "0" * 62) == home.documents / "ab" / ("ab" + "0" * 62)
    assert Home(home.root).ensure() == home
