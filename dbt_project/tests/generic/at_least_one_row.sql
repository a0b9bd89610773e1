{% test at_least_one_row(model) %} select count(*) as row_count from {{ model }} having count(*) = 0 {% endtest %}
