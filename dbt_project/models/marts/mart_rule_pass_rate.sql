with
    results as (select * from {{ ref("fct_rule_results") }}),

    rules as (select * from {{ ref("rules") }}),

    agencies as (select * from {{ ref("dim_agencies") }}),

    reports as (select * from {{ ref("int_reports_counted") }}),

    documents as (select * from {{ ref("stg_gongkai__documents") }}),

    described as (
        select results.*, agencies.province_name, documents.media_type
        from results
        inner join agencies on results.agency_id = agencies.agency_id
        inner join reports on results.report_id = reports.report_id
        left join documents on reports.document_id = documents.document_id
    ),

    rated as (
        select
            described.rule_id,
            rules.title_zh,
            rules.title_en,
            described.report_year,
            described.province_name,
            described.media_type,
            count(*) as report_count,
            count(*) filter (where outcome = 'failed') as failed_report_count,
            cast(sum(passed_count) as bigint) as passed_count,
            cast(sum(failed_count) as bigint) as failed_count,
            cast(sum(not_assessable_count) as bigint) as not_assessable_count,
            {{ ratio(["sum(passed_count)"], ["sum(passed_count)", "sum(failed_count)"]) }} as passed_share,
            cast(sum(source_error_count) as bigint) as source_error_count,
            cast(sum(parse_suspect_count) as bigint) as parse_suspect_count,
            cast(sum(unusual_count) as bigint) as unusual_count
        from described
        inner join rules on described.rule_id = rules.rule_id
        group by all
    )

select *
from rated
