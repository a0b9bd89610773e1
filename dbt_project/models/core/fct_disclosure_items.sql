{{ fact_cells("t2") }}
