with
    metrics as (select * from {{ ref("stated_metrics") }}),

    selected as (
        select metric_id, metric_no, name_zh, name_en, unit, kind, breakdowns, meaning, not_counted, is_stated_once
        from metrics
    )

select *
from selected
