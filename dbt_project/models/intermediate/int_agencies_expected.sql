{{ config(materialized="view") }}

with
    regions as (select * from {{ ref("dim_regions") }}),

    agencies as (select * from {{ ref("dim_agencies") }} where is_linked),

    reports as (select * from {{ ref("int_reports_counted") }}),

    report_years as (
        select cast(unnest(generate_series(min(report_year), max(report_year))) as integer) as report_year from reports
    ),

    standing as (
        select regions.*, report_years.report_year
        from regions
        cross join report_years
        where
            regions.region_level in ('province', 'prefecture', 'county', 'township')
            and coalesce(regions.valid_from_year, 0) <= report_years.report_year
            and coalesce(regions.valid_to_year, 9999) > report_years.report_year
    ),

    from_code_tables as (
        select
            standing.region_id
            || case when standing.region_level = 'township' then ':township' else ':government' end as agency_id,
            standing.report_year,
            standing.region_level as administrative_level,
            case
                when standing.region_level = 'township' then standing.parent_region_id else standing.region_id
            end as region_id,
            'code_table' as expected_because
        from standing
    ),

    from_reports as (
        select
            agencies.agency_id,
            report_years.report_year,
            agencies.administrative_level,
            case
                when agencies.administrative_level = 'township' then regions.parent_region_id else agencies.region_id
            end as region_id,
            'seen_before' as expected_because
        from agencies
        inner join regions on agencies.region_id = regions.region_id
        cross join report_years
        where
            agencies.first_report_year < report_years.report_year
            and coalesce(agencies.valid_to_year, 9999) > report_years.report_year
    ),

    expected as (
        select agency_id, report_year, administrative_level, region_id, min(expected_because) as expected_because
        from
            (
                select *
                from from_code_tables
                union all
                select *
                from from_reports
            )
        group by all
    )

select *
from expected
