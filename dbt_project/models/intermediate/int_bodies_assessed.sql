with
    reports as (select * from {{ ref("int_reports_counted") }}),

    agencies as (select * from {{ ref("dim_agencies") }}),

    cells as (
        select report_id, table_id || '.' || line_id || '.' || column_id as cell_id, proved_value
        from {{ ref("int_report_cells_proved") }}
    ),

    amounts as (
        select report_id, amount_10k_cny
        from {{ ref("int_report_amounts_converted") }}
        where line_id = 'administrative_fees' and column_id = 'amount_10k_cny'
    ),

    fingerprints as (select * from {{ ref("int_report_figures_fingerprinted") }}),

    placed as (
        select
            reports.report_id,
            reports.agency_id,
            reports.agency_name,
            reports.report_year,
            reports.scope,
            agencies.region_code,
            agencies.is_linked
        from reports
        inner join agencies on reports.agency_id = agencies.agency_id
    ),

    stated_rollups as (select * from placed where is_linked and scope in ('jurisdiction_rollup', 'level_rollup')),

    members as (
        select stated_rollups.report_id as rollup_report_id, placed.report_id as member_report_id
        from stated_rollups
        inner join
            placed
            on stated_rollups.region_code = placed.region_code
            and stated_rollups.report_year = placed.report_year
            and stated_rollups.agency_id <> placed.agency_id
            and placed.is_linked
            and placed.scope = 'own_body'
    ),

    rollups_assessed as (
        select
            stated_rollups.report_id,
            'R11' as rule_id,
            subjects.cell_id as subject_id,
            case
                when own.proved_value is null or count(parts.proved_value) = 0
                then 'not_assessable'
                when own.proved_value < sum(parts.proved_value)
                then 'failed'
                else 'passed'
            end as outcome,
            own.proved_value as printed_value,
            sum(parts.proved_value) as compared_value,
            cast(null as varchar) as compared_report_id,
            [subjects.cell_id] as cell_ids,
            cast([] as varchar[]) as compared_cell_ids
        from stated_rollups
        cross join (select unnest(['t3.received_new.total', 't3.results_total.total']) as cell_id) as subjects
        left join cells as own on stated_rollups.report_id = own.report_id and subjects.cell_id = own.cell_id
        left join members on stated_rollups.report_id = members.rollup_report_id
        left join cells as parts on members.member_report_id = parts.report_id and subjects.cell_id = parts.cell_id
        group by stated_rollups.report_id, subjects.cell_id, own.proved_value
    ),

    regions_fees as (
        select placed.region_code, placed.report_year, placed.report_id, placed.agency_id, amounts.amount_10k_cny
        from placed
        inner join amounts on placed.report_id = amounts.report_id
        where
            placed.is_linked and placed.scope in ('jurisdiction_rollup', 'jurisdiction_rollup_presumed', 'level_rollup')
    ),

    fees_assessed as (
        select
            placed.report_id,
            'R34' as rule_id,
            't2.administrative_fees.amount_10k_cny' as subject_id,
            case
                when amounts.amount_10k_cny = 0
                then 'passed'
                when amounts.amount_10k_cny is null or count(regions_fees.amount_10k_cny) = 0
                then 'not_assessable'
                when bool_or(regions_fees.amount_10k_cny = amounts.amount_10k_cny)
                then 'failed'
                else 'passed'
            end as outcome,
            cast(amounts.amount_10k_cny as decimal(24, 8)) as printed_value,
            cast(max(regions_fees.amount_10k_cny) as decimal(24, 8)) as compared_value,
            max(regions_fees.report_id) as compared_report_id,
            ['t2.administrative_fees.amount_10k_cny'] as cell_ids,
            ['t2.administrative_fees.amount_10k_cny'] as compared_cell_ids
        from placed
        inner join amounts on placed.report_id = amounts.report_id
        left join
            regions_fees
            on placed.region_code = regions_fees.region_code
            and placed.report_year = regions_fees.report_year
            and placed.agency_id <> regions_fees.agency_id
        where placed.scope = 'own_body'
        group by placed.report_id, amounts.amount_10k_cny
    ),

    -- Names differ as well: an unlinked body may stand here under one name in two documents.
    twins_assessed as (
        select
            placed.report_id,
            'R35' as rule_id,
            'figures' as subject_id,
            case
                when own.nonzero_count < {{ var("fewest_figures_to_compare") }}
                then 'not_assessable'
                when count(twins.report_id) > 0
                then 'failed'
                else 'passed'
            end as outcome,
            cast(own.nonzero_count as decimal(24, 8)) as printed_value,
            cast(null as decimal(24, 8)) as compared_value,
            min(twins.report_id) as compared_report_id,
            cast([] as varchar[]) as cell_ids,
            cast([] as varchar[]) as compared_cell_ids
        from placed
        inner join fingerprints as own on placed.report_id = own.report_id
        left join
            (
                select fingerprints.figures_hash, placed.*
                from fingerprints
                inner join placed on fingerprints.report_id = placed.report_id
            ) as twins
            on own.figures_hash = twins.figures_hash
            and placed.report_year = twins.report_year
            and placed.agency_id <> twins.agency_id
            and placed.agency_name <> twins.agency_name
        group by placed.report_id, own.nonzero_count
    ),

    assessed as (
        select *
        from rollups_assessed
        union all
        select *
        from fees_assessed
        union all
        select *
        from twins_assessed
    )

select *
from assessed
