with
    printed as (
        select cells.report_id, cells.table_id, cells.line_id, cells.column_id, cells.printed_text
        from {{ ref("stg_gongkai__report_cells") }} as cells
        inner join {{ ref("int_reports_counted") }} as reports on cells.report_id = reports.report_id
        where cells.table_id in ('t2', 't3', 't4') and cells.state <> 'absent'
    ),

    facts as (
        select report_id, 't2' as table_id, line_id, column_id, printed_text
        from {{ ref("fct_disclosure_items") }}
        union all
        select report_id, 't3', line_id, column_id, printed_text
        from {{ ref("fct_application_outcomes") }}
        union all
        select report_id, 't4', line_id, column_id, printed_text
        from {{ ref("fct_dispute_results") }}
    )

select *
from printed
except all
select *
from facts
