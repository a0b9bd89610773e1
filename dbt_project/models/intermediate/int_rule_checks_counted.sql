with
    reports as (select * from {{ ref("int_reports_counted") }}),

    report_counts as (select * from {{ ref("stg_gongkai__report_rule_counts") }}),

    warehouse_checks as (
        select report_id, rule_id, outcome
        from {{ ref("int_series_assessed") }}
        union all
        select report_id, rule_id, outcome
        from {{ ref("int_bodies_assessed") }}
    ),

    united as (
        select report_id, rule_id, passed_count, failed_count, not_assessable_count
        from report_counts
        where report_id in (select report_id from reports)
        union all
        select
            report_id,
            rule_id,
            count(*) filter (where outcome = 'passed'),
            count(*) filter (where outcome = 'failed'),
            count(*) filter (where outcome = 'not_assessable')
        from warehouse_checks
        group by report_id, rule_id
    )

select *
from united
