"""Writes a counter as a word processor numbers with it: 3, 三, ③, 叁, 丙, iii, c."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST = 9_999


def write_numeral(number: int, style: str) -> str | None:
    """The number in a style named as in `w:numFmt`; null for a style or a number that is not known here."""
    if not 0 <= number <= _MOST or style not in _WRITERS:
        return None
    return _WRITERS[style](number)


def _write_counting(number: int) -> str:
    """一 to 九十九 as spoken, from there on digit by digit."""
    if number > 99 or number == 0:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    return _write_spoken(number, _DIGITS, ("", "十", "百", "千"), bare_ten=True)


def _write_thousand(number: int) -> str:
    return _write_spoken(number, "零" + _DIGITS[1:], ("", "十", "百", "千"), bare_ten=True)


def _write_legal(number: int) -> str:
    return _write_spoken(number, _LEGAL_DIGITS, ("", "拾", "佰", "仟"), bare_ten=False)


def _write_spoken(number: int, digits: str, units: tuple[str, ...], *, bare_ten: bool) -> str:
    """The number with its units: 一百零三; 10 to 19 without the leading one where `bare_ten`."""
    if number == 0:
        return digits[0]
    printed = str(number)
    written = ""
    for place, digit in enumerate(printed):
        unit = units[len(printed) - 1 - place]
        if digit != "0":
            written += digits[int(digit)] + unit
        elif not written.endswith(digits[0]) and int(printed[place:]):
            written += digits[0]
    return written[1:] if bare_ten and 10 <= number <= 19 else written


def _write_roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _write_letter(number: int) -> str:
    """a to z, then aa, bb, … as word processors have it."""
    return "" if number == 0 else chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _write_cycle(names: str) -> Callable[[int], str]:
    return lambda number: names[(number - 1) % len(names)] if number else ""


def _write_enclosed(first: str, last: int) -> Callable[[int], str]:
    """One sign a number, such as ① to ⑳; above that plain figures, as word processors print them."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= last else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _write_enclosed("①", 20),
    "decimalEnclosedCircleChinese": _write_enclosed("①", 20),
    "decimalEnclosedParen": _write_enclosed("⑴", 20),
    "decimalEnclosedFullstop": _write_enclosed("⒈", 20),
    "ideographEnclosedCircle": _write_enclosed("㊀", 10),
    "chineseCounting": _write_counting,
    "chineseCountingThousand": _write_thousand,
    "chineseLegalSimplified": _write_legal,
    "japaneseCounting": _write_thousand,
    "japaneseDigitalTenThousand": _write_counting,
    "taiwaneseCounting": _write_counting,
    "taiwaneseCountingThousand": _write_thousand,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": _write_cycle(_STEMS),
    "ideographZodiac": _write_cycle(_BRANCHES),
    "lowerLetter": _write_letter,
    "upperLetter": lambda number: _write_letter(number).upper(),
    "lowerRoman": _write_roman,
    "upperRoman": lambda number: _write_roman(number).upper(),
    "none": lambda _: "",
}
