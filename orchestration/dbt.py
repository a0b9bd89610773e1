"""The dbt project as Dagster assets: keys, groups, descriptions, tests as checks, and the one way dbt is run."""

import json
import os
import shutil
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from gongkai import pipeline
from gongkai.home import Home
from gongkai.warehouse.counts import count_tables
from gongkai.warehouse.fingerprint import compute_project_fingerprint
from orchestration.builds import mark_build, void_build
from orchestration.failures import Bilingual, fail_step, read_dbt_failures
from orchestration.resources import WAREHOUSE_POOL, Workplace
from orchestration.retries import request_retry

DBT_STEP = "dbt_models"
# Unit tests hold the models' logic on made-up rows; they belong to the tests, not to every build.
# Seeds are made anew: dbt would fill a table of an older release, whose columns may be others.
BUILD_ARGUMENTS = ("--partial-parse", "build", "--full-refresh", "--exclude-resource-type", "unit_test")
DOCS_ARGUMENTS = ("--partial-parse", "docs", "generate", "--static", "--no-compile")


DbtEvent = dg.Output | dg.AssetMaterialization | dg.AssetObservation | dg.AssetCheckResult | dg.AssetCheckEvaluation


class LayerTranslator(DagsterDbtTranslator):
    """Names every dbt node after its table: `<schema>/<name>`, grouped by layer, described as in its yml."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        if dbt_resource_props["resource_type"] == "seed":
            return "seeds"
        return dbt_resource_props["schema"]

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        # A failed test fails the whole build, so that no check has to hold up a later step by itself.
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return None if spec is None else spec._replace(blocking=False)

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return dbt_resource_props["description"]


class InstalledDbt(DbtCliResource):
    """The dbt that is installed beside this Python, whatever stands on PATH."""

    @cached_property
    def _cli_version(self) -> Version:
        # `dbt --version`, which would be asked otherwise, takes seconds and looks for newer versions on the network.
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:
        # Nothing is read through dbt's adapter here, and to load it into this process takes seconds.
        return None


def define_dbt_resource() -> InstalledDbt:
    """The resource `dbt`: this project, run by the installed dbt."""
    beside = shutil.which("dbt", path=str(Path(sys.executable).parent))
    return InstalledDbt(
        project_dir=pipeline.DBT_PROJECT_DIR,
        profiles_dir=pipeline.DBT_PROJECT_DIR,
        dbt_executable=beside or "dbt",
        global_config_flags=["--no-use-colors"],
    )


@contextmanager
def set_environment(values: Mapping[str, str]) -> Generator[None]:
    """Sets variables of this process's environment for a while: dbt is given its paths in no other way."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def locate_manifest(home: Home) -> Path:
    """Where the manifest is kept that names the assets, apart from what builds write."""
    return home.root / "dbt" / "manifest" / "manifest.json"


def hand_over_parsed(home: Home, target: Path) -> None:
    """Gives a run of dbt the project as parsed for the manifest: dbt compares file by file and parses what differs."""
    parsed = locate_manifest(home).with_name("partial_parse.msgpack")
    target.mkdir(parents=True, exist_ok=True)
    if parsed.is_file():
        shutil.copyfile(parsed, target / parsed.name)


def attach_singular_tests(manifest: dict[str, Any]) -> dict[str, Any]:
    """Says for each singular test over several models which one it judges: the first it names.

    Dagster shows a test as a check only when it belongs to one asset; a test's own `meta.dagster.ref` is kept.
    """
    for node in manifest["nodes"].values():
        if node["resource_type"] != "test" or "test_metadata" in node or not node["refs"]:
            continue
        meta = node["config"].setdefault("meta", {})
        meta.setdefault("dagster", {}).setdefault("ref", {"name": node["refs"][0]["name"]})
    return manifest


def define_dbt_assets(manifest_path: Path) -> dg.AssetsDefinition:
    """Every seed and model as an asset and every data test as a check, built by one `dbt build`."""
    manifest = attach_singular_tests(json.loads(manifest_path.read_bytes()))
    total = sum(node["resource_type"] in ("model", "seed", "test") for node in manifest["nodes"].values())

    @dbt_assets(
        manifest=manifest,
        name=DBT_STEP,
        dagster_dbt_translator=LayerTranslator(),
        pool=WAREHOUSE_POOL,
    )
    def dbt_models(
        context: dg.AssetExecutionContext, dbt: InstalledDbt, workplace: dg.ResourceParam[Workplace]
    ) -> Iterator[DbtEvent]:
        workplace.take_warehouse()
        home = workplace.home
        # Neither the mark nor the results of an earlier build may pass for this one's.
        void_build(home)
        project = compute_project_fingerprint(pipeline.DBT_PROJECT_DIR)
        results = home.dbt_target / "run_results.json"
        results.unlink(missing_ok=True)
        hand_over_parsed(home, home.dbt_target)
        with set_environment(pipeline.dbt_environment(home)):
            invocation = dbt.cli(
                BUILD_ARGUMENTS,
                # dagster-dbt itself asks the newer kind of context for what is deprecated there.
                context=context.op_execution_context,
                raise_on_error=False,
                target_path=home.dbt_target.resolve(),
            )
        events = []
        for done, event in enumerate(invocation.stream(), start=1):
            workplace.reporter.progress(DBT_STEP, min(done, total), total)
            events.append(event)
        # Rows can be counted only when dbt has let go of the file; checks have to come after what they judge.
        rows = count_tables(home) if invocation.is_successful() else {}
        yield from (add_rows(event, manifest, rows) for event in events)
        if not invocation.is_successful():
            failures = read_dbt_failures(results, manifest)
            if not failures:
                # dbt broke off by itself, as when another program has the warehouse open.
                request_retry(context, fail_step("step.dbt_broke_off", "hint.dbt", _quote(invocation.get_error())))
            raise fail_step("step.dbt", "hint.dbt", failures)
        if context.selected_asset_keys == dbt_models.keys:
            mark_build(home, project)

    return dbt_models


def add_rows(event: DbtEvent, manifest: Mapping[str, Any], rows: Mapping[tuple[str, str], int]) -> DbtEvent:
    """The event of a built table with its number of rows; any other event, a view's too, as it is."""
    if not isinstance(event, dg.Output):
        return event
    node = manifest["nodes"][event.metadata["unique_id"].value]
    table = (node["schema"], node["name"])
    if table not in rows:
        return event
    return event.with_metadata({**event.metadata, "dagster/row_count": rows[table]})


def generate_docs(home: Home, dbt: InstalledDbt) -> Path:
    """Runs `dbt docs generate --static` over the built warehouse and what the build compiled; the file it wrote."""
    with set_environment(pipeline.dbt_environment(home)):
        dbt.cli(DOCS_ARGUMENTS, target_path=home.dbt_target.resolve()).wait()
    return home.dbt_target / "static_index.html"


def _quote(error: Exception | None) -> list[Bilingual]:
    return [] if error is None else [Bilingual.same(str(error))]
