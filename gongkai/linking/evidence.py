"""What else a report says about where its body is: site code, host, credit code, phone, postcode, places named."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from gongkai.linking.gazetteer import Gazetteer
from gongkai.linking.regions import REFERENCE

_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PHONE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[-—– ]{0,2}\d{7,8}(?!\d)")
_POSTCODE = re.compile(r"(?:邮编|邮政编码)[::]?(\d{6})(?!\d)")
_PORTAL = re.compile(r"[\u4e00-\u9fff]{2,16}?(?:人民政府|政府)(?:门户)?网站?")


@dataclass(frozen=True, slots=True)
class ReportContext:
    """One report as linking sees it: the printed name, and where else its region may be told from."""

    report_id: str
    agency_name: str
    report_year: int | None
    site_id_code: str | None = None
    source_url: str | None = None
    preamble: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign of where a body is, as printed, with the ids of the regions it points to.

    Kinds `site_id_code` and `host` only narrow: a portal also carries the reports of lower bodies.
    """

    kind: str
    quote: str
    region_ids: frozenset[str]

    def __str__(self) -> str:
        return f"{self.kind}: {self.quote}"


def fold_evidence(text: str) -> str:
    """Text in one width and without white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def find_site(context: ReportContext, gazetteer: Gazetteer) -> Iterator[Evidence]:
    """The site's region by its code and by its host; a code that is no region's, or an unknown host, says nothing."""
    if context.site_id_code is not None:
        region_id = gazetteer.ids_by_code.get(context.site_id_code[:6])
        if region_id in gazetteer.regions:
            yield Evidence("site_id_code", context.site_id_code, frozenset({region_id}))
    host = urlsplit(context.source_url or "").hostname
    if host is not None:
        for suffix, code in _load_hosts():
            if host == suffix or host.endswith(f".{suffix}"):
                yield Evidence("host", host, frozenset({gazetteer.ids_by_code[code]}))
                return


def find_codes(context: ReportContext, gazetteer: Gazetteer) -> Iterator[Evidence]:
    """Regions by unified social credit code (only with a valid check digit), area code and postcode."""
    text = fold_evidence(context.preamble)
    for code in _CREDIT_CODE.findall(f"{context.source_url or ''} {text}"):
        region_id = gazetteer.ids_by_code.get(code[2:8])
        if is_credit_code(code) and region_id in gazetteer.regions:
            yield Evidence("credit_code", code, frozenset({region_id}))
    for kind, pattern in (("phone", _PHONE), ("postcode", _POSTCODE)):
        for printed in pattern.findall(text):
            codes = _find_prefix(kind, printed)
            if codes:
                yield Evidence(kind, printed, frozenset(gazetteer.ids_by_code[code] for code in codes))


def list_places(context: ReportContext) -> str:
    """The text in which a report says where it is: all above chapter one, and the government portals it names."""
    portals = _PORTAL.findall(fold_evidence(context.text))
    return " ".join((fold_evidence(context.preamble), *portals))


def is_credit_code(code: str) -> bool:
    """Whether the check digit of a unified social credit code is right (GB 32100-2015)."""
    if len(code) != 18 or any(sign not in _CREDIT_SIGNS for sign in code):
        return False
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _CREDIT_SIGNS[(31 - total % 31) % 31] == code[17]


@cache
def _load_hosts() -> tuple[tuple[str, str], ...]:
    """Suffix and region code, the longest suffix first."""
    rows = _read_rows("hosts.csv")
    return tuple(sorted(((row["host"], row["region_code"]) for row in rows), key=lambda row: (-len(row[0]), row)))


@cache
def _load_prefixes() -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (row["kind"], prefix): tuple(row["region_codes"].split())
        for row in _read_rows("area_prefixes.csv")
        for prefix in row["prefixes"].split()
    }


def _find_prefix(kind: str, printed: str) -> tuple[str, ...]:
    known = _load_prefixes()
    return next((known[kind, printed[:n]] for n in range(len(printed), 1, -1) if (kind, printed[:n]) in known), ())


def _read_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((REFERENCE / name).read_text(encoding="utf-8").splitlines()))
