-- R32 speaks only where most bodies that reported went on: half of a year's linked agencies report on the next one.
with
    reports as (select * from {{ ref("int_reports_counted") }}),

    agencies as (select * from {{ ref("dim_agencies") }}),

    sequenced as (select * from {{ ref("int_reports_sequenced") }}),

    form_lines as (select * from {{ ref("int_form_lines_marked") }}),

    cells as (
        select report_id, table_id || '.' || line_id || '.' || column_id as cell_id, proved_value
        from {{ ref("int_report_cells_proved") }}
    ),

    bounds as (select * from {{ ref("change_bounds") }}),

    fingerprints as (select * from {{ ref("int_report_figures_fingerprinted") }}),

    pairs as (
        select
            reports.report_id,
            reports.report_year,
            reports.edition_t2,
            reports.edition_t3,
            sequenced.previous_report_id,
            sequenced.following_report_id,
            agencies.is_linked
        from reports
        inner join agencies on reports.agency_id = agencies.agency_id
        inner join sequenced on reports.report_id = sequenced.report_id
    ),

    -- What each rule adds up on its two sides: cells of this report and of the one before.
    terms as (
        select
            'R5' as rule_id,
            edition_id,
            't3.carried_in.' || column_id as subject_id,
            table_id || '.' || line_id || '.' || column_id as cell_id,
            case when line_id = 'carried_in' then 'printed' else 'compared' end as side,
            1 as factor,
            line_id = 'carried_out' as is_previous
        from form_lines
        where table_id = 't3' and line_id in ('carried_in', 'carried_out')
        union all
        select 'R6', edition_id, 't2.' || line_id || '.in_force', 't2.' || line_id || '.in_force', 'printed', 1, false
        from form_lines
        where table_id = 't2' and column_id = 'in_force'
        union all
        select
            'R6',
            edition_id,
            't2.' || line_id || '.in_force',
            't2.' || line_id || '.' || column_id,
            'compared',
            case when column_id = 'repealed' then -1 else 1 end,
            column_id = 'in_force'
        from form_lines
        where table_id = 't2' and column_id in ('in_force', 'issued', 'repealed')
        union all
        select
            'R8',
            edition_id,
            't2.' || line_id || '.prior_year_items',
            't2.' || line_id || '.prior_year_items',
            'printed',
            1,
            false
        from form_lines
        where table_id = 't2' and column_id = 'prior_year_items'
        union all
        select
            'R8',
            edition_id,
            't2.' || line_id || '.prior_year_items',
            't2.' || line_id || '.' || column_id,
            'compared',
            1,
            true
        from form_lines
        where table_id = 't2' and column_id in ('prior_year_items', 'net_change')
        union all
        select
            'R31',
            form_lines.edition_id,
            concat_ws('.', bounds.table_id, bounds.line_id, bounds.column_id),
            concat_ws('.', bounds.table_id, bounds.line_id, bounds.column_id),
            sides.side,
            1,
            sides.side = 'compared'
        from bounds
        inner join
            form_lines
            on bounds.table_id = form_lines.table_id
            and bounds.line_id = form_lines.line_id
            and bounds.column_id = form_lines.column_id
        cross join (select unnest(['printed', 'compared']) as side) as sides
    ),

    sides as (
        select
            pairs.report_id,
            pairs.previous_report_id,
            terms.rule_id,
            terms.subject_id,
            case
                when count(*) filter (where terms.side = 'printed' and cells.proved_value is null) = 0
                then sum(terms.factor * cells.proved_value) filter (where terms.side = 'printed')
            end as printed_value,
            case
                when count(*) filter (where terms.side = 'compared' and cells.proved_value is null) = 0
                then sum(terms.factor * cells.proved_value) filter (where terms.side = 'compared')
            end as compared_value,
            list(terms.cell_id order by terms.cell_id) filter (where not terms.is_previous) as cell_ids,
            list(terms.cell_id order by terms.cell_id) filter (where terms.is_previous) as compared_cell_ids
        from pairs
        inner join
            terms
            on terms.edition_id
            = case when starts_with(terms.subject_id, 't2.') then pairs.edition_t2 else pairs.edition_t3 end
        left join
            cells
            on cells.cell_id = terms.cell_id
            and cells.report_id = case when terms.is_previous then pairs.previous_report_id else pairs.report_id end
        group by all
    ),

    sums_assessed as (
        select
            sides.report_id,
            sides.rule_id,
            sides.subject_id,
            case
                when printed_value is null or compared_value is null
                then 'not_assessable'
                when sides.rule_id <> 'R31'
                then case when printed_value = compared_value then 'passed' else 'failed' end
                when greatest(printed_value, compared_value) < bounds.least_larger_count
                then 'passed'
                when
                    greatest(printed_value, compared_value)
                    >= bounds.most_ratio * greatest(least(printed_value, compared_value), 1)
                then 'failed'
                else 'passed'
            end as outcome,
            printed_value,
            compared_value,
            previous_report_id as compared_report_id,
            cell_ids,
            compared_cell_ids
        from sides
        left join
            bounds
            on sides.rule_id = 'R31'
            and sides.subject_id = concat_ws('.', bounds.table_id, bounds.line_id, bounds.column_id)
    ),

    continuing as (
        select report_year, count(following_report_id) * 2 >= count(*) as is_continued
        from pairs
        where is_linked
        group by report_year
    ),

    stops_assessed as (
        select
            pairs.report_id,
            'R32' as rule_id,
            'report_year' as subject_id,
            case
                when following_report_id is not null
                then 'passed'
                when is_linked and previous_report_id is not null and continuing.is_continued
                then 'failed'
                else 'not_assessable'
            end as outcome,
            cast(pairs.report_year as decimal(24, 8)) as printed_value,
            cast(null as decimal(24, 8)) as compared_value,
            previous_report_id as compared_report_id,
            cast([] as varchar[]) as cell_ids,
            cast([] as varchar[]) as compared_cell_ids
        from pairs
        left join continuing on pairs.report_year = continuing.report_year
    ),

    repeats_assessed as (
        select
            pairs.report_id,
            'R33' as rule_id,
            'figures' as subject_id,
            case
                when this_year.nonzero_count >= {{ var("fewest_figures_to_compare") }} and before.report_id is not null
                then case when this_year.figures_hash = before.figures_hash then 'failed' else 'passed' end
                else 'not_assessable'
            end as outcome,
            cast(this_year.nonzero_count as decimal(24, 8)) as printed_value,
            cast(before.nonzero_count as decimal(24, 8)) as compared_value,
            previous_report_id as compared_report_id,
            cast([] as varchar[]) as cell_ids,
            cast([] as varchar[]) as compared_cell_ids
        from pairs
        inner join fingerprints as this_year on pairs.report_id = this_year.report_id
        left join fingerprints as before on pairs.previous_report_id = before.report_id
    ),

    assessed as (
        select *
        from sums_assessed
        union all
        select *
        from stops_assessed
        union all
        select *
        from repeats_assessed
    )

select *
from assessed
