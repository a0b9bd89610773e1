with
    cells as (select * from {{ ref("int_report_cells_proved") }}),

    fingerprinted as (
        select
            report_id,
            count(*) filter (where countable_value <> 0) as nonzero_count,
            md5(
                string_agg(
                    table_id || '.' || line_id || '.' || column_id || '=' || cast(countable_value as varchar),
                    ';'
                    order by table_id, line_id, column_id
                ) filter (where countable_value <> 0)
            ) as figures_hash
        from cells
        group by report_id
    )

select *
from fingerprinted
