"""The register of portals: one record each, in `*.yml` files of one schema."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from crawler.addresses import AddressError, normalise_address, read_host, read_literal_ip
from crawler.families.catalogue import FamilyId

# Other files of the folder, which are no records of portals.
OTHER_FILES = "expected_agencies"
LEAST_DELAY_SECONDS = 1.0

PortalStatus = Literal["unverified", "verified", "retired"]
Host = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")]


class Politeness(BaseModel):
    """How a portal is asked: seconds between two requests to a host, what chance adds to them, requests a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    delay_seconds: float = Field(default=5.0, gt=0, le=600)
    jitter_seconds: float = Field(default=5.0, ge=0, le=600)
    requests_per_day: int = Field(default=5000, ge=1, le=50000)


class Portal(BaseModel):
    """One portal: where its annual reports stand, which hosts may be asked, and how politely."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)
    name: str | None = Field(default=None, description="as the site calls itself; null until somebody has looked")
    region_code: str | None = Field(default=None, pattern=r"^\d{6}$")
    site_code: str | None = Field(default=None, pattern=r"^\d{10}$", description="网站标识码, as printed on the site")
    hosts: tuple[Host, ...] = Field(min_length=1, description="the only hosts that are ever asked for this portal")
    twins: tuple[Host, ...] = Field(default=(), description="hosts that show the same pages as the first one")
    family: FamilyId
    starts: tuple[str, ...] = Field(min_length=1, description="columns of annual reports, or pages that lead to them")
    politeness: Politeness = Politeness()
    status: PortalStatus = "unverified"
    notes: str | None = None

    @model_validator(mode="after")
    def _check_starts(self) -> "Portal":
        for start in self.starts:
            try:
                host = read_host(normalise_address(start))
            except AddressError as error:
                raise ValueError(f"start page {error}") from error
            if host not in self.allowed_hosts:
                raise ValueError(f"start page `{start}` is on a host that `hosts` does not name")
        return self

    @model_validator(mode="after")
    def _check_delay(self) -> "Portal":
        loopback = all(_is_loopback(host) for host in self.allowed_hosts)
        if self.politeness.delay_seconds < LEAST_DELAY_SECONDS and not loopback:
            raise ValueError(f"delay of {self.politeness.delay_seconds} s: {LEAST_DELAY_SECONDS} s is the least")
        return self

    @property
    def allowed_hosts(self) -> frozenset[str]:
        return frozenset((*self.hosts, *self.twins))

    @property
    def canonical_hosts(self) -> dict[str, str]:
        """Each twin with the host it stands for."""
        return dict.fromkeys(self.twins, self.hosts[0])


@dataclass(frozen=True, slots=True)
class RegisterProblem:
    """What is wrong with one record (null: with the whole file)."""

    file: str
    portal: str | None
    detail: str


def read_register(folder: Path) -> tuple[tuple[Portal, ...], tuple[RegisterProblem, ...]]:
    """Every sound record of the folder's `*.yml` files, by id, and what is wrong with the others.

    An id that stands twice is a problem of the second record. A folder without files has neither.
    """
    portals: dict[str, Portal] = {}
    problems: list[RegisterProblem] = []
    for path in sorted(folder.glob("*.yml")):
        if path.name.startswith(OTHER_FILES):
            continue
        for found in _read_file(path):
            if isinstance(found, RegisterProblem):
                problems.append(found)
            elif found.id in portals:
                problems.append(RegisterProblem(path.name, found.id, "the id stands twice"))
            else:
                portals[found.id] = found
    return tuple(portals[name] for name in sorted(portals)), tuple(problems)


def count_statuses(portals: Iterable[Portal]) -> Counter[PortalStatus]:
    """How many portals have each status."""
    return Counter(portal.status for portal in portals)


def _read_file(path: Path) -> Iterable[Portal | RegisterProblem]:
    try:
        records = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield RegisterProblem(path.name, None, " ".join(str(error).split()))
        return
    if not isinstance(records, list):
        yield RegisterProblem(path.name, None, "not a list of records")
        return
    for record in records:
        name = str(record.get("id")) if isinstance(record, dict) else None
        try:
            yield Portal.model_validate(record)
        except ValidationError as error:
            yield from (RegisterProblem(path.name, name, _describe(each)) for each in error.errors())


def _describe(error: object) -> str:
    place = ".".join(map(str, error["loc"])) if isinstance(error, dict) else ""
    message = error["msg"] if isinstance(error, dict) else str(error)
    return f"{place}: {message}" if place else message


def _is_loopback(host: str) -> bool:
    literal = read_literal_ip(host)
    return host == "localhost" or (literal is not None and literal.is_loopback)
