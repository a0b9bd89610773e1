-- The product of two decimals keeps every digit; an amount that the unit in the column's name cannot hold is null.
with
    cells as (select * from {{ ref("int_report_cells_completed") }}),

    money_units as (select * from {{ ref("money_units") }}),

    converted as (
        select
            cells.report_id,
            cells.table_id,
            cells.line_id,
            cells.column_id,
            cells.state,
            cells.printed_text,
            cells.unit,
            cells.countable_value * money_units.factor_10k_cny as exact_10k_cny,
            cells.countable_value * money_units.factor_cny as exact_cny
        from cells
        left join money_units on cells.unit = money_units.unit
        where cells.value_type = 'amount' and cells.state <> 'absent'
    ),

    rounded as (
        select
            report_id,
            table_id,
            line_id,
            column_id,
            state,
            printed_text,
            unit,
            case
                when try_cast(exact_10k_cny as decimal(24, 8)) = exact_10k_cny
                then try_cast(exact_10k_cny as decimal(24, 8))
            end as amount_10k_cny,
            case
                when try_cast(exact_cny as decimal(24, 8)) = exact_cny then try_cast(exact_cny as decimal(24, 8))
            end as amount_cny
        from converted
    )

select *
from rounded
