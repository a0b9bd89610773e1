{{ fact_cells("t3") }}
