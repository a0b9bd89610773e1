with
    reports as (select * from {{ ref("int_reports_ranked") }}),

    named as (
        select
            agency_id,
            agency_name as printed_agency_name,
            min(report_year) as first_report_year,
            max(report_year) as last_report_year,
            count(*) as report_count
        from reports
        where is_linked
        group by agency_id, agency_name
    )

select *
from named
