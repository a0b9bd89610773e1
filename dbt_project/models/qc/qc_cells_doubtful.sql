with
    cells as (select * from {{ ref("stg_gongkai__report_cells") }}),

    completed as (select * from {{ ref("int_report_cells_completed") }}),

    findings as (select * from {{ ref("stg_gongkai__report_findings") }}),

    named_cells as (
        select report_id, rule_id, outcome, verdict, message_zh, message_en, unnest(cell_ids) as cell_id from findings
    ),

    doubts as (
        select report_id, table_id || '.' || line_id || '.' || column_id as cell_id, state as doubt, '' as rule_id
        from cells
        where state in ('unreadable', 'text')
        union all
        select report_id, table_id || '.' || line_id || '.' || column_id, 'not_a_count', ''
        from completed
        where state = 'number' and countable_value is null
        union all
        select report_id, cell_id, 'finding_' || outcome, rule_id
        from named_cells
        group by all
    ),

    messages as (
        select
            report_id,
            cell_id,
            rule_id,
            outcome,
            string_agg(message_zh, '；' order by message_zh) as message_zh,
            string_agg(message_en, '; ' order by message_en) as message_en
        from named_cells
        group by all
    ),

    described as (
        select
            doubts.report_id,
            doubts.cell_id,
            doubts.doubt,
            doubts.rule_id,
            cells.printed_text,
            cells.value,
            cells.state,
            cells.row_label_text,
            cells.column_label_text,
            cells.document_id,
            cells.locator,
            messages.message_zh,
            messages.message_en
        from doubts
        left join
            cells
            on doubts.report_id = cells.report_id
            and doubts.cell_id = cells.table_id || '.' || cells.line_id || '.' || cells.column_id
        left join
            messages
            on doubts.report_id = messages.report_id
            and doubts.cell_id = messages.cell_id
            and doubts.rule_id = messages.rule_id
            and doubts.doubt = 'finding_' || messages.outcome
    )

select *
from described
