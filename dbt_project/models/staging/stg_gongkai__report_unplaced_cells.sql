with
    source as (select * from {{ source("gongkai", "report_unplaced_cells") }}),

    renamed as (
        select report_id, cell_no, row_label_text, column_label_text, printed_text, document_id, locator, reason
        from source
    )

select *
from renamed
