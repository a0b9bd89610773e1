"""Built tables into files that stand on their own: one DuckDB file for analysts, and a Parquet file a table."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from gongkai.warehouse.schema import quote_name, quote_text

# Readable by DuckDB 1.2 and every later client, the one in the browser (1.4) included.
STORAGE_VERSION = "v1.2.0"
# The alias is the file's own name: views that dbt made name their tables with it.
WAREHOUSE = "warehouse"
PUBLISHED = "published"
PUBLIC_SCHEMAS = ("core", "marts")


@dataclass(frozen=True, slots=True)
class BuiltTable:
    """A table or view in the warehouse with its comments; `columns` are names and comments in order."""

    schema: str
    name: str
    comment: str | None
    columns: tuple[tuple[str, str | None], ...]

    @property
    def label(self) -> str:
        return f"{self.schema}.{self.name}"

    def locate(self, catalog: str) -> str:
        """The table's full name in a catalog."""
        return f"{catalog}.{quote_name(self.schema)}.{quote_name(self.name)}"


def list_tables(connection: duckdb.DuckDBPyConnection, schema: str) -> tuple[BuiltTable, ...]:
    """Tables and views of a schema of the warehouse, by name."""
    relations = connection.execute(
        """
        SELECT table_name, comment FROM duckdb_tables() WHERE database_name = $catalog AND schema_name = $schema
        UNION ALL
        SELECT view_name, comment FROM duckdb_views() WHERE database_name = $catalog AND schema_name = $schema
        ORDER BY 1
        """,
        {"catalog": WAREHOUSE, "schema": schema},
    ).fetchall()
    return tuple(
        BuiltTable(schema, name, comment, _list_columns(connection, schema, name)) for name, comment in relations
    )


def write_database(warehouse: Path, path: Path) -> dict[str, int]:
    """Writes marts and core to a new DuckDB file, comments included; rows by table.

    Views become tables, so that the file needs nothing beside it. Rows are sorted by all columns from the left: equal
    input gives equal tables, and a reader of one agency or year reads few blocks.
    """
    rows = {}
    with closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH {quote_text(str(warehouse))} AS {WAREHOUSE} (READ_ONLY)")
        connection.execute(
            f"ATTACH {quote_text(str(path))} AS {PUBLISHED} (STORAGE_VERSION {quote_text(STORAGE_VERSION)})"
        )
        for schema in PUBLIC_SCHEMAS:
            connection.execute(f"CREATE SCHEMA {PUBLISHED}.{schema}")
            for table in list_tables(connection, schema):
                rows[table.label] = _copy_table(connection, table)
        connection.execute(f"DETACH {PUBLISHED}")
    return rows


def write_parquet(warehouse: Path, database: Path, folder: Path, raw_schema: str) -> dict[Path, int]:
    """Writes `<schema>/<table>.parquet` for the public tables and the raw ones; rows by file."""
    rows = {}
    with closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH {quote_text(str(warehouse))} AS {WAREHOUSE} (READ_ONLY)")
        connection.execute(f"ATTACH {quote_text(str(database))} AS {PUBLISHED} (READ_ONLY)")
        for schema in (raw_schema, *PUBLIC_SCHEMAS):
            (folder / schema).mkdir(parents=True)
            for table in list_tables(connection, schema):
                source = table.locate(WAREHOUSE if schema == raw_schema else PUBLISHED)
                path = folder / schema / f"{table.name}.parquet"
                connection.execute(f"COPY {source} TO {quote_text(str(path))} (FORMAT parquet, COMPRESSION zstd)")
                rows[path] = _count_rows(connection, source)
    return rows


def _copy_table(connection: duckdb.DuckDBPyConnection, table: BuiltTable) -> int:
    target = table.locate(PUBLISHED)
    connection.execute(f"CREATE TABLE {target} AS SELECT * FROM {table.locate(WAREHOUSE)} ORDER BY ALL")
    if table.comment is not None:
        connection.execute(f"COMMENT ON TABLE {target} IS {quote_text(table.comment)}")
    for column, comment in table.columns:
        if comment is not None:
            connection.execute(f"COMMENT ON COLUMN {target}.{quote_name(column)} IS {quote_text(comment)}")
    return _count_rows(connection, target)


def _count_rows(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    return connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]


def _list_columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> tuple[tuple[str, str | None], ...]:
    columns = connection.execute(
        "SELECT column_name, comment FROM duckdb_columns()"
        " WHERE database_name = ? AND schema_name = ? AND table_name = ? ORDER BY column_index",
        [WAREHOUSE, schema, table],
    ).fetchall()
    return tuple(columns)
