"""Every carrier there is. A new one is a module with a `CARRIER` and a line here."""

from parsers.carriers import html, text

CARRIERS = (
    html.CARRIER,
    text.CARRIER,
)
