"""What an origin's `robots.txt` allows; read as RFC 9309 asks."""

from dataclasses import dataclass

from protego import Protego

# The name that rules are looked up by.
ROBOT_NAME = "gongkai"
MAX_CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin for this crawler; `delay_seconds` is null when they ask for none."""

    rules: Protego
    delay_seconds: float | None

    def allows(self, address: str) -> bool:
        """Whether an address may be asked for."""
        return self.rules.can_fetch(address, ROBOT_NAME)


def read_robots(text: str) -> Robots:
    """The rules of a `robots.txt`; an empty one allows everything."""
    rules = Protego.parse(text[:MAX_CHARACTERS])
    delay = rules.crawl_delay(ROBOT_NAME)
    return Robots(rules, None if delay is None else float(delay))


def read_robots_answer(status: int, content: bytes) -> str | None:
    """The rules an answer stands for: empty where there are none (4xx), null when they must be asked for again.

    A page of HTML in its place is no rules: it is what servers send for whatever they do not have.
    """
    if 200 <= status < 300:
        text = content.decode("utf-8", "replace")
        return "" if text.lstrip().startswith("<") else text
    if 400 <= status < 500 and status != 429:
        return ""
    return None
