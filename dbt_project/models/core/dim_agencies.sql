with
    reports as (select * from {{ ref("int_reports_counted") }}),

    unlinked as (
        select
            agency_id,
            agency_name,
            false as is_linked,
            cast(null as varchar) as agency_type,
            cast(null as varchar) as administrative_level,
            cast(null as varchar) as region_code,
            cast(null as varchar) as township_code,
            cast(null as varchar) as province_name,
            cast(null as varchar) as prefecture_name,
            cast(null as varchar) as county_name
        from reports
    )

select *
from unlinked
