with
    portals as (select * from {{ ref("stg_gongkai__portals") }}),

    pages as (select * from {{ ref("stg_gongkai__crawled_pages") }}),

    report_documents as (select * from {{ ref("stg_gongkai__report_documents") }}),

    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    publications as (select * from {{ ref("int_reports_published") }}),

    page_counts as (
        select
            portal_id,
            count(*) as known_page_count,
            count_if(is_waiting) as waiting_page_count,
            count_if(page_outcome = 'vanished') as vanished_page_count,
            count(distinct document_id) as crawled_document_count,
            count_if(page_kind in ('article', 'attachment')) as report_page_count
        from pages
        group by portal_id
    ),

    portal_reports as (
        select distinct
            pages.portal_id,
            reports.report_year,
            reports.agency_name,
            coalesce(publications.publication_url, reports.report_id) as publication
        from pages
        inner join report_documents on pages.document_id = report_documents.document_id
        inner join reports on report_documents.report_id = reports.report_id
        left join publications on reports.report_id = publications.report_id
        where reports.status = 'parsed'
    ),

    year_counts as (
        select portal_id, report_year, count(*) as report_count
        from portal_reports
        where report_year is not null
        group by portal_id, report_year
    ),

    report_counts as (select portal_id, count(*) as crawled_report_count from portal_reports group by portal_id),

    years as (
        select
            portal_id,
            min(report_year) as first_report_year,
            max(report_year) as last_report_year,
            map(list(report_year order by report_year), list(report_count order by report_year)) as reports_by_year
        from year_counts
        group by portal_id
    ),

    described as (
        select
            portals.portal_id,
            portals.portal_name,
            portals.region_code,
            portals.site_id_code,
            portals.portal_family,
            portals.register_status,
            portals.crawl_status,
            portals.crawl_status_detail,
            case when portals.crawl_status is not null then portals.crawl_status != 'unreachable' end as is_reachable,
            portals.crawl_status in ('blocked', 'captcha', 'rate_limited') as is_blocked,
            case
                when coalesce(page_counts.report_page_count, 0) > 0
                then true
                when portals.crawl_status = 'no_column'
                then false
            end as has_column,
            portals.round_no,
            portals.round_report_year,
            portals.opened_at,
            portals.closed_at,
            coalesce(page_counts.known_page_count, 0) as known_page_count,
            coalesce(page_counts.waiting_page_count, 0) as waiting_page_count,
            coalesce(page_counts.vanished_page_count, 0) as vanished_page_count,
            coalesce(page_counts.crawled_document_count, 0) as crawled_document_count,
            coalesce(report_counts.crawled_report_count, 0) as crawled_report_count,
            years.first_report_year,
            years.last_report_year,
            coalesce(years.reports_by_year, map([]::integer[], []::bigint[])) as reports_by_year
        from portals
        left join page_counts on portals.portal_id = page_counts.portal_id
        left join report_counts on portals.portal_id = report_counts.portal_id
        left join years on portals.portal_id = years.portal_id
    )

select *
from described
