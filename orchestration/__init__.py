"""Dagster only: it names, schedules and records; the work is done in `gongkai`."""
