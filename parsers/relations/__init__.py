"""What must add up in one report, whose fault it is when it does not, and what is unusual about it."""

from parsers.findings import RuleCheck, collect
from parsers.prose.chapters import Heading
from parsers.relations.check import RelationCheck, check_relations
from parsers.relations.plausibility import check_disclosed_documents, check_edition_years, check_rule_making
from parsers.relations.structure import (
    check_chapter_order,
    check_chapters_filled,
    check_chapters_present,
    check_fees_stated,
)
from parsers.relations.sums import SumResult, judge_sums
from parsers.report import Report

__all__ = ["RelationCheck", "SumResult", "check_plausibility", "check_relations", "judge_sums"]


def check_plausibility(report: Report, headings: tuple[Heading, ...]) -> RuleCheck:
    """The soft rules of one report with tables of the national form."""
    return collect(
        check_disclosed_documents(report),
        check_rule_making(report),
        check_edition_years(report),
        check_chapter_order(headings),
        check_chapters_present(report.chapters),
        check_chapters_filled(report.chapters, report.identity.agency_name),
        check_fees_stated(report.statements),
    )
