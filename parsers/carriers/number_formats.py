"""Numbers as a sheet shows them: the digits, signs and words that a cell's number format makes of its value.

A value of 4166.241619 under `0.00` is printed 4166.24, a zero under an accounting format `-`, under `0;;;` nothing.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
# Formats that files name by number only; 5 to 8 and 41 to 44 are those of the Chinese and English programs.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    49: "@",
}
_PIECE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([#0?,.]+)|(%)|(@|General)|(.)', re.DOTALL)
_SIGNIFICANT = 15
_MOST_DIGITS, _MOST_DECIMALS = 16, 10
_PLAIN_SIGNS = frozenset(" -+():%$¥￥件元万条项宗个份次人篇部起亿")


def write_plainly(value: float) -> str:
    """A number without a format: whole numbers without a fraction, others to the 15 digits that sheets hold."""
    return format(Decimal(f"{value:.{_SIGNIFICANT}g}"), "f")


def write_number(value: float, code: str) -> str | None:
    """The number as the format shows it; null for a format that is not known here: dates, fractions, powers of ten."""
    sections = split_sections(code)
    if len(sections) > 1 and any("[" in section and re.search(r"\[[<>=]", section) for section in sections):
        return None
    if len(sections) > 2 and value == 0:
        return _write_section(Decimal(0), sections[2])
    if len(sections) > 1 and value < 0:
        return _write_section(Decimal(f"{-value:.{_SIGNIFICANT}g}"), sections[1])
    return _write_section(Decimal(f"{value:.{_SIGNIFICANT}g}"), sections[0])


def split_sections(code: str) -> list[str]:
    """The sections of a format, for positive, negative, zero and text; semicolons in quotes are part of a section."""
    sections = [""]
    for match in re.finditer(r'"[^"]*"|\\.|;|.', code, re.DOTALL):
        if match[0] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def _write_section(value: Decimal, section: str) -> str | None:
    before: list[str] = []
    after: list[str] = []
    pattern: str | None = None
    is_share = False
    for quoted, escaped, digits, share, plain, sign in _PIECE.findall(section):
        if digits and pattern is None:
            pattern = digits
        elif digits and not digits.strip("?"):
            continue
        elif digits or (sign and sign not in _PLAIN_SIGNS):
            return None
        elif plain and pattern is None:
            pattern = GENERAL
        else:
            is_share = is_share or bool(share)
            (before if pattern is None else after).append(quoted or escaped or share or sign)
    if pattern is None:
        return "".join(before).strip()
    written = _write_digits(value * 100 if is_share else value, pattern)
    return None if written is None else ("".join(before) + written + "".join(after)).strip()


def _write_digits(value: Decimal, pattern: str) -> str | None:
    if pattern == GENERAL:
        return format(value, "f")
    whole, point, fraction = pattern.partition(".")
    is_known = "." not in fraction and "," not in fraction and not whole.endswith(",")
    if not is_known or not value.is_finite() or value.adjusted() > _MOST_DIGITS or len(fraction) > _MOST_DECIMALS:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    rounded = rounded if rounded else abs(rounded)
    written = format(rounded, ",f" if "," in whole else "f")
    least = fraction.rstrip("#?")
    while point and len(written.rpartition(".")[2]) > len(least) and written.endswith("0"):
        written = written[:-1]
    written = written.rstrip(".") if not least else written
    if not whole.strip("#,?") and written.lstrip("-").startswith("0"):
        written = written.replace("0", "", 1)
    digits = sum(sign == "0" for sign in whole)
    shown = len(re.sub(r"\D", "", written.partition(".")[0]))
    return written if shown >= digits else written.replace("-", "").zfill(len(written) + digits - shown)
