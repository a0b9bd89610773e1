with
    agency_years as (select * from {{ ref("fct_agency_year") }}),

    impossible as (
        {% for column_name, metric in var("agency_year_metrics").items() if metric.kind == "share" %}
            select
                agency_id,
                report_year,
                scope,
                report_id,
                '{{ column_name }}' as column_name,
                {{ sum_of(metric.parts) }} as numerator_count,
                {{ sum_of(metric.denominator) }} as denominator_count
            from agency_years
            where {{ sum_of(metric.parts) }} > {{ sum_of(metric.denominator) }} {{ "union all" if not loop.last }}
        {% endfor %}
    )

select *
from impossible
