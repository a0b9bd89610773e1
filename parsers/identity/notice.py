"""Reads which notice on the form a report cites, and the code of the website it stands on."""

import re

from parsers.identity.lookups import load_lookups
from parsers.page import Page, Paragraph
from parsers.prose.text import fold_text

_OPEN, _CLOSE = r"[〔\[(【〈<{﹝]?", r"[〕\])】〉>}﹞]?"
_SITE_CODE = re.compile(r"(?<!\d)\d{10}(?!\d)")


def read_cited_notice(page: Page) -> str | None:
    """The numbers of the notices on the form, e.g. 国办公开办函〔2021〕30号, in order, joined by `; `; else null.

    Only brackets and white space are made uniform. Which notice a report cites does not say which form it uses.
    """
    names = load_lookups().notices
    issuers = sorted(names.issuers, key=len, reverse=True)
    single = [re.match(r"(.+?)〔(\d{4})〕(\d+)号", number) for number in names.numbers]
    issued = [rf"(?P<issuer>{'|'.join(issuers)}){_OPEN}(?P<year>20\d{{2}}){_CLOSE}第?(?P<number>\d{{1,4}})号"]
    issued += [
        rf"(?P<issuer>{m[1]}){_OPEN}(?P<year>{m[2]}){_CLOSE}第?(?P<number>{m[3]})号" for m in single if m is not None
    ]
    found: dict[str, None] = {}
    for block in page.blocks:
        if not isinstance(block, Paragraph) or "国办" not in (text := fold_text(block.text)):
            continue
        matches = sorted((m for pattern in issued for m in re.finditer(pattern, text)), key=lambda m: m.start())
        found.update({f"{m['issuer']}〔{m['year']}〕{m['number']}号": None for m in matches})
    return "; ".join(found) or None


def read_site_id_code(page: Page) -> str | None:
    """The ten digits of SiteIDCode or 网站标识码; null where none or several different ones are printed."""
    names = {fold_text(name).lower() for name in load_lookups().site_id_code}
    values = [item.value for item in page.metadata if fold_text(item.name).lower() in names]
    codes = {match[0] for value in values if (match := _SITE_CODE.fullmatch(fold_text(value)))}
    if not codes:
        texts = (fold_text(block.text) for block in page.blocks if isinstance(block, Paragraph))
        codes = {m[1] for text in texts for m in re.finditer(r"网站标识码:?(\d{10})(?!\d)", text)}
    return next(iter(codes)) if len(codes) == 1 else None
