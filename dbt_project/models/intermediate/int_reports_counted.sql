with
    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    report_documents as (select * from {{ ref("stg_gongkai__report_documents") }}),

    documents as (select * from {{ ref("stg_gongkai__documents") }}),

    main_documents as (
        select report_id, document_id
        from report_documents
        qualify
            row_number() over (
                partition by report_id
                order by list_position(['body', 'page', 'member', 'attachment'], role), document_id
            )
            = 1
    ),

    counted as (
        select
            reports.report_id,
            'unlinked:' || reports.report_id as agency_id,
            reports.agency_name,
            reports.report_year,
            reports.scope,
            reports.scope_evidence,
            reports.content_id,
            main_documents.document_id,
            documents.source_url,
            reports.edition_t2,
            reports.edition_t3,
            reports.edition_t4,
            reports.published_date,
            reports.published_date_source
        from reports
        left join main_documents on reports.report_id = main_documents.report_id
        left join documents on main_documents.document_id = documents.document_id
        where
            reports.agency_name is not null
            and reports.report_year is not null
            and reports.status in ('parsed', 'no_tables')
    )

select *
from counted
