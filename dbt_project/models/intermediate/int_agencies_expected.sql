{{ config(materialized="view") }}

with
    regions as (select * from {{ ref("dim_regions") }}),

    agencies as (select * from {{ ref("dim_agencies") }} where is_linked),

    reports as (select * from {{ ref("int_reports_counted") }}),

    decisions as (select * from {{ ref("stg_gongkai__expected_agencies") }}),

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

    decided as (
        select
            decisions.agency_id,
            report_years.report_year,
            decisions.administrative_level,
            case
                when decisions.administrative_level = 'township' then regions.parent_region_id else decisions.region_id
            end as region_id,
            decisions.decision
        from decisions
        inner join
            report_years on report_years.report_year between coalesce(first_year, 0) and coalesce(last_year, 9999)
        inner join regions on decisions.region_id = regions.region_id
    ),

    united as (
        select *
        from from_code_tables
        union all
        select *
        from from_reports
        union all
        select agency_id, report_year, administrative_level, region_id, 'decision'
        from decided
        where decision = 'expected'
    ),

    expected as (
        select
            united.agency_id,
            united.report_year,
            united.administrative_level,
            united.region_id,
            count(struck.agency_id) = 0 as is_expected,
            min(united.expected_because) as expected_because
        from united
        left join
            decided as struck
            on united.agency_id = struck.agency_id
            and united.report_year = struck.report_year
            and struck.decision = 'not_expected'
        group by united.agency_id, united.report_year, united.administrative_level, united.region_id
    )

select *
from expected
