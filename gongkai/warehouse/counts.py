"""How many rows each built table has."""

from contextlib import closing

import duckdb

from gongkai.home import Home
from gongkai.warehouse.schema import quote_name


def count_tables(home: Home) -> dict[tuple[str, str], int]:
    """Rows of every table of the warehouse by schema and name; views are left out, they would be computed."""
    with closing(duckdb.connect(home.warehouse, read_only=True)) as warehouse:
        tables = warehouse.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        return {
            (schema, name): warehouse.execute(
                f"SELECT count(*) FROM {quote_name(schema)}.{quote_name(name)}"
            ).fetchall()[0][0]
            for schema, name in tables
        }
