with
    facts as (select * from {{ ref("fct_agency_year") }} where is_linked),

    agencies as (select * from {{ ref("dim_agencies") }} where is_linked),

    regions as (select * from {{ ref("dim_regions") }}),

    coverage as (select * from {{ ref("mart_publication_coverage") }}),

    placed as (
        select
            facts.*,
            case
                when agencies.administrative_level = 'township' then regions.parent_region_id else agencies.region_id
            end as region_id
        from facts
        inner join agencies on facts.agency_id = agencies.agency_id
        inner join regions on agencies.region_id = regions.region_id
    ),

    government_reports as (
        select *
        from placed
        where
            agency_type in ('government', 'government_office', 'functional_zone')
            and scope in ('jurisdiction_rollup', 'jurisdiction_rollup_presumed', 'level_rollup')
        qualify
            row_number() over (
                partition by region_id, report_year
                order by
                    list_position(['jurisdiction_rollup', 'jurisdiction_rollup_presumed', 'level_rollup'], scope),
                    agency_type = 'government' desc,
                    agency_id
            )
            = 1
    ),

    own_bodies as (
        select
            region_id,
            report_year,
            count(*) as own_body_report_count,
            {% for measure in var("region_year_measures") %}
                sum({{ measure }}) as own_bodies_{{ measure | replace("_count", "_sum") }},
                count({{ measure }}) as own_bodies_{{ measure | replace("_count", "_known_count") }}
                {{ "," if not loop.last }}
            {% endfor %}
        from placed
        where scope = 'own_body'
        group by region_id, report_year
    ),

    expected as (
        select region_id, report_year, sum(expected_count) as expected_count, sum(found_count) as found_count
        from coverage
        group by region_id, report_year
    ),

    joined as (
        select
            coalesce(government.region_id, own.region_id) as region_id,
            coalesce(government.report_year, own.report_year) as report_year,
            government.agency_id as government_agency_id,
            government.report_id as government_report_id,
            government.scope as government_scope,
            coalesce(own.own_body_report_count, 0) as own_body_report_count,
            {% for measure in var("region_year_measures") %}
                government.{{ measure }} as government_{{ measure }},
                own.own_bodies_{{ measure | replace("_count", "_sum") }},
                own.own_bodies_{{ measure | replace("_count", "_known_count") }}
                {{ "," if not loop.last }}
            {% endfor %}
        from government_reports as government
        full outer join
            own_bodies as own on government.region_id = own.region_id and government.report_year = own.report_year
    )

select
    joined.region_id,
    regions.region_code,
    regions.region_name,
    regions.region_level,
    regions.province_name,
    joined.* exclude (region_id),
    expected.expected_count,
    expected.found_count
from joined
left join regions on joined.region_id = regions.region_id
left join expected on joined.region_id = expected.region_id and joined.report_year = expected.report_year
