"""Cuts a folded sentence into words, figures, stops and runs of unknown characters, from left to right."""

from dataclasses import dataclass
from typing import Literal

from parsers.prose.lexicon import Lexicon, Meaning, load_lexicon
from parsers.prose.numerals import Figure, read_figure

TokenKind = Literal["word", "figure", "stop", "unknown", "title"]
STOPS = frozenset(",;:()、。!?+|[]{}")
_QUOTES = {"“": "”", "《": "》", "〈": "〉", "「": "」", "『": "』", "<": ">", '"': '"', "‘": "’"}
_CLOSING = frozenset(_QUOTES.values())
_NUMERALS = frozenset("第零〇一二两三四五六七八九十百")
_LONGEST_QUOTE = 60
_NOTHING = Meaning()
_GAZETTE = "公报"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its place in the folded text, what the word can mean, or the figure."""

    kind: TokenKind
    start: int
    end: int
    text: str
    meaning: Meaning = _NOTHING
    figure: Figure | None = None
    is_quoted: bool = False

    @property
    def is_value(self) -> bool:
        """Whether it is a figure that can count something."""
        return self.figure is not None and self.figure.kind == "value"

    @property
    def flags(self) -> frozenset[str]:
        """The marks of the word."""
        return self.meaning.flags


def read_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a folded sentence. Quotes are taken off: a title in them says nothing, words in them only what they
    name, not who does what when.
    """
    lexicon = load_lexicon()
    tokens: list[Token] = []
    place, unknown = 0, 0
    quote_start = quote_end = -1
    while place < len(text):
        character = text[place]
        found = None
        if place >= quote_end and character in _QUOTES:
            found, place_after, quote_end = _open_quote(text, place, lexicon)
            quote_start = place
        elif character in STOPS:
            found, place_after = Token("stop", place, place + 1, character), place + 1
        elif character in _CLOSING:
            place_after = place + 1
            if any(t.is_value and t.start > quote_start for t in tokens) and place == quote_end:
                found = Token("stop", place, place + 1, character)
        else:
            found = _read_token(text, place, lexicon, is_quoted=place < quote_end)
            place_after = found.end if found is not None else place
        if found is None and place_after == place:
            place += 1
            continue
        if unknown < place:
            tokens.append(Token("unknown", unknown, place, text[unknown:place], is_quoted=place <= quote_end))
        if found is not None:
            tokens.append(found)
        place = unknown = place_after
    if unknown < len(text):
        tokens.append(Token("unknown", unknown, len(text), text[unknown:]))
    return tuple(tokens)


def _open_quote(text: str, place: int, lexicon: Lexicon) -> tuple[Token | None, int, int]:
    """What a quote is worth: a title is one token; else its words are read, up to where it ends."""
    end = text.find(_QUOTES[text[place]], place + 1, place + _LONGEST_QUOTE)
    if end < 0:
        return None, place + 1, -1
    inside = text[place + 1 : end]
    if text[place] in "《〈<":
        if inside.endswith(_GAZETTE):
            return Token("word", place, end + 1, inside, lexicon.words[_GAZETTE]), end + 1, -1
        return Token("title", place, end + 1, inside, is_quoted=True), end + 1, -1
    if inside.startswith(lexicon.quoted_websites) and not any(lexicon.find_word(inside, n) for n in range(len(inside))):
        return Token("word", place, end + 1, inside, lexicon.words["政府网站"], is_quoted=True), end + 1, -1
    return None, place + 1, end


def _read_token(text: str, place: int, lexicon: Lexicon, *, is_quoted: bool) -> Token | None:
    """The word or figure at this place. A name with digits is a name unless a counter follows; owners make a website
    that of a department.
    """
    found = lexicon.find_word(text, place)
    character = text[place]
    if character.isdigit() and character.isascii():
        if found is not None and not _is_counted(text, place, found[0], lexicon):
            return Token("word", place, place + len(found[0]), found[0], found[1], is_quoted=is_quoted)
        figure = read_figure(text, place, lexicon)
        return Token("figure", place, figure.end, text[place : figure.end], figure=figure) if figure else None
    if found is not None:
        meaning = _settle_owner(text, place, found[1], lexicon)
        if is_quoted:
            meaning = Meaning(noun=meaning.noun, is_weak=meaning.is_weak, parts=meaning.parts, rate=meaning.rate)
        return Token("word", place, place + len(found[0]), found[0], meaning, is_quoted=is_quoted)
    if character not in _NUMERALS:
        return None
    figure = read_figure(text, place, lexicon)
    return Token("figure", place, figure.end, text[place : figure.end], figure=figure) if figure else None


def _is_counted(text: str, place: int, word: str, lexicon: Lexicon) -> bool:
    """Whether digits that make a name are a count here, 12345件, or part of a longer number."""
    if not word.isdigit():
        return False
    behind = text[place + len(word) : place + len(word) + 1]
    unit = lexicon.find_unit(text, place + len(word))
    return behind.isdigit() or behind in lexicon.multipliers or unit is not None


def _settle_owner(text: str, place: int, meaning: Meaning, lexicon: Lexicon) -> Meaning:
    if ("channel", "gov_website") not in meaning.parts or not text[:place].endswith(lexicon.owners):
        return meaning
    return lexicon.words["部门网站"]
