with
    cells as (select * from {{ ref("int_report_cells_completed") }}),

    relations as (select * from {{ ref("int_form_relations_expanded") }}),

    -- Only a table with something to prove goes through the relations.
    open_tables as (select distinct report_id, table_id from cells where state in ('blank', 'slash', 'dash')),

    related_cells as (
        select
            cells.report_id,
            cells.table_id,
            cells.line_id,
            cells.column_id,
            cells.state,
            case when cells.state = 'number' and cells.value >= 0 then cells.value end as printed_value,
            relations.rule_id,
            relations.subject_id,
            relations.side,
            relations.is_provable_side
        from cells
        inner join open_tables on cells.report_id = open_tables.report_id and cells.table_id = open_tables.table_id
        inner join
            relations
            on cells.edition_id = relations.edition_id
            and cells.table_id = relations.table_id
            and cells.line_id = relations.line_id
            and cells.column_id = relations.column_id
    ),

    sides as (
        select
            report_id,
            table_id,
            rule_id,
            subject_id,
            side,
            is_provable_side,
            coalesce(sum(printed_value), 0) as printed_sum,
            count(*) filter (where printed_value is null) as unknown_count,
            count(*) filter (
                where printed_value is null and state not in ('blank', 'slash', 'dash')
            ) as undetermined_count
        from related_cells
        group by all
    ),

    proving_sides as (
        select parts.report_id, parts.table_id, parts.rule_id, parts.subject_id, parts.side
        from sides as parts
        inner join
            sides as totals
            on parts.report_id = totals.report_id
            and parts.table_id = totals.table_id
            and parts.rule_id = totals.rule_id
            and parts.subject_id = totals.subject_id
            and parts.side <> totals.side
        where
            parts.is_provable_side
            and parts.undetermined_count = 0
            and totals.unknown_count = 0
            and parts.printed_sum = totals.printed_sum
    ),

    proofs as (
        select
            related_cells.report_id,
            related_cells.table_id,
            related_cells.line_id,
            related_cells.column_id,
            string_agg(related_cells.rule_id, ',' order by related_cells.rule_id) as proving_rule_ids
        from related_cells
        inner join
            proving_sides
            on related_cells.report_id = proving_sides.report_id
            and related_cells.table_id = proving_sides.table_id
            and related_cells.rule_id = proving_sides.rule_id
            and related_cells.subject_id = proving_sides.subject_id
            and related_cells.side = proving_sides.side
        where related_cells.state in ('blank', 'slash', 'dash')
        group by all
    ),

    proved as (
        select
            cells.*,
            proofs.proving_rule_ids is not null as is_proved_zero,
            proofs.proving_rule_ids,
            case when proofs.proving_rule_ids is not null then 0 else cells.countable_value end as proved_value
        from cells
        left join
            proofs
            on cells.report_id = proofs.report_id
            and cells.table_id = proofs.table_id
            and cells.line_id = proofs.line_id
            and cells.column_id = proofs.column_id
    )

select *
from proved
