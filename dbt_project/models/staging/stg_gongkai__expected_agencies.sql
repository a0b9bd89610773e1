with
    source as (select * from {{ source("gongkai", "expected_agencies") }}),

    renamed as (
        select
            line_no,
            agency_id,
            agency_name,
            administrative_level,
            region_id,
            decision,
            first_year,
            last_year,
            reason,
            decided_on
        from source
    )

select *
from renamed
