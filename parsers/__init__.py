"""Bytes to reports: pure, without Dagster, DuckDB, network or clock."""
