with
    unplaced_cells as (select * from {{ ref("stg_gongkai__report_unplaced_cells") }}),

    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    named as (
        select
            unplaced_cells.report_id,
            unplaced_cells.cell_no,
            reports.agency_name,
            reports.report_year,
            unplaced_cells.row_label_text,
            unplaced_cells.column_label_text,
            unplaced_cells.printed_text,
            unplaced_cells.reason,
            unplaced_cells.document_id,
            unplaced_cells.locator
        from unplaced_cells
        inner join reports on unplaced_cells.report_id = reports.report_id
    )

select *
from named
