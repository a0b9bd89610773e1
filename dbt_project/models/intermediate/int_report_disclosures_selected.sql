-- Of a total and of each channel only the agency's own figures count when there are any, and only exact ones when
-- there are any. A body's own report has no figures of its region.
with
    reports as (select * from {{ ref("int_reports_counted") }}),

    statements as (
        select
            *,
            case
                when breakdown = 'channel'
                then 'channel'
                when breakdown = 'none' and whole_statement_no is null
                then 'total'
            end as figure
        from {{ ref("stg_gongkai__report_statements") }}
        where metric_id = 'proactive_disclosures' and period = 'year' and value = round(value)
    ),

    candidates as (
        select
            statements.report_id,
            statements.statement_no,
            statements.whole_statement_no,
            statements.figure,
            case when statements.figure = 'channel' then statements.breakdown_id end as channel_id,
            cast(statements.value as bigint) as stated_count,
            statements.bound,
            statements.subject,
            statements.sentence_text
        from statements
        inner join reports on statements.report_id = reports.report_id
        where
            statements.figure is not null
            and (statements.subject = 'own' or (statements.subject = 'region' and reports.scope <> 'own_body'))
    ),

    own_first as (
        select *
        from candidates
        qualify subject = 'own' or not bool_or(subject = 'own') over (partition by report_id, figure, channel_id)
    ),

    exact_first as (
        select *
        from own_first
        qualify bound = 'exact' or not bool_or(bound = 'exact') over (partition by report_id, figure, channel_id)
    ),

    marked as (
        select
            *,
            figure = 'channel'
            and whole_statement_no is null
            and (
                {% for pattern in var("parts_make_the_whole") %}
                    regexp_matches(sentence_text, '{{ pattern }}') {{ "or" if not loop.last }}
                {% endfor %}
            ) as makes_whole
        from exact_first
    )

select *
from marked
