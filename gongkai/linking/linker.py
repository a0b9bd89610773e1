"""Decides which agency a report is of. What its name leaves open, evidence settles; else the report stays unlinked.

The site's code and host only narrow to their region and below and never decide alone. A name that fits one region, and
that no evidence contradicts, is linked; so is one of several that a place named in the preamble, a credit code, an area
code or a postcode singles out. Everything the decision rests on is kept beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from gongkai.linking.decisions import find_decision
from gongkai.linking.evidence import Evidence, ReportContext, find_codes, find_site, list_places
from gongkai.linking.gazetteer import Gazetteer
from gongkai.linking.names import Candidate, find_candidates, read_regionless

# What a link rests on at the weakest, and how far it is to be trusted; held against `make evaluate-linking`.
CONFIDENCE = {
    "name": 0.99,
    "township_alone": 0.93,
    "decision": 0.95,
    "place_named": 0.97,
    "site": 0.95,
    "code": 0.92,
    "region_from_text": 0.9,
}
_BASES = {
    "site_id_code": "site",
    "host": "site",
    "place_named": "place_named",
    "credit_code": "code",
    "phone": "code",
    "postcode": "code",
}
_MOST_CANDIDATES_KEPT = 20


@dataclass(frozen=True, slots=True)
class Link:
    """The outcome for one report. `candidate` and `confidence` are null when unlinked; then `reason` is why not, else
    what the link rests on. `candidates` are the agencies the name may mean, at most 20 of them. `usual_name` is the
    agency's where a decision sets it."""

    report_id: str
    candidate: Candidate | None
    reason: str
    confidence: float | None
    candidates: tuple[str, ...]
    evidence: tuple[str, ...]
    usual_name: str | None = None


def link_report(context: ReportContext, gazetteer: Gazetteer) -> Link:
    """The agency of one report by its printed name and evidence; the same input gives the same link."""
    site = tuple(find_site(context, gazetteer))
    host = urlsplit(context.source_url or "").hostname
    decision = find_decision(context.agency_name, tuple(place for place in (context.site_id_code, host) if place))
    if decision is not None and decision.read_as is None:
        return Link(context.report_id, None, "left_by_decision", None, (), (f"decision: {decision.reason}",))
    name = context.agency_name if decision is None or decision.read_as is None else decision.read_as
    candidates, from_text = _list_candidates(name, context, gazetteer)
    link = _decide(context, candidates, site, from_text, gazetteer)
    if decision is None or link.candidate is None:
        return link
    evidence = (f"decision: {context.agency_name} = {name}: {decision.reason}", *link.evidence)
    confidence = min(CONFIDENCE["decision"], link.confidence or 0)
    return replace(link, reason="decision", confidence=confidence, evidence=evidence, usual_name=decision.usual_name)


def _list_candidates(
    name: str, context: ReportContext, gazetteer: Gazetteer
) -> tuple[tuple[Candidate, ...], Evidence | None]:
    """What the name may mean in the report's year; for a name without a region, the one region its text names."""
    candidates = _keep_standing(find_candidates(name, gazetteer), context.report_year, gazetteer)
    if candidates:
        return candidates, None
    regionless = read_regionless(name)
    if regionless is None or regionless.kind is None:
        return (), None
    places = list_places(context)
    named = sorted(
        form
        for form in _list_forms_in(places, gazetteer)
        if form.endswith(regionless.kind) and any(hit.is_full for hit in gazetteer.names[form])
    )
    if len(named) != 1:
        return (), None
    hits = [hit.region_id for hit in gazetteer.names[named[0]] if hit.is_full]
    found = tuple(Candidate(region_id, regionless.body, len(named[0]), True, True) for region_id in hits)
    evidence = Evidence("region_named", named[0], frozenset(hits))
    return _keep_standing(found, context.report_year, gazetteer), evidence


def _list_forms_in(text: str, gazetteer: Gazetteer) -> set[str]:
    """Names of regions that stand in a text, without those that are only a part of a longer one there."""
    spans = [
        (start, start + length)
        for start in range(len(text))
        for length in range(2, gazetteer.longest_name + 1)
        if text[start : start + length] in gazetteer.names and start + length <= len(text)
    ]
    whole = [a for a in spans if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans)]
    return {text[start:end] for start, end in whole}


def _keep_standing(candidates: Iterable[Candidate], year: int | None, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Without regions that had ended before the year; of unknown year, those that stand, if any does."""
    pool = tuple(candidates)
    ends = {candidate.agency_id: gazetteer.regions[candidate.region_id].last_year for candidate in pool}
    if year is not None:
        return tuple(c for c in pool if (end := ends[c.agency_id]) is None or end >= year - 1)
    return tuple(c for c in pool if ends[c.agency_id] is None) or pool


def _decide(
    context: ReportContext,
    candidates: Sequence[Candidate],
    site: Sequence[Evidence],
    from_text: Evidence | None,
    gazetteer: Gazetteer,
) -> Link:
    known = tuple(candidate.agency_id for candidate in candidates)[:_MOST_CANDIDATES_KEPT]
    codes = tuple(find_codes(context, gazetteer))
    against = _find_contradiction(candidates, site, codes, gazetteer)
    if against is not None:
        reason, evidence = against
        return Link(context.report_id, None, reason, None, known, tuple(map(str, evidence)))
    left, used, basis = _narrow(context, candidates, (site, codes), from_text, gazetteer)
    if len(left) > 1:
        return Link(context.report_id, None, "ambiguous", None, known, tuple(map(str, used)))
    (candidate,) = left
    if not candidate.is_full and not used:
        used = _confirm(context, candidate, site, gazetteer)
        if not used:
            return Link(context.report_id, None, "name_shortened", None, known, ())
    quotes = (f"name: {context.agency_name}", *map(str, used))
    return Link(context.report_id, candidate, basis, CONFIDENCE[basis], known, quotes)


def _find_contradiction(
    candidates: Sequence[Candidate], site: Sequence[Evidence], codes: Sequence[Evidence], gazetteer: Gazetteer
) -> tuple[str, Sequence[Evidence]] | None:
    """Why no candidate can be it, with what says so: the name fits none, or site or phone are of another region."""
    if not candidates:
        return "name_fits_no_region", site
    phones = tuple(each for each in codes if each.kind == "phone")
    for reason, signs in (("site_contradicts", site), ("phone_contradicts", phones)):
        if signs and not any(_is_within(c, each, gazetteer) for c in candidates for each in signs):
            return reason, signs
    return None


def _narrow(
    context: ReportContext,
    candidates: Sequence[Candidate],
    site_and_codes: tuple[Sequence[Evidence], Sequence[Evidence]],
    from_text: Evidence | None,
    gazetteer: Gazetteer,
) -> tuple[tuple[Candidate, ...], tuple[Evidence, ...], str]:
    """The candidates that all evidence leaves, the evidence that took others away, and what the choice rests on."""
    site, codes = site_and_codes
    left = tuple(candidates)
    used: list[Evidence] = [] if from_text is None else [from_text]
    basis = _find_basis(candidates, from_text)
    for step in (site, None, codes):
        for evidence in _list_named_places(context, left, gazetteer) if step is None else step:
            narrowed = tuple(c for c in left if _is_within(c, evidence, gazetteer))
            if narrowed and len(narrowed) < len(left):
                left, basis = narrowed, _BASES[evidence.kind]
                used.append(evidence)
    return left, tuple(used), basis


def _find_basis(candidates: Sequence[Candidate], from_text: Evidence | None) -> str:
    if from_text is not None:
        return "region_from_text"
    return "name" if all(candidate.is_placed for candidate in candidates) else "township_alone"


def _is_within(candidate: Candidate, evidence: Evidence, gazetteer: Gazetteer) -> bool:
    return not evidence.region_ids.isdisjoint(gazetteer.regions[candidate.region_id].above)


def _list_named_places(
    context: ReportContext, candidates: Sequence[Candidate], gazetteer: Gazetteer
) -> tuple[Evidence, ...]:
    """The candidate whose regions the text names, beyond those common to all and all that it names of any other."""
    if len(candidates) == 1:
        return ()
    text = list_places(context)
    chains = {
        c.agency_id: {gazetteer.regions[region_id].name for region_id in gazetteer.regions[c.region_id].chain}
        for c in candidates
    }
    shared = set.intersection(*chains.values())
    named = {agency_id: {name for name in chain - shared if name in text} for agency_id, chain in chains.items()}
    return tuple(
        Evidence("place_named", "、".join(sorted(named[c.agency_id])), frozenset({c.region_id}))
        for c in candidates
        if all(named[c.agency_id] > named[other.agency_id] for other in candidates if other is not c)
    )


def _confirm(
    context: ReportContext, candidate: Candidate, site: Sequence[Evidence], gazetteer: Gazetteer
) -> tuple[Evidence, ...]:
    """What confirms a name without its kind (枣庄财政局): the region's whole name in the text, or its own site."""
    region = gazetteer.regions[candidate.region_id]
    own_site = tuple(each for each in site if candidate.region_id in each.region_ids)
    if region.name in list_places(context):
        return (Evidence("place_named", region.name, frozenset({region.region_id})), *own_site)
    return own_site
