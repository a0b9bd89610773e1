with
    reports as (select * from {{ ref("int_reports_counted") }}),

    form_lines as (select * from {{ ref("int_form_lines_marked") }}),

    cells as (select * from {{ ref("stg_gongkai__report_cells") }}),

    report_tables as (
        select report_id, 't2' as table_id, edition_t2 as edition_id
        from reports
        union all
        select report_id, 't3' as table_id, edition_t3 as edition_id
        from reports
        union all
        select report_id, 't4' as table_id, edition_t4 as edition_id
        from reports
    ),

    completed as (
        select
            report_tables.report_id,
            report_tables.edition_id,
            report_tables.table_id,
            form_lines.line_id,
            form_lines.column_id,
            form_lines.group_id,
            form_lines.value_type,
            form_lines.is_total_line,
            form_lines.is_total_column,
            cells.printed_text,
            cells.value,
            coalesce(cells.state, 'absent') as state,
            cells.unit,
            cells.remark,
            cells.row_label_text,
            cells.column_label_text,
            cells.document_id,
            cells.locator,
            cells.confidence
        from report_tables
        inner join
            form_lines
            on report_tables.edition_id = form_lines.edition_id
            and report_tables.table_id = form_lines.table_id
        left join
            cells
            on report_tables.report_id = cells.report_id
            and form_lines.table_id = cells.table_id
            and form_lines.line_id = cells.line_id
            and form_lines.column_id = cells.column_id
    ),

    counted as (
        select
            *,
            case
                when state <> 'number'
                then null
                when value_type = 'amount' and value >= 0
                then value
                when value_type = 'count' and value >= 0 and value % 1 = 0
                then value
                when value_type = 'signed_count' and value % 1 = 0
                then value
            end as countable_value
        from completed
    )

select *
from counted
