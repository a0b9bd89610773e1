"""Reads what one cell prints: a count, a signed change or an amount, with its unit and remark.

Blank, slash, dash, words and zero stay different states. A figure is read only when the cell leaves one reading;
digits parted by white space, broken thousands groups or padded zeros are `unreadable`, never joined by guess.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.report import CellState

_SLASHES = frozenset({"/", "\\", "//"})
_DASHES = frozenset({"-", "--", "—", "——", "–", "―", "─", "−"})
_UNIT = r"(?P<unit>万元|亿元|元|件|条|项|宗|个|份|次|篇|部|起|人次|人)?"
_NUMBER = re.compile(
    rf"(?P<sign>[+\-−])?(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?{_UNIT}(?:\((?P<remark>[^()]*)\))?"
)
# A character that was lost; what stands beside it may be wrong.
_LOST = "\ufffd"
_PARTED_DIGITS = re.compile(r"\d\s+\d")
# Texts up to this length are remembered: the same few figures and labels stand in every report.
_SHORT = 40
_MAX_WHOLE_DIGITS = 16
_MAX_DECIMALS = 8


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell holds. `value` is the printed number, unscaled, only for the state `number`."""

    state: CellState
    value: Decimal | None = None
    unit: str | None = None
    remark: str | None = None


def normalise_text(text: str) -> str:
    """Full-width forms folded (NFKC) and white space and zero-width signs taken out."""
    return _normalise_short(text) if len(text) <= _SHORT else _normalise(text)


def _normalise(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


_normalise_short = lru_cache(maxsize=20_000)(_normalise)


def holds_total(digits: str) -> bool:
    """Whether a run of digits can be cut to figures of which the last is the sum of the others: 1212, 5712, 10010."""
    return any(
        _adds_up(digits[:cut], int(digits[cut:]))
        for cut in range(1, len(digits))
        if digits[cut] != "0" and len(digits) <= _MAX_WHOLE_DIGITS
    )


def _adds_up(digits: str, total: int) -> bool:
    """Whether digits can be cut to figures that make a total."""
    if not digits:
        return total == 0
    cuts = range(1, 2 if digits[0] == "0" else len(digits) + 1)
    return any(int(digits[:cut]) <= total and _adds_up(digits[cut:], total - int(digits[:cut])) for cut in cuts)


def read_number(text: str) -> CellReading:
    """Read one printed cell. Units stand behind the figure, a remark in brackets behind both."""
    return _read_short(text) if len(text) <= _SHORT else _read(text)


def _read(text: str) -> CellReading:
    compact = normalise_text(text)
    if compact == "":
        return CellReading("blank")
    if compact in _SLASHES:
        return CellReading("slash")
    if compact in _DASHES:
        return CellReading("dash")
    match = _NUMBER.fullmatch(compact)
    if match is None:
        return CellReading("unreadable" if _looks_like_figures(compact) else "text")
    if _LOST in compact:
        return CellReading("unreadable")
    before_remark = unicodedata.normalize("NFKC", text).split("(")[0]
    if _PARTED_DIGITS.search(before_remark):
        return CellReading("unreadable")
    whole = match["whole"].replace(",", "")
    fraction = match["fraction"] or ""
    if len(whole) > 1 and whole.startswith("0"):
        return CellReading("unreadable")
    if len(whole) > _MAX_WHOLE_DIGITS or len(fraction) > _MAX_DECIMALS + 1:
        return CellReading("unreadable")
    sign = "-" if match["sign"] in ("-", "−") else ""
    return CellReading("number", Decimal(f"{sign}{whole}{fraction}"), match["unit"], match["remark"])


_read_short = lru_cache(maxsize=20_000)(_read)


def is_figure(text: str) -> bool:
    """Whether a cell can stand where a figure belongs: a number, or nothing but blank, slash, dash or digits."""
    return read_number(text).state != "text"


def _looks_like_figures(compact: str) -> bool:
    return all(c.isdigit() or c in ",.+-−/" for c in compact)
