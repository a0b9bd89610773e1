with
    source as (select * from {{ source("gongkai", "report_rule_counts") }}),

    renamed as (
        select
            report_id, rule_id, passed as passed_count, failed as failed_count, not_assessable as not_assessable_count
        from source
    )

select *
from renamed
