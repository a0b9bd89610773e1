with
    computed_columns as (
        {% for column_name in (
            var("agency_year_measures").keys()
            | list + var("agency_year_amounts").keys()
            | list + var("agency_year_metrics").keys()
            | list
        ) %}
            select '{{ column_name }}' as column_name {{ "union all" if not loop.last }}
        {% endfor %}
        {% for comparison in var("agency_year_comparisons").values() %}
            {% for column_name in [comparison.change, comparison.ratio] | select %}
                union all
                select '{{ column_name }}'
            {% endfor %}
        {% endfor %}
    )

select column_name
from computed_columns
where column_name not in (select column_name from {{ ref("dim_agency_year_cells") }})
