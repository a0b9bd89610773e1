with
    agency_years as (select * from {{ ref("fct_agency_year") }}),

    selected as (select * from {{ ref("int_report_disclosures_selected") }}),

    parts as (select * from {{ ref("dim_metric_parts") }}),

    totals as (select report_id, statement_no from selected where figure = 'total'),

    channels as (
        select
            selected.report_id,
            selected.channel_id,
            count(distinct selected.stated_count) as stated_figures_count,
            case when count(distinct selected.stated_count) = 1 then min(selected.stated_count) end as disclosed_count,
            case when count(distinct selected.stated_count) = 1 then min(selected.bound) end as bound,
            min(selected.subject) as subject,
            bool_and(totals.statement_no is not null) as is_part_of_total,
            arg_min(selected.sentence_text, selected.statement_no) as sentence_text
        from selected
        left join totals on selected.report_id = totals.report_id and selected.whole_statement_no = totals.statement_no
        where selected.figure = 'channel'
        group by selected.report_id, selected.channel_id
    ),

    named as (
        select
            agency_years.agency_id,
            agency_years.agency_name,
            agency_years.report_year,
            agency_years.scope,
            agency_years.report_id,
            channels.channel_id,
            parts.name_zh as channel_name_zh,
            parts.name_en as channel_name_en,
            channels.disclosed_count,
            channels.bound,
            channels.subject,
            channels.is_part_of_total,
            channels.stated_figures_count,
            channels.sentence_text
        from agency_years
        inner join channels on agency_years.report_id = channels.report_id
        inner join parts on parts.breakdown = 'channel' and channels.channel_id = parts.breakdown_id
    )

select *
from named
