{# The failures of one verdict, with agency and document: the body of the lists of what a person should look at. #}
{% macro failures_of(verdict) %}
    with
        failures as (select * from {{ ref("fct_rule_failures") }}),

        agencies as (select * from {{ ref("dim_agencies") }}),

        reports as (select * from {{ ref("int_reports_counted") }}),

        selected as (
            select
                failures.report_id,
                failures.failure_no,
                agencies.agency_name,
                failures.report_year,
                failures.rule_id,
                failures.subject_id,
                failures.severity,
                failures.cell_ids,
                failures.message_zh,
                failures.message_en,
                failures.evidence,
                reports.document_id
            from failures
            inner join agencies on failures.agency_id = agencies.agency_id
            inner join reports on failures.report_id = reports.report_id
            where failures.verdict = '{{ verdict }}'
        )

    select *
    from selected
{% endmacro %}
