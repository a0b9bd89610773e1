"""Finds the form's tables in a page, aligns rows and columns to the edition, reads figures."""

from parsers.tables.reader import TablesReading, read_tables

__all__ = ["TablesReading", "read_tables"]
