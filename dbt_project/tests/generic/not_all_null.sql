{# Among the rows of `condition`, when there are any, one at least has a value in the column. #}
{% test not_all_null(model, column_name, condition) %}
    select count(*) as row_count
    from {{ model }}
    where {{ condition }}
    having count(*) > 0 and count({{ column_name }}) = 0
{% endtest %}
