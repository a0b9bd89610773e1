with
    source as (select * from {{ source("gongkai", "documents") }}),

    renamed as (
        select document_id, file_name, source, source_url, media_type, byte_size, first_seen_at, last_seen_at
        from source
    )

select *
from renamed
