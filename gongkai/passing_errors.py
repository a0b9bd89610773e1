"""Errors that pass by themselves: what is worth trying again, and what is not."""

import sqlite3

import duckdb

# A network drive that hiccups, a scanner or sync client that holds a file, another program that has opened the
# warehouse or the manifest for a moment.
PASSING_ERRORS: tuple[type[Exception], ...] = (OSError, sqlite3.OperationalError, duckdb.IOException)
