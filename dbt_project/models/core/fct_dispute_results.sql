{{ fact_cells("t4") }}
