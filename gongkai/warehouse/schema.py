"""The raw tables as defined in `raw_tables.yml`: DDL, comments and Parquet schemas come from that one definition."""

from functools import cache
from pathlib import Path
from typing import Literal

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict

DEFINITION = Path(__file__).with_name("raw_tables.yml")
RAW_SCHEMA = "raw"

ColumnType = Literal["text", "int", "long", "number", "real", "bool", "date", "time", "texts"]

# A bare DECIMAL keeps three places only; the form prints up to six.
SQL_TYPES: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "int": "INTEGER",
    "long": "BIGINT",
    "number": "DECIMAL(24, 8)",
    "real": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "time": "TIMESTAMP",
    "texts": "VARCHAR[]",
}
POLARS_TYPES: dict[ColumnType, pl.DataType] = {
    "text": pl.String(),
    "int": pl.Int32(),
    "long": pl.Int64(),
    "number": pl.Decimal(24, 8),
    "real": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "time": pl.Datetime("us"),
    "texts": pl.List(pl.String()),
}


class RawColumn(BaseModel):
    """One column: `key` columns make a row unique; only `optional` ones may be null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: ColumnType
    key: bool = False
    optional: bool = False
    zh: str
    en: str


class RawTable(BaseModel):
    """One raw table with its columns in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    made_by: Literal["parsers", "load"] = "parsers"
    zh: str
    en: str
    columns: tuple[RawColumn, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.key)

    @property
    def polars_schema(self) -> pl.Schema:
        return pl.Schema({column.name: POLARS_TYPES[column.type] for column in self.columns})


@cache
def load_raw_tables() -> dict[str, RawTable]:
    """Every raw table by name. Raises when the definition is incomplete or names something unknown."""
    definition = yaml.safe_load(DEFINITION.read_text(encoding="utf8"))
    return {name: RawTable.model_validate({"name": name, **table}) for name, table in definition.items()}


def list_report_tables() -> tuple[RawTable, ...]:
    """The tables that come from reading reports: the others are made at the load."""
    return tuple(table for table in load_raw_tables().values() if table.made_by == "parsers")


def write_ddl(table: RawTable) -> str:
    """The statement that makes the table in DuckDB.

    Keys are checked at load and by dbt tests, not declared: an index over every printed cell would cost more memory
    than the cells.
    """
    columns = ", ".join(
        f"{column.name} {SQL_TYPES[column.type]}{'' if column.optional else ' NOT NULL'}" for column in table.columns
    )
    return f"CREATE TABLE {RAW_SCHEMA}.{table.name} ({columns})"


def write_comments(table: RawTable) -> tuple[str, ...]:
    """The statements that comment the table and its columns, Chinese in the first line, then English."""
    name = f"{RAW_SCHEMA}.{table.name}"
    return (
        f"COMMENT ON TABLE {name} IS {quote_text(_join_languages(table.zh, table.en))}",
        *(
            f"COMMENT ON COLUMN {name}.{column.name} IS {quote_text(_join_languages(column.zh, column.en))}"
            for column in table.columns
        ),
    )


def quote_text(text: str) -> str:
    """A text as an SQL literal."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def quote_name(name: str) -> str:
    """A name as an SQL identifier."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _join_languages(zh: str, en: str) -> str:
    return f"{zh}\n{en}"
