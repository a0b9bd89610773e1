with
    source as (select * from {{ source("gongkai", "portals") }}),

    renamed as (
        select
            portal_id,
            portal_name,
            region_code,
            site_id_code,
            portal_family,
            register_status,
            crawl_status,
            crawl_status_detail,
            round_no,
            round_report_year,
            opened_at,
            closed_at
        from source
    )

select *
from renamed
