-- One side of a relation is provable when the other side is a total the form prints for it.
with
    form_lines as (select * from {{ ref("int_form_lines_marked") }}),

    what_came_in as (
        select
            'R1' as rule_id,
            edition_id,
            table_id,
            column_id as subject_id,
            case when line_id in ('received_new', 'carried_in') then 'left' else 'right' end as side,
            true as is_provable_side,
            line_id,
            column_id
        from form_lines
        where table_id = 't3' and (line_id in ('received_new', 'carried_in', 'carried_out') or is_total_line)
    ),

    applicants as (
        select
            'R2' as rule_id,
            edition_id,
            table_id,
            line_id as subject_id,
            case when is_total_column then 'right' else 'left' end as side,
            not is_total_column as is_provable_side,
            line_id,
            column_id
        from form_lines
        where table_id = 't3'
    ),

    results as (
        select
            'R3' as rule_id,
            edition_id,
            table_id,
            column_id as subject_id,
            case when is_total_line then 'right' else 'left' end as side,
            not is_total_line as is_provable_side,
            line_id,
            column_id
        from form_lines
        where table_id = 't3' and group_id is not null
    ),

    dispute_outcomes as (
        select
            'R4' as rule_id,
            edition_id,
            table_id,
            line_id as subject_id,
            case when is_total_column then 'right' else 'left' end as side,
            not is_total_column as is_provable_side,
            line_id,
            column_id
        from form_lines
        where table_id = 't4'
    ),

    unioned as (
        select *
        from what_came_in
        union all
        select *
        from applicants
        union all
        select *
        from results
        union all
        select *
        from dispute_outcomes
    )

select *
from unioned
