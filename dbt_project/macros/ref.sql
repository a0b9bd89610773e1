{# A relation is named by schema and table only: a view then works in any file and under any name it is attached by. #}
{% macro ref() -%} {%- do return(builtins.ref(*varargs, **kwargs).include(database=false)) -%} {%- endmacro %}

{% macro source() -%} {%- do return(builtins.source(*varargs, **kwargs).include(database=false)) -%} {%- endmacro %}
