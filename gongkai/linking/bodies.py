"""What stands behind a region's name: its government, the government's office, a department or a zone."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

GOVERNMENT, OFFICE = "government", "government_office"
_GOVERNMENT = re.compile(r"(?:人民)?政府|行政公署|行署")
_OFFICE = re.compile(r"(?:(?:人民)?政府|行政公署|行署)(?:办公厅|办公室|办)")
_REGION_LIKE = re.compile(r"[省市县区州盟旗镇乡]|街道")
_LONGEST_DEPARTMENT = 26


class _BodyWords(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    departments: tuple[tuple[str, ...], ...]
    endings: tuple[tuple[str, ...], ...]
    vertical: str
    zones: str
    department_endings: str
    not_regions: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a region: its key within the region and its type, as in `dim_agencies`."""

    key: str
    agency_type: str


@cache
def _load_words() -> _BodyWords:
    text = Path(__file__).with_name("bodies.yml").read_text(encoding="utf-8")
    return _BodyWords.model_validate(yaml.safe_load(text))


@cache
def read_body(words: str, has_full_name: bool) -> Body | None:
    """The body that the words behind a region's name mean; null where they mean none.

    A place alone (`words` empty) is its government if the name says its kind: 枣庄市, not 枣庄.
    """
    if not words:
        return Body(GOVERNMENT, GOVERNMENT) if has_full_name else None
    if _GOVERNMENT.fullmatch(words):
        return Body(GOVERNMENT, GOVERNMENT)
    if _OFFICE.fullmatch(words):
        return Body(OFFICE, OFFICE)
    rest = re.sub(r"^(?:人民)?政府", "", words)
    return _read_zone(rest) or _read_department(rest)


def read_zone_itself(words: str) -> Body | None:
    """The body of a zone that stands in the code tables, by the words behind its name."""
    if re.fullmatch(r"(?:党工委)?(?:管委会|管理委员会)?(?:办公室)?", words):
        return Body("zone", "functional_zone")
    return _read_department(words)


def _read_zone(words: str) -> Body | None:
    known = _load_words()
    match = re.match(rf"(?P<zone>.*?{known.zones})(?P<rest>.*)$", words)
    if match is None or _names_region(re.sub(known.zones, "", match["zone"])):
        return None
    if re.fullmatch(r"(?:党工委)?(?:管委会|管理委员会|管理局)?(?:办公室)?", match["rest"]):
        return Body(match["zone"], "functional_zone")
    department = _read_department(match["rest"])
    return None if department is None else Body(match["zone"] + department.key, department.agency_type)


def _read_department(words: str) -> Body | None:
    known = _load_words()
    if len(words) > _LONGEST_DEPARTMENT or not re.search(rf"{known.department_endings}$", words):
        return None
    branch = re.fullmatch(r"(?P<bureau>.+局)(?P<place>.+)分局", words)
    if _names_region(branch["bureau"] if branch else words):
        return None
    is_vertical = re.search(known.vertical, words) is not None
    if not is_vertical and re.fullmatch(rf"{known.department_endings}", words):
        return None
    agency_type = "vertical_agency" if is_vertical else "department"
    return Body(_name_department(words), agency_type)


def _names_region(words: str) -> bool:
    """Whether a region's kind stands in the words, so that a region unknown here may be named in them."""
    return _REGION_LIKE.search(re.sub(_load_words().not_regions, "", words)) is not None


def _name_department(words: str) -> str:
    """One spelling for a department: 发改局, 发展改革局 and 发展和改革局 are the last."""
    known = _load_words()
    text = words.removesuffix("关区")
    for usual, *others in known.endings:
        for other in others:
            if text.endswith(other) and not text.endswith(usual):
                text = text.removesuffix(other) + usual
    for usual, *others in known.departments:
        for other in sorted(others, key=len, reverse=True):
            if text.startswith(other) and not text.startswith(usual):
                return usual + text.removeprefix(other)
    return text
