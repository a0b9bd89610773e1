with
    ranked as (select * from {{ ref("int_reports_ranked") }}),

    counted as (
        select
            report_id,
            agency_id,
            agency_name,
            report_year,
            scope,
            scope_evidence,
            content_id,
            document_id,
            source_url,
            edition_t2,
            edition_t3,
            edition_t4,
            published_date,
            published_date_source
        from ranked
        where version_rank = 1
    )

select *
from counted
