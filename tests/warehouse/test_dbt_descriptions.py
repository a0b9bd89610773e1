"""Every table and column says what it holds, in Chinese and in English, in the catalogue and inside DuckDB."""

import re

import duckdb
import pytest

from gongkai.warehouse.schema import load_raw_tables
from tests.warehouse.dbt_builds import DbtBuild

pytestmark = pytest.mark.slow

SHAPE = ("**Grain**", "**Primary key**", "**Source**")


def is_bilingual(description: str | None) -> bool:
    """Whether the first line is Chinese and a line of English follows."""
    first, _, rest = (description or "").partition("\n")
    return bool(re.search(r"[\u4e00-\u9fff]", first)) and bool(re.search(r"[A-Za-z]{2}", rest))


def list_described(build: DbtBuild) -> dict[str, str]:
    """Description by name for every model, seed, source table and column of the manifest."""
    manifest = build.read_artifact("manifest")
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]
    described: dict[str, str] = {}
    for node in [*nodes, *manifest["sources"].values()]:
        described[node["unique_id"]] = node["description"]
        columns = node["columns"].items()
        described |= {f"{node['unique_id']}.{name}": column["description"] for name, column in columns}
    return described


def test_every_model_source_and_column_is_described_in_both_languages(reports_build: DbtBuild) -> None:
    described = list_described(reports_build)
    assert len(described) > 500
    missing = [name for name, description in described.items() if not is_bilingual(description)]
    assert not missing, f"{missing}; hint: write Chinese in the first line, then English, in the yml or in models/docs"


def test_every_model_says_grain_key_and_source(reports_build: DbtBuild) -> None:
    described = list_described(reports_build)
    tables = {name: text for name, text in described.items() if name.startswith("model.") and name.count(".") == 2}
    assert len(tables) > 30
    missing = [name for name, text in tables.items() if any(part not in text for part in SHAPE)]
    assert not missing, f"{missing}; hint: say {', '.join(SHAPE)}"


def test_every_relation_and_column_has_its_comment_in_duckdb(reports_build: DbtBuild) -> None:
    kinds = ("tables", "table_name"), ("views", "view_name")
    with duckdb.connect(reports_build.warehouse, read_only=True) as connection:
        comments = [
            row
            for kind, name in kinds
            for row in connection.execute(
                f"SELECT schema_name || '.' || {name}, comment FROM duckdb_{kind}()"
                f" WHERE NOT internal AND schema_name <> 'raw'"
            ).fetchall()
        ]
        comments += connection.execute(
            "SELECT schema_name || '.' || table_name || '.' || column_name, comment FROM duckdb_columns()"
            " WHERE NOT internal AND schema_name <> 'raw'"
        ).fetchall()
    assert len(comments) > 500
    missing = [name for name, comment in comments if not is_bilingual(comment)]
    assert not missing, f"{missing}; hint: name the column in the model's yml"


def test_sources_are_the_raw_tables(reports_build: DbtBuild) -> None:
    sources = reports_build.read_artifact("manifest")["sources"].values()
    declared = {source["name"]: list(source["columns"]) for source in sources if source["schema"] == "raw"}
    assert declared == {name: list(table.column_names) for name, table in load_raw_tables().items()}
