with
    form_lines as (select * from {{ ref("form_lines") }}),

    marked as (
        select
            *,
            bool_and(is_total) over (partition by edition_id, table_id, line_id) as is_total_line,
            bool_and(is_total) over (partition by edition_id, table_id, column_id) as is_total_column
        from form_lines
    )

select *
from marked
