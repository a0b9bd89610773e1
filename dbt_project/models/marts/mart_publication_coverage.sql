with
    expected as (select * from {{ ref("int_agencies_expected") }}),

    agencies as (select * from {{ ref("dim_agencies") }} where is_linked),

    regions as (select * from {{ ref("dim_regions") }}),

    facts as (select * from {{ ref("fct_agency_year") }} where is_linked),

    found as (
        select
            agency_id,
            report_year,
            bool_or(edition is not null) as is_parsed,
            bool_or(failed_rule_count = 0) as is_passed,
            bool_or(is_published_on_time) as is_on_time,
            bool_or(is_published_on_time is not null) as is_timeliness_known
        from facts
        group by agency_id, report_year
    ),

    placed as (
        select
            found.agency_id,
            found.report_year,
            agencies.administrative_level,
            case
                when agencies.administrative_level = 'township' then regions.parent_region_id else agencies.region_id
            end as region_id
        from found
        inner join agencies on found.agency_id = agencies.agency_id
        inner join regions on agencies.region_id = regions.region_id
    ),

    all_agencies as (
        select
            coalesce(expected.agency_id, placed.agency_id) as agency_id,
            coalesce(expected.report_year, placed.report_year) as report_year,
            coalesce(expected.administrative_level, placed.administrative_level) as administrative_level,
            coalesce(expected.region_id, placed.region_id) as region_id,
            coalesce(expected.is_expected, false) as is_expected,
            coalesce(not expected.is_expected, false) as is_struck
        from expected
        full outer join placed on expected.agency_id = placed.agency_id and expected.report_year = placed.report_year
    ),

    judged as (
        select
            all_agencies.*,
            found.agency_id is not null as is_found,
            coalesce(found.is_parsed, false) as is_parsed,
            coalesce(found.is_passed, false) as is_passed,
            coalesce(found.is_on_time, false) as is_on_time,
            coalesce(found.is_timeliness_known, false) as is_timeliness_known,
            coalesce(agencies.first_report_year < all_agencies.report_year, false) as is_seen_before
        from all_agencies
        left join found on all_agencies.agency_id = found.agency_id and all_agencies.report_year = found.report_year
        left join agencies on all_agencies.agency_id = agencies.agency_id
    ),

    counted as (
        select
            region_id,
            administrative_level,
            report_year,
            count(*) filter (where is_expected) as expected_count,
            count(*) filter (where is_found) as found_count,
            count(*) filter (where is_found and is_parsed) as parsed_count,
            count(*) filter (where is_found and is_passed) as passed_count,
            count(*) filter (where is_expected and not is_found and is_seen_before) as missing_seen_before_count,
            count(*) filter (where is_expected and not is_found and not is_seen_before) as missing_never_seen_count,
            count(*) filter (where is_struck) as struck_count,
            count(*) filter (where is_found and not is_parsed) as without_tables_count,
            count(*) filter (where is_found and is_timeliness_known) as timeliness_known_count,
            count(*) filter (where is_found and is_on_time) as published_on_time_count
        from judged
        group by region_id, administrative_level, report_year
    )

select
    counted.region_id,
    regions.region_code,
    regions.region_name,
    regions.province_name,
    regions.prefecture_name,
    counted.* exclude (region_id)
from counted
left join regions on counted.region_id = regions.region_id
