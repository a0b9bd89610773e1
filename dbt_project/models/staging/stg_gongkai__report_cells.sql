with
    source as (select * from {{ source("gongkai", "report_cells") }}),

    renamed as (
        select
            report_id,
            table_id,
            line_id,
            column_id,
            printed_text,
            value,
            state,
            unit,
            remark,
            row_label_text,
            column_label_text,
            document_id,
            locator,
            confidence
        from source
    )

select *
from renamed
