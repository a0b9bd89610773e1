with
    source as (select * from {{ source("gongkai", "report_links") }}),

    renamed as (select report_id, agency_id, reason, confidence, candidates, evidence from source)

select *
from renamed
