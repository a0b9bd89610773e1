with
    selected as (select * from {{ ref("int_report_disclosures_selected") }}),

    totals as (
        select
            report_id,
            count(distinct stated_count) as figures_count,
            min(stated_count) as stated_count,
            min(bound) as bound,
            min(subject) as subject
        from selected
        where figure = 'total'
        group by report_id
    ),

    sums as (
        select report_id, cast(sum(stated_count) as bigint) as stated_count, min(subject) as subject
        from selected
        where makes_whole
        group by report_id
        having
            count(distinct sentence_text) = 1
            and count(distinct channel_id) = count(*)
            and count(*) > 1
            and bool_and(bound = 'exact')
    ),

    channels as (
        select report_id, channel_id, min(stated_count) as stated_count, min(subject) as subject
        from selected
        where figure = 'channel'
        group by report_id, channel_id
        having count(distinct stated_count) = 1 and bool_and(bound = 'exact')
    ),

    channels_pivoted as (
        select
            report_id,
            {% for column_name, channel_id in var("agency_year_channels").items() %}
                max(stated_count) filter (where channel_id = '{{ channel_id }}') as {{ column_name }}
                {{ "," if not loop.last }}
            {% endfor %}
        from channels
        group by report_id
    ),

    stated as (
        select
            reports.report_id,
            case
                when totals.figures_count = 1
                then totals.stated_count
                when totals.figures_count is null
                then sums.stated_count
            end as proactive_disclosure_count,
            case
                when totals.figures_count = 1
                then 'stated_total'
                when totals.figures_count > 1
                then 'contradictory_totals'
                when sums.stated_count is not null
                then 'sum_of_parts'
                else 'channels_only'
            end as proactive_disclosure_basis,
            case
                when totals.figures_count = 1
                then totals.bound
                when totals.figures_count is null and sums.stated_count is not null
                then 'exact'
            end as proactive_disclosure_bound,
            case
                when totals.figures_count = 1 then totals.subject when totals.figures_count is null then sums.subject
            end as proactive_disclosure_subject,
            channels_pivoted.* exclude (report_id)
        from (select distinct report_id from selected) as reports
        left join totals on reports.report_id = totals.report_id
        left join sums on reports.report_id = sums.report_id
        left join channels_pivoted on reports.report_id = channels_pivoted.report_id
    )

select *
from stated
