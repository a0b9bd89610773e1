{# The printed cells of one table of the form, in the reports that count: the body of the three facts in core. #}
{% macro fact_cells(table_id) %}
    with
        cells as (select * from {{ ref("int_report_cells_proved") }}),

        reports as (select * from {{ ref("int_reports_counted") }}),

        form_lines as (select * from {{ ref("dim_form_lines") }}),

        corrections as (select * from {{ ref("fct_cell_corrections") }}),

        printed as (
            select
                cells.report_id,
                reports.agency_id,
                reports.agency_name,
                reports.report_year,
                reports.scope,
                cells.edition_id,
                cells.line_id,
                cells.column_id,
                form_lines.group_id,
                form_lines.line_no,
                form_lines.column_no,
                form_lines.line_label_zh,
                form_lines.column_label_zh,
                form_lines.is_total_line,
                form_lines.is_total_column,
                form_lines.is_total,
                cells.printed_text,
                cells.state,
                cells.value,
                cells.proved_value,
                cells.is_proved_zero,
                cells.proving_rule_ids,
                corrections.corrected_value,
                cells.unit,
                cells.remark,
                cells.row_label_text,
                cells.column_label_text,
                cells.document_id,
                cells.locator,
                cells.confidence
            from cells
            inner join reports on cells.report_id = reports.report_id
            inner join
                form_lines
                on cells.edition_id = form_lines.edition_id
                and cells.table_id = form_lines.table_id
                and cells.line_id = form_lines.line_id
                and cells.column_id = form_lines.column_id
            left join
                corrections
                on cells.report_id = corrections.report_id
                and cells.table_id || '.' || cells.line_id || '.' || cells.column_id = corrections.cell_id
            where cells.table_id = '{{ table_id }}' and cells.state <> 'absent'
        )

    select *
    from printed
{% endmacro %}
