with
    spells as (select * from {{ ref("stg_gongkai__region_codes") }}),

    successions as (select * from {{ ref("region_successions") }}),

    oldest_tables as (
        select region_level = 'township' as is_township, min(first_seen) as first_seen from spells group by all
    ),

    latest_spells as (
        select *
        from spells
        qualify
            row_number() over (
                partition by region_id
                order by last_seen desc nulls first, first_seen desc, region_code desc, region_name desc
            )
            = 1
    ),

    code_holders as (
        select region_code, region_id
        from spells
        qualify
            row_number() over (
                partition by region_code order by last_seen desc nulls first, first_seen desc, region_name desc
            )
            = 1
    ),

    histories as (
        select
            region_id,
            list_sort(list(distinct region_code)) as codes,
            list_sort(list(distinct region_name)) as names,
            min(first_seen) as first_seen
        from spells
        group by region_id
    ),

    regions as (
        select
            latest.region_id,
            latest.region_code,
            latest.region_name,
            latest.region_level,
            parents.region_id as parent_region_id,
            list_filter(histories.codes, code -> code <> latest.region_code) as former_codes,
            list_filter(histories.names, name -> name <> latest.region_name) as former_names,
            case
                when histories.first_seen > oldest_tables.first_seen then cast(left(histories.first_seen, 4) as integer)
            end as valid_from_year,
            cast(left(latest.last_seen, 4) as integer) as valid_to_year,
            heirs.region_id as successor_region_id
        from latest_spells as latest
        inner join histories on latest.region_id = histories.region_id
        inner join oldest_tables on (latest.region_level = 'township') = oldest_tables.is_township
        left join code_holders as parents on latest.parent_code = parents.region_code
        left join
            successions
            on latest.region_code = successions.old_code
            and latest.region_name = successions.old_name
            and successions.kind = 'merged'
        left join code_holders as heirs on successions.new_code = heirs.region_code
    ),

    placed as (
        select
            regions.*,
            list_filter(
                [
                    struct_pack(level := regions.region_level, name := regions.region_name),
                    struct_pack(level := above.region_level, name := above.region_name),
                    struct_pack(level := second.region_level, name := second.region_name),
                    struct_pack(level := third.region_level, name := third.region_name)
                ],
                step -> step.level is not null
            ) as steps
        from regions
        left join regions as above on regions.parent_region_id = above.region_id
        left join regions as second on above.parent_region_id = second.region_id
        left join regions as third on second.parent_region_id = third.region_id
    ),

    named as (
        select
            * exclude (steps),
            list_filter(steps, step -> step.level = 'province')[1].name as province_name,
            list_filter(steps, step -> step.level = 'prefecture')[1].name as prefecture_name,
            list_filter(steps, step -> step.level in ('county', 'zone'))[1].name as county_name
        from placed
    )

select *
from named
