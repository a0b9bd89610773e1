with
    form_lines as (select * from {{ ref("int_form_lines_marked") }}),

    selected as (
        select
            edition_id,
            table_id,
            line_id,
            column_id,
            line_no,
            column_no,
            line_code,
            line_label_zh,
            line_label_en,
            group_id,
            column_label_zh,
            column_label_en,
            unit,
            value_type,
            is_total_line,
            is_total_column,
            is_total,
            article
        from form_lines
    )

select *
from selected
