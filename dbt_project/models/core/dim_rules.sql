with
    rules as (select * from {{ ref("rules") }}),

    selected as (
        select
            rule_id,
            kind,
            title_zh,
            title_en,
            formula,
            string_split(edition_ids, ' ') as edition_ids,
            severity,
            failure_verdict,
            basis_zh,
            basis_en,
            usually_means_zh,
            usually_means_en
        from rules
    )

select *
from selected
