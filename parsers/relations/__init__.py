"""What must add up in one report."""

from parsers.relations.check import RelationCheck, check_relations
from parsers.relations.sums import SumResult, judge_sums

__all__ = ["RelationCheck", "SumResult", "check_relations", "judge_sums"]
