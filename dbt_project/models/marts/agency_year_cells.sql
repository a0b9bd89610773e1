with
    agency_years as (select * from {{ ref("fct_agency_year") }}),

    column_cells as (select * from {{ ref("dim_agency_year_cells") }}),

    cells as (
        select 't2' as table_id, *
        from {{ ref("fct_disclosure_items") }}
        union all
        select 't3' as table_id, *
        from {{ ref("fct_application_outcomes") }}
        union all
        select 't4' as table_id, *
        from {{ ref("fct_dispute_results") }}
    ),

    report_years as (
        select agency_id, report_year, scope, report_id, edition_t2, edition_t3, edition_t4, false as is_previous_year
        from agency_years
        union all
        select
            following.agency_id,
            following.report_year,
            following.scope,
            previous.report_id,
            previous.edition_t2,
            previous.edition_t3,
            previous.edition_t4,
            true
        from agency_years as following
        inner join agency_years as previous on following.previous_report_id = previous.report_id
    ),

    traced as (
        select
            report_years.agency_id,
            report_years.report_year,
            report_years.scope,
            column_cells.column_name,
            column_cells.role,
            column_cells.is_previous_year,
            report_years.report_id,
            column_cells.table_id,
            column_cells.line_id,
            column_cells.column_id,
            cells.row_label_text,
            cells.column_label_text,
            cells.printed_text,
            coalesce(cells.state, 'absent') as state,
            cells.value,
            coalesce(cells.is_proved_zero, false) as is_proved_zero,
            cells.unit,
            cells.remark,
            cells.document_id,
            cells.locator
        from report_years
        inner join
            column_cells
            on report_years.is_previous_year = column_cells.is_previous_year
            and column_cells.edition_id = case
                column_cells.table_id
                when 't2'
                then report_years.edition_t2
                when 't3'
                then report_years.edition_t3
                when 't4'
                then report_years.edition_t4
            end
        left join
            cells
            on report_years.report_id = cells.report_id
            and column_cells.table_id = cells.table_id
            and column_cells.line_id = cells.line_id
            and column_cells.column_id = cells.column_id
    )

select *
from traced
