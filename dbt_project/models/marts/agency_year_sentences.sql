with
    agency_years as (select * from {{ ref("fct_agency_year") }}),

    selected as (select * from {{ ref("int_report_disclosures_selected") }}),

    statements as (select * from {{ ref("fct_disclosure_statements") }}),

    column_channels as (
        {% for column_name, channel_id in var("agency_year_channels").items() %}
            select
                '{{ column_name }}' as column_name, '{{ channel_id }}' as channel_id {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    column_statements as (
        select report_id, statement_no, 'proactive_disclosure_count' as column_name
        from selected
        where figure = 'total'
        union all
        select selected.report_id, selected.statement_no, 'proactive_disclosure_count'
        from selected
        inner join agency_years on selected.report_id = agency_years.report_id
        where selected.makes_whole and agency_years.proactive_disclosure_basis = 'sum_of_parts'
        union all
        select selected.report_id, selected.statement_no, column_channels.column_name
        from selected
        inner join column_channels on selected.channel_id = column_channels.channel_id
    ),

    traced as (
        select
            agency_years.agency_id,
            agency_years.report_year,
            agency_years.scope,
            column_statements.column_name,
            statements.report_id,
            statements.statement_no,
            statements.metric_id,
            statements.breakdown,
            statements.breakdown_id,
            statements.value,
            statements.unit,
            statements.bound,
            statements.subject,
            statements.chapter,
            statements.sentence_text,
            statements.document_id
        from agency_years
        inner join column_statements on agency_years.report_id = column_statements.report_id
        inner join
            statements
            on column_statements.report_id = statements.report_id
            and column_statements.statement_no = statements.statement_no
    )

select *
from traced
