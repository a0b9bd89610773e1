with
    reports as (select * from {{ ref("int_reports_counted") }}),

    cells as (select * from {{ ref("int_report_cells_proved") }}),

    rule_counts as (select * from {{ ref("int_rule_checks_counted") }}),

    findings as (select * from {{ ref("stg_gongkai__report_findings") }}),

    report_rules as (
        select
            report_id,
            case
                when bool_or(failed_count > 0 or passed_count > 0) then cast(sum(failed_count) as bigint)
            end as failed_rule_count
        from rule_counts
        group by report_id
    ),

    report_findings as (
        select
            report_id,
            count(*) filter (where verdict = 'source_error') as source_error_count,
            count(*) filter (where verdict = 'parse_suspect') as parse_suspect_count,
            count(*) filter (where verdict is null and outcome = 'failed') as unjudged_count
        from findings
        group by report_id
    ),

    report_cells as (
        select report_id, count(distinct table_id) = 3 and bool_and(state = 'number' or is_proved_zero) as is_complete
        from cells
        group by report_id
    ),

    counted as (
        select
            reports.report_id,
            report_rules.failed_rule_count,
            case
                when coalesce(report_findings.unjudged_count, 0) = 0
                then coalesce(report_findings.source_error_count, 0)
            end as source_error_count,
            case
                when coalesce(report_findings.unjudged_count, 0) = 0
                then coalesce(report_findings.parse_suspect_count, 0)
            end as parse_suspect_count,
            coalesce(report_cells.is_complete, false) as is_complete
        from reports
        left join report_rules on reports.report_id = report_rules.report_id
        left join report_findings on reports.report_id = report_findings.report_id
        left join report_cells on reports.report_id = report_cells.report_id
    )

select *
from counted
