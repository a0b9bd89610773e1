with
    source as (select * from {{ source("gongkai", "report_chapters") }}),

    renamed as (select report_id, chapter, heading_text, body_text from source)

select *
from renamed
