-- A printed total is only ever what is printed; everything else counts proved zeros.
with
    cells as (select * from {{ ref("int_report_cells_proved") }}),

    measures as (select * from {{ ref("int_agency_year_measures_expanded") }}),

    parts as (
        select
            cells.report_id,
            measures.measure_id,
            cells.state,
            case
                when starts_with(measures.measure_id, 'printed_') then cells.countable_value else cells.proved_value
            end as part_value
        from cells
        inner join
            measures
            on cells.edition_id = measures.edition_id
            and cells.table_id = measures.table_id
            and cells.line_id = measures.line_id
            and cells.column_id = measures.column_id
    ),

    summed as (
        select
            report_id,
            measure_id,
            count(*) as part_count,
            count(part_value) as known_part_count,
            case
                when not bool_or(state = 'number' and part_value is null)
                then coalesce(cast(sum(part_value) as bigint), 0)
            end as known_sum,
            case when count(part_value) = count(*) then cast(sum(part_value) as bigint) end as value
        from parts
        group by report_id, measure_id
    )

select *
from summed
