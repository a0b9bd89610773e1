with
    measure_cells as (select * from {{ ref("int_agency_year_measures_expanded") }}),

    form_lines as (select * from {{ ref("int_form_lines_marked") }}),

    amount_cells as (
        {% for column_name, cell in var("agency_year_amounts").items() %}
            select '{{ column_name }}' as column_name, edition_id, table_id, line_id, column_id
            from form_lines
            where
                table_id = '{{ cell.table }}' and line_id = '{{ cell.line }}' and column_id = '{{ cell.column }}'
                {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    metric_measures as (
        {% for column_name, metric in var("agency_year_metrics").items() %}
            {% set metric_loop = loop %}
            {% for role in ["parts", "subtract", "denominator"] if role in metric %}
                {% set role_loop = loop %}
                {% for measure_id in metric[role] %}
                    select
                        '{{ column_name }}' as column_name,
                        '{{ {"parts": "part", "subtract": "subtracted", "denominator": "denominator"}[role] }}' as role,
                        '{{ measure_id }}' as measure_id
                        {{ "union all" if not (metric_loop.last and role_loop.last and loop.last) }}
                {% endfor %}
            {% endfor %}
        {% endfor %}
        union all
        select 'results_total_agrees', 'printed_total', 'printed_results_total_count'
        union all
        select 'results_total_agrees', 'part', 'computed_results_total_count'
    ),

    current_year as (
        select measure_id as column_name, 'part' as role, edition_id, table_id, line_id, column_id
        from measure_cells
        union all
        select column_name, 'part', edition_id, table_id, line_id, column_id
        from amount_cells
        union all
        select distinct
            metric_measures.column_name,
            metric_measures.role,
            measure_cells.edition_id,
            measure_cells.table_id,
            measure_cells.line_id,
            measure_cells.column_id
        from metric_measures
        inner join measure_cells on metric_measures.measure_id = measure_cells.measure_id
        union all
        select 'is_complete', 'part', edition_id, table_id, line_id, column_id
        from form_lines
    ),

    comparisons as (
        {% for column_name, comparison in var("agency_year_comparisons").items() %}
            {% set comparison_loop = loop %}
            {% for compared_column_name in [comparison.change, comparison.ratio] | select %}
                select
                    '{{ column_name }}' as column_name,
                    '{{ compared_column_name }}' as compared_column_name
                    {{ "union all" if not (comparison_loop.last and loop.last) }}
            {% endfor %}
        {% endfor %}
    ),

    all_columns as (
        select column_name, role, false as is_previous_year, edition_id, table_id, line_id, column_id
        from current_year
        union all
        select
            comparisons.compared_column_name,
            current_year.role,
            years.is_previous_year,
            current_year.edition_id,
            current_year.table_id,
            current_year.line_id,
            current_year.column_id
        from comparisons
        inner join current_year on comparisons.column_name = current_year.column_name
        cross join (values (false), (true)) as years(is_previous_year)
    )

select *
from all_columns
