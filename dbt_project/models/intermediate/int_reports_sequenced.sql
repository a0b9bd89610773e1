-- A roll-up that is only presumed in one year and stated in another is one series; within a year the two stay apart.
with
    placed as (
        select
            report_id,
            agency_id,
            report_year,
            scope,
            case when scope = 'jurisdiction_rollup_presumed' then 'jurisdiction_rollup' else scope end as series_scope
        from {{ ref("int_reports_counted") }}
    ),

    steps as (select unnest([-1, 1]) as years_apart),

    neighbours as (
        select placed.report_id, steps.years_apart, other.report_id as neighbour_report_id
        from placed
        cross join steps
        inner join
            placed as other
            on placed.agency_id = other.agency_id
            and placed.series_scope = other.series_scope
            and placed.report_year + steps.years_apart = other.report_year
        qualify
            row_number() over (
                partition by placed.report_id, steps.years_apart order by other.scope <> placed.scope, other.scope
            )
            = 1
    ),

    sequenced as (
        select
            placed.report_id,
            max(neighbours.neighbour_report_id) filter (where years_apart = -1) as previous_report_id,
            max(neighbours.neighbour_report_id) filter (where years_apart = 1) as following_report_id
        from placed
        left join neighbours on placed.report_id = neighbours.report_id
        group by placed.report_id
    )

select *
from sequenced
