with
    source as (select * from {{ source("gongkai", "agencies") }}),

    renamed as (
        select
            agency_id,
            agency_name,
            agency_type,
            administrative_level,
            region_id,
            region_code,
            township_code,
            parent_agency_id
        from source
    )

select *
from renamed
