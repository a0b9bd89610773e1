"""Decisions that people took on who should report: `expected_agencies.csv` in the folder of the register of portals.

A line names a body in full, says `expected` or `not_expected`, for which report years (both included; empty: without a
bound), why, and when that was decided.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from gongkai.linking.evidence import ReportContext
from gongkai.linking.gazetteer import load_gazetteer
from gongkai.linking.linker import link_report
from gongkai.linking.register import build_agency

EXPECTED_AGENCIES = "expected_agencies.csv"
_FIRST_YEAR, _LAST_YEAR = 1900, 9999

Year = Annotated[
    Annotated[int, Field(ge=_FIRST_YEAR, le=_LAST_YEAR)] | None, BeforeValidator(lambda text: text or None)
]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    agency_name: str = Field(min_length=1)
    decision: Literal["expected", "not_expected"]
    first_year: Year
    last_year: Year
    reason: str = Field(min_length=1)
    decided_on: date

    @model_validator(mode="after")
    def _check_years(self) -> "_Line":
        if (self.first_year or _FIRST_YEAR) > (self.last_year or _LAST_YEAR):
            raise ValueError("`first_year` is after `last_year`")
        return self


@dataclass(frozen=True, slots=True)
class ExpectedAgency:
    """One decision with the agency it is about; `line_no` is its line in the file, `region_id` a township's for one."""

    line_no: int
    agency_id: str
    agency_name: str
    administrative_level: str
    region_id: str
    decision: str
    first_year: int | None
    last_year: int | None
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class ExpectedProblem:
    """What is wrong with one line."""

    line_no: int
    detail: str


def read_expected_agencies(folder: Path) -> tuple[tuple[ExpectedAgency, ...], tuple[ExpectedProblem, ...]]:
    """Every sound line, and what is wrong with the others; neither without the file."""
    path = folder / EXPECTED_AGENCIES
    if not path.is_file():
        return (), ()
    known: list[ExpectedAgency] = []
    problems: list[ExpectedProblem] = []
    for line_no, found in _read_lines(path):
        agency = found if isinstance(found, str) else _find_agency(line_no, found)
        if isinstance(agency, ExpectedAgency):
            earlier = next((other for other in known if _is_same_time(agency, other)), None)
            if earlier is None:
                known.append(agency)
                continue
            agency = f"line {earlier.line_no} decides on the same body and years: {earlier.agency_name}"
        problems.append(ExpectedProblem(line_no, agency))
    return tuple(known), tuple(problems)


def _read_lines(path: Path) -> Iterator[tuple[int, _Line | str]]:
    """Each line with its number, or what is wrong with it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="further_cells")
        for row in reader:
            try:
                yield reader.line_num, _Line.model_validate(row)
            except ValidationError as error:
                yield reader.line_num, "; ".join(_describe(each["loc"], each["msg"]) for each in error.errors())


def _describe(place: tuple[int | str, ...], message: str) -> str:
    name = ".".join(map(str, place))
    return f"`{name}`: {message}" if name else message


def _find_agency(line_no: int, line: _Line) -> ExpectedAgency | str:
    """The agency that the name means in the last of its years, or why none is meant."""
    link = link_report(ReportContext("", line.agency_name, line.last_year), load_gazetteer())
    if link.candidate is None:
        how_many = f"{len(link.candidates)} bodies may be meant" if link.candidates else "no known body"
        return f"`{line.agency_name}` is not one body: {how_many} ({link.reason}); name prefecture and county, too"
    agency = build_agency(link.candidate, load_gazetteer())
    return ExpectedAgency(
        line_no,
        agency.agency_id,
        link.usual_name or agency.agency_name,
        agency.administrative_level,
        agency.region_id,
        line.decision,
        line.first_year,
        line.last_year,
        line.reason,
        line.decided_on,
    )


def _is_same_time(one: ExpectedAgency, other: ExpectedAgency) -> bool:
    return (
        one.agency_id == other.agency_id
        and (one.first_year or _FIRST_YEAR) <= (other.last_year or _LAST_YEAR)
        and (other.first_year or _FIRST_YEAR) <= (one.last_year or _LAST_YEAR)
    )
