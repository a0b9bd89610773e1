"""Chooses the title of a page among those found, and lets the others lend what it lacks."""

from dataclasses import replace

from parsers.identity.head import TitleFound, count_stated
from parsers.prose.text import fold_text


def choose_title(titles: tuple[TitleFound, ...], period_years: frozenset[int]) -> TitleFound | None:
    """The title of the page: the fullest of the best place, completed by the others where it lacks name or year.

    Where one place holds titles of several bodies or years, the one that another place or the stated period confirms;
    if none or several are confirmed, there is no title.
    """
    stating = [title for title in titles if title.reading.agency_name or title.reading.year]
    if not stating:
        return None
    best = [title for title in stating if title.rank == stating[0].rank]
    fullest = max(count_stated(title.reading) for title in best)
    chosen = _choose_one([title for title in best if count_stated(title.reading) == fullest], titles, period_years)
    return None if chosen is None else _lend_year(_lend_name(chosen, titles), titles)


def _choose_one(
    wanted: list[TitleFound], titles: tuple[TitleFound, ...], period_years: frozenset[int]
) -> TitleFound | None:
    if len({_key(title) for title in wanted}) == 1:
        return wanted[0]
    elsewhere = {_key(title) for title in titles if title.rank != wanted[0].rank}
    in_period = [title for title in wanted if title.reading.year in period_years]
    for confirmed in ([title for title in wanted if _key(title) in elsewhere], in_period):
        if len({_key(title) for title in confirmed}) == 1:
            return confirmed[0]
    return None


def _lend_name(chosen: TitleFound, titles: tuple[TitleFound, ...]) -> TitleFound:
    """A title that is only a year takes name and words of the next place that names one body for that year."""
    if chosen.reading.agency_name is not None:
        return chosen
    lenders = [
        t for t in titles if t.reading.agency_name and t.may_lend and t.reading.year in (None, chosen.reading.year)
    ]
    nearest = [title for title in lenders if title.rank == lenders[0].rank]
    if len({_key(title)[0] for title in nearest}) != 1:
        return chosen
    lender = nearest[0]
    if lender.reading.year is not None:
        return lender
    return replace(lender, reading=replace(lender.reading, year=chosen.reading.year), lent_year_evidence=chosen.quote)


def _lend_year(chosen: TitleFound, titles: tuple[TitleFound, ...]) -> TitleFound:
    """A title without a year takes it from the other titles of the same body, where they all state the same."""
    if chosen.reading.year is not None:
        return chosen
    lenders = [t for t in titles if t.reading.year is not None and _key(t)[0] == _key(chosen)[0]]
    if len({title.reading.year for title in lenders}) != 1:
        return chosen
    return replace(
        chosen, reading=replace(chosen.reading, year=lenders[0].reading.year), lent_year_evidence=lenders[0].quote
    )


def _key(title: TitleFound) -> tuple[str, int | None]:
    return fold_text(title.reading.agency_name or ""), title.reading.year
