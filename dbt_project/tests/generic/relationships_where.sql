{# Every combination of `columns` among the rows of `condition` stands in `to`, whose columns are `to_columns`. #}
{% test relationships_where(model, columns, to, to_columns, condition) %}
    select child.*
    from (select * from {{ model }} where {{ condition }}) as child
    where
        not exists (
            select 1
            from {{ to }} as parent
            where
                {% for column in columns %}
                    parent.{{ to_columns[loop.index0] }} = child.{{ column }} {{ "and" if not loop.last }}
                {% endfor %}
        )
{% endtest %}
