-- Adds up the statements that agency_year_sentences leads to, and compares with the count in the mart.
with
    counts as (
        select agency_id, report_year, scope, column_name, reported_count
        from
            {{ ref("fct_agency_year") }} unpivot (
                reported_count for column_name
                in (proactive_disclosure_count, {{ var("agency_year_channels").keys() | join(", ") }})
            )
    ),

    sentences as (
        select
            facts.agency_id,
            facts.report_year,
            facts.scope,
            sentences.column_name,
            case
                when
                    sentences.column_name = 'proactive_disclosure_count'
                    and any_value(facts.proactive_disclosure_basis) = 'sum_of_parts'
                then sum(sentences.value)
                when count(distinct sentences.value) = 1
                then min(sentences.value)
            end as stated_count
        from {{ ref("agency_year_sentences") }} as sentences
        inner join {{ ref("fct_agency_year") }} as facts using (agency_id, report_year, scope)
        group by facts.agency_id, facts.report_year, facts.scope, sentences.column_name
    )

select counts.*, sentences.stated_count
from counts
left join sentences using (agency_id, report_year, scope, column_name)
where (counts.reported_count = sentences.stated_count) is not true
