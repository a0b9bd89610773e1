with
    source as (select * from {{ source("gongkai", "crawled_pages") }}),

    renamed as (
        select
            address,
            portal_id,
            page_kind,
            follow_reason,
            found_on_url,
            named_report_year,
            page_outcome,
            page_outcome_detail,
            is_waiting,
            document_id,
            found_at,
            answered_at
        from source
    )

select *
from renamed
