with
    reports as (select * from {{ ref("int_reports_counted") }}),

    checks as (select * from {{ ref("int_rule_checks_counted") }}),

    failures as (
        select
            report_id,
            rule_id,
            count(*) filter (where verdict = 'source_error') as source_error_count,
            count(*) filter (where verdict = 'parse_suspect') as parse_suspect_count,
            count(*) filter (where verdict = 'unusual') as unusual_count
        from {{ ref("fct_rule_failures") }}
        group by report_id, rule_id
    ),

    results as (
        select
            reports.agency_id,
            reports.report_year,
            reports.scope,
            checks.report_id,
            checks.rule_id,
            case
                when checks.failed_count > 0
                then 'failed'
                when checks.passed_count > 0
                then 'passed'
                else 'not_assessable'
            end as outcome,
            checks.passed_count,
            checks.failed_count,
            checks.not_assessable_count,
            coalesce(failures.source_error_count, 0) as source_error_count,
            coalesce(failures.parse_suspect_count, 0) as parse_suspect_count,
            coalesce(failures.unusual_count, 0) as unusual_count
        from checks
        inner join reports on checks.report_id = reports.report_id
        left join failures on checks.report_id = failures.report_id and checks.rule_id = failures.rule_id
    )

select *
from results
