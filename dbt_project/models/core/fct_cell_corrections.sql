-- A correction whose guard no longer holds stops the build here. One for a document that is not in this home rests.
with
    corrections as (select row_number() over (order by rowid) + 1 as line_no, * from {{ ref("corrections") }}),

    reports as (select * from {{ ref("int_reports_counted") }}),

    documents as (select * from {{ ref("stg_gongkai__documents") }}),

    cells as (
        select report_id, table_id || '.' || line_id || '.' || column_id as cell_id, printed_text, value
        from {{ ref("stg_gongkai__report_cells") }}
    ),

    guarded_cells as (
        select distinct report_id, rule_id, unnest(cell_ids) as cell_id from {{ ref("fct_rule_failures") }}
    ),

    here as (
        select * from corrections where split_part(report_id, '-', 1) in (select left(document_id, 16) from documents)
    ),

    checked as (
        select
            here.*,
            cells.printed_text as found_text,
            cells.value as printed_value,
            case
                when cells.cell_id is null
                then struct_pack(zh := '报告中已没有这一格', en := 'the report has no such cell any more')
                when trim(coalesce(cells.printed_text, '')) <> trim(coalesce(here.printed_text, ''))
                then
                    struct_pack(
                        zh
                        := '该格印为“'
                        || coalesce(cells.printed_text, '')
                        || '”，不是“'
                        || coalesce(here.printed_text, '')
                        || '”',
                        en
                        := 'the cell prints `'
                        || coalesce(cells.printed_text, '')
                        || '`, not `'
                        || coalesce(here.printed_text, '')
                        || '`'
                    )
                when here.guard_rule_id is not null and guarded_cells.cell_id is null
                then
                    struct_pack(
                        zh := '该格不再违反 ' || here.guard_rule_id, en := 'the cell no longer breaks ' || here.guard_rule_id
                    )
            end as stale_because
        from here
        left join cells on here.report_id = cells.report_id and here.cell_id = cells.cell_id
        left join
            guarded_cells
            on here.report_id = guarded_cells.report_id
            and here.cell_id = guarded_cells.cell_id
            and here.guard_rule_id = guarded_cells.rule_id
    ),

    applied as (
        select
            checked.report_id,
            checked.cell_id,
            reports.agency_id,
            reports.report_year,
            reports.scope,
            checked.printed_text,
            checked.printed_value,
            case
                when stale_because is null
                then corrected_value
                else
                    {{
                        stop_build(
                            zh="'dbt_project/seeds/corrections.csv 第 ' || line_no || ' 行：对报告 ' || checked.report_id || ' 中 ' || checked.cell_id || ' 的更正已失效：' || stale_because.zh || '；提示：请重新核对该格，再删去这一行或重新填写'",
                            en="'dbt_project/seeds/corrections.csv, line ' || line_no || ': stale correction of ' || checked.cell_id || ' in report ' || checked.report_id || ': ' || stale_because.en || '; hint: look at the cell again, then take the line out or renew it'",
                        )
                    }}
            end as corrected_value,
            checked.reason,
            checked.evidence,
            checked.guard_rule_id,
            checked.decided_date
        from checked
        left join reports on checked.report_id = reports.report_id
    )

select *
from applied
