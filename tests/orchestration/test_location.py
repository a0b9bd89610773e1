"""What Dagster shows: every asset named, grouped, described in both languages, checked, and linked to the others."""

import json
import re

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from gongkai.home import Home
from gongkai.warehouse.schema import load_raw_tables
from orchestration.crawling import CRAWL_POOL
from orchestration.dbt import attach_singular_tests, define_dbt_resource
from orchestration.manifest import prepare_manifest
from orchestration.resources import WAREHOUSE_POOL

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORDS = re.compile(r"[A-Za-z]+ [A-Za-z]+")
PLAIN_ASSETS = {"crawled_documents", "documents", "parsed_reports", "published_warehouse", "catalogue"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> AssetGraph:
    return definitions.resolve_asset_graph()


@pytest.fixture(scope="module")
def manifest(location_home: Home, definitions: dg.Definitions) -> dict:
    return json.loads((location_home.root / "dbt" / "manifest" / "manifest.json").read_bytes())


def test_definitions_validate(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)
    repository = definitions.get_repository_def()
    jobs = sorted(job.name for job in repository.get_all_jobs() if not job.name.startswith("__"))
    assert jobs == ["crawl", "refresh"]
    assert [schedule.name for schedule in repository.schedule_defs] == ["yearly_crawl", "yearly_reports"]
    assert [sensor.name for sensor in repository.sensor_defs] == ["inbox"]


def test_every_asset_is_described_in_both_languages_and_grouped(graph: AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        description = node.description or ""
        assert CHINESE.search(description), f"{key}: no Chinese description"
        assert LATIN_WORDS.search(description), f"{key}: no English description"
        assert node.group_name not in (None, "default"), key


def test_jobs_and_their_starters_are_described_in_both_languages(definitions: dg.Definitions) -> None:
    repository = definitions.get_repository_def()
    for described in (
        repository.get_job("crawl"),
        repository.get_job("refresh"),
        *repository.schedule_defs,
        *repository.sensor_defs,
    ):
        assert CHINESE.search(described.description or "")
        assert LATIN_WORDS.search(described.description or "")


def test_every_asset_is_made_here_and_leads_to_the_catalogue(graph: AssetGraph) -> None:
    assert not graph.external_asset_keys
    upstream = graph.get_ancestor_asset_keys(dg.AssetKey("catalogue"))
    assert {dg.AssetKey(name) for name in PLAIN_ASSETS - {"catalogue"}} <= upstream
    assert {key for key in graph.get_all_asset_keys() if key.path[0] == "raw"} == {
        dg.AssetKey(["raw", name]) for name in load_raw_tables()
    }


def test_every_dbt_source_is_a_raw_table(manifest: dict) -> None:
    sources = {(source["schema"], source["name"]) for source in manifest["sources"].values()}
    assert sources == {("raw", name) for name in load_raw_tables()}


def test_every_dbt_table_is_the_asset_of_its_name(graph: AssetGraph, manifest: dict) -> None:
    tables = {
        (node["schema"], node["name"])
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed")
    }
    assert tables
    assert {dg.AssetKey(list(table)) for table in tables} <= set(graph.get_all_asset_keys())


def test_every_dbt_test_is_a_check(graph: AssetGraph, manifest: dict) -> None:
    tests = [node["name"] for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    checks = sorted(key.name for key in graph.asset_check_keys)
    own = ["every_document_is_read", "every_portal_answers", "every_portal_yields", "gate"]
    assert len(tests) > 100
    assert checks == sorted([*tests, *own])


def test_singular_test_keeps_the_model_it_names_itself() -> None:
    def build_test(meta: dict) -> dict:
        refs = [{"name": "first"}, {"name": "second"}]
        return {"nodes": {"test.a": {"resource_type": "test", "refs": refs, "config": {"meta": meta}}}}

    own = attach_singular_tests(build_test({"dagster": {"ref": {"name": "second"}}}))
    assert own["nodes"]["test.a"]["config"]["meta"]["dagster"]["ref"]["name"] == "second"
    given = attach_singular_tests(build_test({}))
    assert given["nodes"]["test.a"]["config"]["meta"]["dagster"]["ref"]["name"] == "first"


def test_every_step_is_in_the_pool_of_the_one_writer(definitions: dg.Definitions) -> None:
    repository = definitions.get_repository_def()
    for assets in repository.assets_defs_by_key.values():
        for op in (assets.node_def,):
            assert isinstance(op, dg.OpDefinition)
            # Dagster would retry under a policy even when somebody interrupts the run.
            assert op.retry_policy is None, op.name
            # The crawl takes hours and writes no warehouse; it has a place of its own.
            assert op.pool == (CRAWL_POOL if op.name == "crawled_documents" else WAREHOUSE_POOL), op.name


def test_manifest_is_made_once_and_again_when_the_project_has_changed(location_home: Home) -> None:
    stamp = location_home.root / "dbt" / "manifest" / "stamp.txt"
    manifest = prepare_manifest(location_home, define_dbt_resource())
    before = manifest.stat().st_mtime_ns
    assert prepare_manifest(location_home, define_dbt_resource()).stat().st_mtime_ns == before
    stamp.write_text("another project", encoding="utf-8")
    assert prepare_manifest(location_home, define_dbt_resource()).stat().st_mtime_ns > before
