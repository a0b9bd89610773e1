with
    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    unplaced as (
        select
            report_id,
            status,
            status_reason,
            status_detail,
            title_text,
            agency_name,
            report_year,
            agency_name is null as is_agency_missing,
            report_year is null as is_year_missing
        from reports
        where agency_name is null or report_year is null
    )

select *
from unplaced
