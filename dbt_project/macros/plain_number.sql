{# A decimal as it is printed: without zeros behind its point; null stays null. #}
{% macro plain_number(value) -%}
    rtrim(rtrim(cast(cast({{ value }} as decimal(24, 8)) as varchar), '0'), '.')
{%- endmacro %}
