with
    source as (select * from {{ source("gongkai", "report_findings") }}),

    renamed as (
        select
            report_id,
            finding_no,
            rule_id,
            subject_id,
            outcome,
            verdict,
            severity,
            cells as cell_ids,
            message_zh,
            message_en,
            evidence
        from source
    )

select *
from renamed
