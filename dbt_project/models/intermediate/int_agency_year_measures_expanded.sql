with
    form_lines as (select * from {{ ref("int_form_lines_marked") }}),

    selectors as (
        {% for measure_id, cells in var("agency_year_measures").items() %}
            {% set measure_loop = loop %}
            {% for cell in cells %}
                select
                    '{{ measure_id }}' as measure_id,
                    '{{ cell.table }}' as table_id,
                    {{ "'" ~ cell.line ~ "'" if cell.line else "cast(null as varchar)" }} as line_id,
                    {{ "'" ~ cell.group ~ "'" if cell.group else "cast(null as varchar)" }} as group_id,
                    {{ "'" ~ cell.column ~ "'" if cell.column else "cast(null as varchar)" }} as column_id
                    {{ "union all" if not (measure_loop.last and loop.last) }}
            {% endfor %}
        {% endfor %}
    ),

    expanded as (
        select distinct
            selectors.measure_id, form_lines.edition_id, form_lines.table_id, form_lines.line_id, form_lines.column_id
        from selectors
        inner join
            form_lines
            on selectors.table_id = form_lines.table_id
            and (
                selectors.line_id = form_lines.line_id
                or (selectors.group_id = form_lines.group_id and not form_lines.is_total_line)
            )
            and (
                selectors.column_id = form_lines.column_id
                or (selectors.column_id is null and not form_lines.is_total_column)
            )
    )

select *
from expanded
