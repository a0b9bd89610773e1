with
    applicant_types as (select * from {{ ref("applicant_types") }}),

    selected as (select column_id, applicant_no, label_zh, label_en, is_total from applicant_types)

select *
from selected
