"""Text as it is compared: one width, no white space, no marks that converters add; and the way back to the print."""

import re
import unicodedata
from dataclasses import dataclass

# `[bookmark: …]` and `#`, `*`, backticks come from Word and markdown conversions; nobody printed them.
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_MARKS = frozenset("#*`")
# Copies in traditional characters occur; these are the ones that titles, headings, dates and figures are made of.
_SIMPLIFIED = dict(
    zip(
        "開報務資總體況處請訴複議頒應項辦廳縣區鎮鄉會聯與門戶網結條數達餘萬維糾類發號轉載圖電個無沒時費減規範讀課佈訟預決億聞繼續專職員絡機關單檢",
        "开报务资总体况处请诉复议颁应项办厅县区镇乡会联与门户网结条数达余万维纠类发号转载图电个无没时费减规范读课布讼预决亿闻继续专职员络机关单检",
        strict=True,
    )
)
_FULL_WIDTH_STOPS = frozenset("（），：；！？～")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded text and, for each of its characters, the place in the printed text it came from."""

    text: str
    printed: str
    positions: tuple[int, ...]

    def start_of(self, index: int) -> int:
        """The printed place of a folded character; the printed length behind the last one."""
        return self.positions[index] if index < len(self.positions) else len(self.printed)

    def quote(self, start: int, end: int) -> str:
        """The printed characters from one folded place up to another, white space inside kept."""
        if start >= end:
            return ""
        return self.printed[self.positions[start] : self.positions[end - 1] + 1]


class _FoldTable(dict[int, str]):
    """What each character folds to, worked out when it is first met: nothing, one character or several."""

    def __missing__(self, code: int) -> str:
        kept = (character for character in unicodedata.normalize("NFKC", chr(code)) if _is_content(character))
        self[code] = "".join(_SIMPLIFIED.get(character, character) for character in kept)
        return self[code]


def _is_content(character: str) -> bool:
    if character.isspace() or character in _MARKS:
        return False
    return unicodedata.category(character) not in ("Cf", "Cc")


_FOLDED = _FoldTable()


def fold_text(printed: str) -> str:
    """Printed text as it is compared: what two prints of the same words have in common."""
    text = _BOOKMARK.sub("", printed) if "[bookmark:" in printed else printed
    return text.translate(_FOLDED)


def fold_with_positions(printed: str) -> FoldedText:
    """The same, character by character, so that every match can be quoted as it is printed."""
    skipped = {place for match in _BOOKMARK.finditer(printed) for place in range(*match.span())}
    pairs = [
        (character, place)
        for place, printed_character in enumerate(printed)
        if place not in skipped
        for character in _FOLDED[ord(printed_character)]
    ]
    return FoldedText("".join(pair[0] for pair in pairs), printed, tuple(pair[1] for pair in pairs))


def clean_name(printed: str) -> str:
    """A name as printed, without white space and conversion marks; radical code points (⾏) become characters (行).

    Brackets and stops keep the width they are printed in; nothing is corrected.
    """
    kept = [c for c in _BOOKMARK.sub("", printed) if c in _FULL_WIDTH_STOPS or _is_content(c)]
    return "".join(c if c in _FULL_WIDTH_STOPS else unicodedata.normalize("NFKC", c) for c in kept)
