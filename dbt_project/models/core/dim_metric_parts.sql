with
    parts as (select * from {{ ref("stated_parts") }}),

    selected as (select breakdown, breakdown_id, part_no, name_zh, name_en from parts)

select *
from selected
