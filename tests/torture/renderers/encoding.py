"""Text to bytes, with what transport does to them: charsets, line ends, lost bytes."""

from random import Random

from tests.torture.printing import Draft

# Losing a byte of UTF-16 shifts everything behind it, which is no longer a text with lost characters.
_LOSING = {"utf-16": "utf-8", "utf-8-sig": "utf-8"}


def encode(text: str, draft: Draft) -> bytes:
    """The text in the draft's charset. Bytes are lost from Chinese characters only, so that no figure is cut itself."""
    charset = draft.style.get("charset", "utf-8")
    text = text.replace("\n", draft.style.get("line_end", "\n"))
    if "lost_bytes" not in draft.style:
        return text.encode(charset)
    charset = _LOSING.get(charset, charset)
    places = [number for number, character in enumerate(text) if "\u4e00" <= character <= "\u9fff"]
    lost = set(Random(text).sample(places, int(draft.style["lost_bytes"])))
    pieces = [character.encode(charset) for character in text]
    return b"".join(piece[:-1] if number in lost else piece for number, piece in enumerate(pieces))
