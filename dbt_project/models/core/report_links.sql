with
    links as (select * from {{ ref("stg_gongkai__report_links") }}),

    reports as (select * from {{ ref("stg_gongkai__reports") }}),

    shown as (
        select
            links.report_id,
            reports.agency_name as printed_agency_name,
            reports.report_year,
            links.agency_id,
            links.agency_id is not null as is_linked,
            links.reason as link_reason,
            links.confidence as link_confidence,
            links.candidates as candidate_agency_ids,
            links.evidence as link_evidence
        from links
        inner join reports on links.report_id = reports.report_id
    )

select *
from shown
