with
    source as (select * from {{ source("gongkai", "report_statements") }}),

    renamed as (
        select
            report_id,
            statement_no,
            whole_statement_no,
            metric_id,
            breakdown,
            breakdown_id,
            value,
            unit,
            bound,
            subject,
            period,
            stated_in_words as is_stated_in_words,
            sentence_text,
            chapter
        from source
    )

select *
from renamed
