with
    ranked as (select * from {{ ref("int_reports_ranked") }}),

    superseded as (
        select
            versions.report_id,
            versions.agency_id,
            versions.agency_name,
            versions.report_year,
            versions.scope,
            versions.version_rank,
            counted.report_id as counted_report_id,
            case
                when versions.content_id = counted.content_id
                then 'copy'
                when versions.is_picture_version
                then 'picture_version'
                when versions.status = 'no_tables'
                then 'without_tables'
                when
                    versions.publication_url = counted.publication_url
                    and versions.is_attachment <> counted.is_attachment
                then 'other_file'
                else 'other_version'
            end as superseded_reason,
            versions.document_id,
            versions.published_date
        from ranked as versions
        inner join
            ranked as counted
            on versions.agency_id = counted.agency_id
            and versions.report_year = counted.report_year
            and versions.scope = counted.scope
            and counted.version_rank = 1
        where versions.version_rank > 1
    )

select *
from superseded
