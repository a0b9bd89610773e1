with
    amounts as (select * from {{ ref("int_report_amounts_converted") }}),

    reports as (select * from {{ ref("int_reports_counted") }}),

    unconverted as (
        select
            amounts.report_id,
            reports.agency_name,
            reports.report_year,
            amounts.line_id,
            amounts.column_id,
            amounts.printed_text,
            amounts.unit
        from amounts
        inner join reports on amounts.report_id = reports.report_id
        where amounts.state = 'number' and (amounts.amount_10k_cny is null or amounts.amount_cny is null)
    )

select *
from unconverted
