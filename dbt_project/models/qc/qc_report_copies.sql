with
    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    report_documents as (select * from {{ ref("stg_gongkai__report_documents") }}),

    documents as (select * from {{ ref("stg_gongkai__documents") }}),

    files as (
        select
            report_documents.report_id,
            min(documents.first_seen_at) as first_seen_at,
            string_agg(documents.file_name, ' ; ' order by documents.file_name) as file_names
        from report_documents
        inner join documents on report_documents.document_id = documents.document_id
        group by report_documents.report_id
    ),

    copies as (
        select
            reports.content_id,
            reports.report_id,
            reports.agency_name,
            reports.report_year,
            reports.status,
            files.file_names,
            files.first_seen_at,
            count(*) over (partition by reports.content_id) as copy_count
        from reports
        left join files on reports.report_id = files.report_id
        where reports.content_id is not null
        qualify count(*) over (partition by reports.content_id) > 1
    )

select *
from copies
