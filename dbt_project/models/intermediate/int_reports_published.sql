with
    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    report_documents as (select * from {{ ref("stg_gongkai__report_documents") }}),

    documents as (select * from {{ ref("stg_gongkai__documents") }}),

    pages as (select * from {{ ref("stg_gongkai__crawled_pages") }}),

    attachments as (
        select pages.address, min(articles.address) as article_url
        from pages
        inner join pages as articles on pages.found_on_url = articles.address
        where pages.page_kind = 'attachment' and articles.page_kind = 'article'
        group by pages.address
    ),

    placed as (
        select report_documents.report_id, documents.source_url
        from report_documents
        inner join documents on report_documents.document_id = documents.document_id
        inner join reports on report_documents.report_id = reports.report_id
        where documents.source_url is not null
        qualify
            report_documents.role <> 'member'
            or count(*) over (partition by documents.document_id, reports.agency_name, reports.report_year) = 1
    ),

    published as (
        select
            placed.report_id,
            min(coalesce(attachments.article_url, placed.source_url)) as publication_url,
            bool_or(attachments.article_url is not null) as is_attachment
        from placed
        left join attachments on placed.source_url = attachments.address
        group by placed.report_id
    )

select *
from published
