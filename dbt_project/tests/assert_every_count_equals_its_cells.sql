-- Adds up the cells that agency_year_cells leads to, and compares with the count in the mart.
with
    counts as (
        select agency_id, report_year, scope, column_name, reported_count
        from
            {{ ref("fct_agency_year") }}
            unpivot (reported_count for column_name in ({{ var("agency_year_measures").keys() | join(", ") }}))
    ),

    cells as (
        select
            agency_id,
            report_year,
            scope,
            column_name,
            sum(case when is_proved_zero then 0 else value end) as cell_sum,
            bool_and(state = 'number' or is_proved_zero) as is_known
        from {{ ref("agency_year_cells") }}
        where not is_previous_year
        group by all
    )

select counts.*, cells.cell_sum, cells.is_known
from counts
left join cells using (agency_id, report_year, scope, column_name)
where (counts.reported_count = cells.cell_sum and cells.is_known) is not true
