with
    superseded as (select * from {{ ref("qc_reports_superseded") }}),

    cells as (select * from {{ ref("stg_gongkai__report_cells") }}),

    report_documents as (select * from {{ ref("stg_gongkai__report_documents") }}),

    documents as (select * from {{ ref("stg_gongkai__documents") }}),

    sightings as (
        select report_documents.report_id, min(documents.first_seen_at) as first_seen_at
        from report_documents
        inner join documents on report_documents.document_id = documents.document_id
        group by report_documents.report_id
    ),

    paired as (
        select
            superseded.agency_id,
            superseded.report_year,
            superseded.scope,
            superseded.report_id as superseded_report_id,
            superseded.counted_report_id,
            cells.table_id,
            cells.line_id,
            cells.column_id,
            cells.printed_text as superseded_printed_text,
            cells.value as superseded_value,
            cast(null as varchar) as counted_printed_text,
            cast(null as decimal(24, 8)) as counted_value
        from superseded
        inner join cells on superseded.report_id = cells.report_id
        where superseded.superseded_reason not in ('copy', 'without_tables') and cells.state <> 'absent'
        union all
        select
            superseded.agency_id,
            superseded.report_year,
            superseded.scope,
            superseded.report_id,
            superseded.counted_report_id,
            cells.table_id,
            cells.line_id,
            cells.column_id,
            null,
            null,
            cells.printed_text,
            cells.value
        from superseded
        inner join cells on superseded.counted_report_id = cells.report_id
        where superseded.superseded_reason not in ('copy', 'without_tables') and cells.state <> 'absent'
    ),

    compared as (
        select
            agency_id,
            report_year,
            scope,
            superseded_report_id,
            counted_report_id,
            table_id,
            line_id,
            column_id,
            max(superseded_printed_text) as superseded_printed_text,
            max(counted_printed_text) as counted_printed_text,
            max(superseded_value) as superseded_value,
            max(counted_value) as counted_value
        from paired
        group by all
    ),

    moved as (
        select
            compared.*,
            compared.counted_value - compared.superseded_value as value_change,
            older.first_seen_at as superseded_seen_at,
            newer.first_seen_at as counted_seen_at
        from compared
        left join sightings as older on compared.superseded_report_id = older.report_id
        left join sightings as newer on compared.counted_report_id = newer.report_id
        where
            compared.superseded_value is distinct from compared.counted_value
            or (
                compared.superseded_value is null
                and compared.superseded_printed_text is distinct from compared.counted_printed_text
            )
    )

select *
from moved
