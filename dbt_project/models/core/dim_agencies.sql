with
    agencies as (select * from {{ ref("stg_gongkai__agencies") }}),

    regions as (select * from {{ ref("dim_regions") }}),

    reports as (select * from {{ ref("int_reports_ranked") }}),

    years as (
        select agency_id, min(report_year) as first_report_year, max(report_year) as last_report_year
        from reports
        group by agency_id
    ),

    linked as (
        select
            agencies.agency_id,
            agencies.agency_name,
            true as is_linked,
            agencies.agency_type,
            agencies.administrative_level,
            agencies.region_id,
            agencies.region_code,
            agencies.township_code,
            regions.province_name,
            regions.prefecture_name,
            regions.county_name,
            agencies.parent_agency_id,
            regions.valid_from_year,
            regions.valid_to_year,
            years.first_report_year,
            years.last_report_year
        from agencies
        left join regions on agencies.region_id = regions.region_id
        left join years on agencies.agency_id = years.agency_id
    ),

    unlinked as (
        select distinct
            agency_id,
            agency_name,
            false as is_linked,
            cast(null as varchar) as agency_type,
            cast(null as varchar) as administrative_level,
            cast(null as varchar) as region_id,
            cast(null as varchar) as region_code,
            cast(null as varchar) as township_code,
            cast(null as varchar) as province_name,
            cast(null as varchar) as prefecture_name,
            cast(null as varchar) as county_name,
            cast(null as varchar) as parent_agency_id,
            cast(null as integer) as valid_from_year,
            cast(null as integer) as valid_to_year,
            report_year as first_report_year,
            report_year as last_report_year
        from reports
        where not is_linked
    )

select *
from linked
union all
select *
from unlinked
