with
    measures as (select * from {{ ref("int_report_measures_summed") }}),

    pivoted as (
        select
            report_id,
            {% for measure_id in var("agency_year_measures") %}
                max(value) filter (where measure_id = '{{ measure_id }}') as {{ measure_id }},
            {% endfor %}
            max(known_sum) filter (where measure_id = 'computed_results_total_count') as known_results_sum_count
        from measures
        group by report_id
    ),

    compared as (
        select
            *,
            case
                when printed_results_total_count < known_results_sum_count
                then false
                else printed_results_total_count = computed_results_total_count
            end as results_total_agrees
        from pivoted
    )

select *
from compared
