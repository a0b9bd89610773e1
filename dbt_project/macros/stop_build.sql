{# Ends the build with a message in Chinese and English, both SQL texts; `gongkai run` shows the one of its language. #}
{% macro stop_build(zh, en) -%} error('[zh] ' || {{ zh }} || ' [en] ' || {{ en }} || ' [.]') {%- endmacro %}
