{# One sum of columns; null as soon as one of them is null. #}
{% macro sum_of(columns) -%} ({{ columns | join(" + ") }}) {%- endmacro %}

{# numerator / denominator; null when a part is null or the denominator is zero, never 0 in their place. #}
{% macro ratio(numerator, denominator) -%}
    cast({{ sum_of(numerator) }} as double) / nullif(cast({{ sum_of(denominator) }} as double), 0)
{%- endmacro %}

{# A ratio of a part to its whole; null, too, when what is printed makes the part larger than the whole. #}
{% macro share(numerator, denominator) -%}
    case when {{ sum_of(numerator) }} <= {{ sum_of(denominator) }} then {{ ratio(numerator, denominator) }} end
{%- endmacro %}
