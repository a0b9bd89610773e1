"""Names made from the code tables by stated rules: precision, recall, and what must stay unlinked."""

from benchmarks.evaluate_linking import evaluate, make_cases, total_score


def test_names_made_from_the_code_tables_are_linked_rightly() -> None:
    cases = make_cases()
    assert len({case.name for case in cases}) >= 300
    assert sum(case.agency_id is None for case in cases) >= 50
    scores, faults = evaluate(cases)
    total = total_score(scores)
    assert total.precision >= 0.995, faults
    assert total.recall >= 0.95, faults
