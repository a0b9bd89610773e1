with
    reports as (select * from {{ ref("int_reports_counted") }}),

    findings as (select * from {{ ref("stg_gongkai__report_findings") }}),

    rules as (select * from {{ ref("rules") }}),

    form_lines as (select * from {{ ref("dim_form_lines") }}),

    checks as (
        select *
        from {{ ref("int_series_assessed") }}
        union all
        select *
        from {{ ref("int_bodies_assessed") }}
    ),

    labels as (
        select
            table_id || '.' || line_id || '.' || column_id as subject_id,
            arg_max(line_label_zh || ' / ' || column_label_zh, edition_id) as label_zh,
            arg_max(line_label_en || ' / ' || column_label_en, edition_id) as label_en
        from form_lines
        group by 1
    ),

    -- What the two figures of a check are called.
    sides as (
        select *
        from
            (
                values
                    ('R5', '上年结转', 'carried in', '上一年度报告的结转下年度', 'carried out by last year''s report'),
                    ('R6', '现行有效件数', 'in force', '上一年现行有效加本年制发减废止', 'in force last year plus issued less repealed'),
                    (
                        'R8',
                        '上一年项目数量',
                        'items of the year before',
                        '上一年度报告的项目数加增减',
                        'items and change of last year''s report'
                    ),
                    ('R11', '汇总数', 'roll-up', '已知成员之和', 'sum of the known members'),
                    ('R31', '本年', 'this year', '上一年', 'the year before'),
                    ('R32', '最后一份报告的年度', 'year of the last report', '', ''),
                    ('R33', '相同的非零数字', 'equal figures above zero', '上一年', 'the year before'),
                    ('R34', '收费金额（万元）', 'fees in 10,000 yuan', '本地区政府报告', 'report of the region'),
                    ('R35', '相同的非零数字', 'equal figures above zero', '', '')
            ) as sides(rule_id, printed_zh, printed_en, compared_zh, compared_en)
    ),

    described as (
        select
            checks.report_id,
            checks.rule_id,
            checks.subject_id,
            rules.failure_verdict as verdict,
            rules.severity,
            checks.cell_ids,
            concat_ws(
                '，',
                rules.title_zh || coalesce('：' || labels.label_zh, ''),
                sides.printed_zh || ' ' || {{ plain_number("checks.printed_value") }},
                sides.compared_zh || ' ' || {{ plain_number("checks.compared_value") }},
                '相差 ' || {{ plain_number("abs(checks.printed_value - checks.compared_value)") }},
                '另见：' || other.agency_name || ' ' || other.report_year
            ) as message_zh,
            concat_ws(
                ', ',
                rules.title_en || coalesce(': ' || labels.label_en, ''),
                sides.printed_en || ' ' || {{ plain_number("checks.printed_value") }},
                sides.compared_en || ' ' || {{ plain_number("checks.compared_value") }},
                'difference ' || {{ plain_number("abs(checks.printed_value - checks.compared_value)") }},
                'see ' || other.agency_name || ' ' || other.report_year
            ) as message_en,
            concat_ws(
                '; ',
                array_to_string(checks.cell_ids, ', '),
                nullif(array_to_string(checks.compared_cell_ids, ', '), ''),
                checks.compared_report_id
            ) as evidence
        from checks
        inner join rules on checks.rule_id = rules.rule_id
        inner join sides on checks.rule_id = sides.rule_id
        left join labels on checks.subject_id = labels.subject_id
        left join reports as other on checks.compared_report_id = other.report_id
        where checks.outcome = 'failed'
    ),

    united as (
        select report_id, rule_id, subject_id, verdict, severity, cell_ids, message_zh, message_en, evidence, finding_no
        from findings
        where outcome = 'failed'
        union all
        select report_id, rule_id, subject_id, verdict, severity, cell_ids, message_zh, message_en, evidence, null
        from described
    ),

    numbered as (
        select
            united.report_id,
            row_number() over (
                partition by united.report_id order by finding_no nulls last, united.rule_id, united.subject_id
            ) as failure_no,
            reports.agency_id,
            reports.report_year,
            reports.scope,
            united.rule_id,
            united.subject_id,
            united.verdict,
            united.severity,
            united.cell_ids,
            united.message_zh,
            united.message_en,
            united.evidence
        from united
        inner join reports on united.report_id = reports.report_id
    )

select *
from numbered
