"""The published reports and what a person read in them, independent of any parser."""

import json
import os
import unicodedata
from functools import cache
from pathlib import Path


def find_folder() -> Path:
    return Path(__file__).parents[2] / os.environ.get("GONGKAI_REPORTS", "../shared/reports")


@cache
def load_expected() -> dict[str, dict]:
    """Expected results by file name. Empty where the folder is not there."""
    paths = sorted(find_folder().glob("expected/*.json"))
    return {facts["file"]: facts for path in paths for facts in (json.loads(path.read_text(encoding="utf-8")),)}


def normalise(text: str | None) -> str:
    """NFKC without white space, as the expected texts are to be compared."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def state_of(printed: str) -> str:
    """The state a printed text of the expected files stands for."""
    return {"": "blank", "/": "slash"}.get(printed, "number")
