with
    rules as (select * from {{ ref("rules") }}),

    counts as (
        select
            rule_id,
            cast(sum(passed_count) as bigint) as passed_count,
            cast(sum(failed_count) as bigint) as failed_count,
            cast(sum(not_assessable_count) as bigint) as not_assessable_count,
            {{ ratio(["sum(passed_count)"], ["sum(passed_count)", "sum(failed_count)"]) }} as passed_share
        from {{ ref("int_rule_checks_counted") }}
        group by rule_id
    ),

    selected as (
        select
            rules.rule_id,
            rules.kind,
            rules.title_zh,
            rules.title_en,
            rules.formula,
            string_split(rules.edition_ids, ' ') as edition_ids,
            rules.severity,
            rules.failure_verdict,
            rules.basis_zh,
            rules.basis_en,
            rules.usually_means_zh,
            rules.usually_means_en,
            coalesce(counts.passed_count, 0) as passed_count,
            coalesce(counts.failed_count, 0) as failed_count,
            coalesce(counts.not_assessable_count, 0) as not_assessable_count,
            counts.passed_share
        from rules
        left join counts on rules.rule_id = counts.rule_id
    )

select *
from selected
