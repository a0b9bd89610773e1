with
    statements as (select * from {{ ref("stg_gongkai__report_statements") }}),

    reports as (select * from {{ ref("int_reports_counted") }}),

    stated as (
        select
            statements.report_id,
            reports.agency_id,
            reports.agency_name,
            reports.report_year,
            reports.scope,
            statements.statement_no,
            statements.whole_statement_no,
            statements.whole_statement_no is not null as is_part,
            statements.metric_id,
            statements.breakdown,
            statements.breakdown_id,
            statements.value,
            statements.unit,
            statements.bound,
            statements.subject,
            statements.period,
            statements.is_stated_in_words,
            statements.chapter,
            statements.sentence_text,
            reports.document_id
        from statements
        inner join reports on statements.report_id = reports.report_id
    )

select *
from stated
