with
    source as (select * from {{ source("gongkai", "reports") }}),

    renamed as (
        select
            report_id,
            content_id,
            reader,
            carrier_version,
            form_version,
            status,
            status_reason,
            status_detail,
            title_text,
            agency_name,
            report_year,
            report_year_evidence,
            scope,
            scope_evidence,
            edition_t2,
            edition_t3,
            edition_t4,
            cited_notice,
            signed_date,
            published_date,
            published_date_source,
            site_id_code
        from source
    )

select *
from renamed
