with
    source as (select * from {{ source("gongkai", "report_documents") }}),

    renamed as (select report_id, document_id, role, member from source)

select *
from renamed
