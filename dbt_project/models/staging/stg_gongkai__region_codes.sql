with
    source as (select * from {{ source("gongkai", "region_codes") }}),

    renamed as (
        select region_code, region_name, region_id, parent_code, level as region_level, first_seen, last_seen
        from source
    )

select *
from renamed
