with
    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    links as (select * from {{ ref("stg_gongkai__report_links") }}),

    report_documents as (select * from {{ ref("stg_gongkai__report_documents") }}),

    documents as (select * from {{ ref("stg_gongkai__documents") }}),

    cells as (select * from {{ ref("stg_gongkai__report_cells") }}),

    publications as (select * from {{ ref("int_reports_published") }}),

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

    number_cells as (
        select report_id, count(*) as number_cell_count from cells where state = 'number' group by report_id
    ),

    placed as (
        select
            reports.report_id,
            links.agency_id as linked_id,
            reports.agency_name,
            reports.report_year,
            reports.scope,
            reports.scope_evidence,
            reports.content_id,
            reports.status,
            main_documents.document_id,
            documents.source_url,
            documents.first_seen_at,
            reports.edition_t2,
            reports.edition_t3,
            reports.edition_t4,
            reports.published_date,
            reports.published_date_source,
            publications.publication_url,
            coalesce(publications.is_attachment, false) as is_attachment,
            coalesce(number_cells.number_cell_count, 0) as number_cell_count,
            coalesce(regexp_matches(reports.title_text, '图解|图示|长图|一图'), false) as is_picture_version
        from reports
        left join links on reports.report_id = links.report_id
        left join publications on reports.report_id = publications.report_id
        left join main_documents on reports.report_id = main_documents.report_id
        left join documents on main_documents.document_id = documents.document_id
        left join number_cells on reports.report_id = number_cells.report_id
        where
            reports.agency_name is not null
            and reports.report_year is not null
            and reports.status in ('parsed', 'no_tables')
    ),

    -- Reports of one name and year that one page publishes: the page, its attachments, and what both held before.
    joined as (
        select
            * exclude (linked_id) replace (
                case
                    when status = 'no_tables'
                    then coalesce(min(scope) filter (where status = 'parsed') over publication, scope)
                    else scope
                end as scope,
                coalesce(
                    published_date, max(published_date) filter (where not is_attachment) over publication
                ) as published_date,
                coalesce(
                    published_date_source,
                    arg_max(published_date_source, published_date) filter (where not is_attachment) over publication
                ) as published_date_source
            ),
            coalesce(
                linked_id, min(linked_id) over publication, 'unlinked:' || min(report_id) over publication
            ) as agency_id,
            coalesce(linked_id, min(linked_id) over publication) is not null as is_linked
        from placed
        window publication as (partition by coalesce(publication_url, report_id), agency_name, report_year)
    ),

    ranked as (
        select
            *,
            row_number() over (
                partition by agency_id, report_year, scope
                order by
                    is_picture_version,
                    status = 'no_tables',
                    published_date desc nulls last,
                    number_cell_count desc,
                    is_attachment,
                    first_seen_at desc,
                    report_id
            ) as version_rank,
            count(*) over (partition by agency_id, report_year, scope) as version_count
        from joined
    )

select *
from ranked
