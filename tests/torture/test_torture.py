"""Damaged reports are read right or with doubt: a small, fixed part of the bench, carrier by carrier."""

import pytest

from tests.torture.bench import Outcome, list_cases, run_case, run_cases
from tests.torture.build import Case, build_draft, parse_case
from tests.torture.damage import list_damages
from tests.torture.renderers import RENDERERS
from tests.torture.summary import list_silent, tally_by_carrier

SEED = 11
REPORTS = {"html": 120, "text": 120}
LEAST_RIGHT = {"html": 0.999, "text": 0.999}
MOST_NEEDLESS = {"html": 0.001, "text": 0.001}


@pytest.fixture(scope="module", params=sorted(REPORTS))
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    return list(run_cases(list_cases(request.param, REPORTS[request.param], SEED), processes=1))


@pytest.mark.slow
def test_no_figure_is_wrong_in_silence(outcomes: list[Outcome]) -> None:
    assert list_silent(outcomes) == []


@pytest.mark.slow
def test_damaged_reports_are_read(outcomes: list[Outcome]) -> None:
    ((carrier, tally),) = tally_by_carrier(outcomes).items()
    assert tally.not_read == 0
    assert tally.right_share >= LEAST_RIGHT[carrier]
    assert tally.needless_share <= MOST_NEEDLESS[carrier]


@pytest.mark.slow
@pytest.mark.parametrize("carrier", sorted(REPORTS))
def test_undamaged_reports_have_no_finding(carrier: str) -> None:
    for number in range(30):
        outcome = run_case(f"{carrier}:{SEED}:{number}+")
        assert outcome.judgement is not None
        assert outcome.judgement.findings == [], str(outcome.case)
        assert outcome.judgement.counts["right"] == sum(outcome.judgement.counts.values()), str(outcome.case)


@pytest.mark.parametrize("carrier", sorted(REPORTS))
def test_same_case_gives_same_bytes(carrier: str) -> None:
    drafts = [build_draft(Case(carrier, SEED, 3))[0] for _ in range(2)]
    one, other = (RENDERERS[carrier].write(draft) for draft in drafts)
    assert one == other


@pytest.mark.parametrize("carrier", sorted(REPORTS))
def test_every_damage_finds_a_place(carrier: str) -> None:
    missed = {damage.name for damage in list_damages(carrier)}
    for number in range(12):
        for name in sorted(missed):
            _, applied = build_draft(Case(carrier, SEED, number, (name,)))
            missed -= set(applied)
    assert missed == set()


@pytest.mark.parametrize("text", ["html:1:31", "text:5:0+", "text:5:0+gbk+note_row"])
def test_case_is_printed_as_it_is_read(text: str) -> None:
    assert str(parse_case(text)) == text
