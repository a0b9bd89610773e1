with
    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    counted as (select * from {{ ref("int_reports_counted") }}),

    not_parsed as (
        select
            reports.report_id,
            reports.status,
            reports.status_reason,
            reports.status_detail,
            reports.title_text,
            reports.agency_name,
            reports.report_year,
            counted.report_id is not null as is_in_mart
        from reports
        left join counted on reports.report_id = counted.report_id
        where reports.status <> 'parsed'
    )

select *
from not_parsed
