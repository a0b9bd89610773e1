select reports.report_id, reports.status
from {{ ref("stg_gongkai__reports") }} as reports
where
    reports.report_id not in (select report_id from {{ ref("fct_agency_year") }})
    and reports.report_id not in (select report_id from {{ ref("qc_reports_unplaced") }})
    and reports.report_id not in (select report_id from {{ ref("qc_reports_not_parsed") }})
    and reports.report_id not in (select report_id from {{ ref("qc_reports_superseded") }})
