"""The statistics sheets of before 2019 as data: header words and the lines of the sheet of 2014."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import Field

from parsers.form.model import FormRecord
from parsers.report import EditionId


class SheetLine(FormRecord):
    """One line of the sheet of 2014, with its unit and the spellings it is known by."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    code: str
    label: str
    unit: str
    also_printed: tuple[str, ...] = ()


class SheetHeader(FormRecord):
    """Words of header cells by what stands below them."""

    label: tuple[str, ...]
    unit: tuple[str, ...]
    this_year: tuple[str, ...]
    cumulative: tuple[str, ...]


class Sheet(FormRecord):
    """The sheet of 2014."""

    edition: EditionId
    title: str
    title_en: str
    header: SheetHeader
    lines: tuple[SheetLine, ...]


@cache
def load_sheet() -> Sheet:
    """Read and check `sheet_stats_2014.yml`."""
    text = files("parsers.form").joinpath("sheet_stats_2014.yml").read_text(encoding="utf-8")
    return Sheet.model_validate(yaml.safe_load(text))
