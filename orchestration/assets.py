"""The assets beside dbt's: documents, parsed reports, raw tables, published files, catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import dagster as dg
from pydantic import Field

from gongkai import pipeline
from gongkai.store.ingestion import IngestSummary
from gongkai.warehouse.catalogue import needs_catalogue
from gongkai.warehouse.schema import RAW_SCHEMA, RawTable, load_raw_tables
from orchestration.builds import is_built, void_build
from orchestration.checks import GATE_CHECK, READ_CHECK, check_gate, check_reading
from orchestration.dbt import InstalledDbt, generate_docs
from orchestration.failures import Bilingual, fail_step
from orchestration.resources import WAREHOUSE_POOL, Workplace
from orchestration.retries import retry_passing_errors
from orchestration.texts import describe

PUBLISHED_LAYERS = ("core", "marts", "qc")


class IngestConfig(dg.Config):
    """Folders to add beside the inbox; their files stay where they are."""

    folders: list[str] = Field(default_factory=list)


@dg.asset(
    deps=["crawled_documents"],
    group_name="ingestion",
    description=describe("asset.documents"),
    kinds={"file"},
    pool=WAREHOUSE_POOL,
)
def documents(
    context: dg.AssetExecutionContext, config: IngestConfig, workplace: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult:
    """Takes in folders, the inbox and, in a home without other documents, the samples."""
    workplace.take_warehouse()
    home, on_file = workplace.home, workplace.report_file("documents")
    with retry_passing_errors(context):
        summaries = [_ingest_folder(workplace, Path(folder)) for folder in config.folders]
        summaries.append(pipeline.ingest_inbox(home, on_file))
        summaries.append(pipeline.ingest_samples(home, on_file=on_file))
    total = add_summaries(summaries)
    workplace.reporter.record(total)
    problems = [f"{problem.file}: {problem.text.message_zh} | {problem.text.message_en}" for problem in total.problems]
    counts = {name: value for name, value in asdict(total).items() if name != "problems"}
    return dg.MaterializeResult(metadata={**counts, "problems": dg.MetadataValue.json(problems)})


@dg.asset(
    deps=[documents],
    group_name="ingestion",
    description=describe("asset.parsed_reports"),
    kinds={"parquet"},
    check_specs=[READ_CHECK],
    pool=WAREHOUSE_POOL,
)
def parsed_reports(context: dg.AssetExecutionContext, workplace: dg.ResourceParam[Workplace]) -> dg.MaterializeResult:
    """Reads every document that has no result of the current readers."""
    workplace.take_warehouse()
    reporter = workplace.reporter
    with retry_passing_errors(context):
        summary = pipeline.parse_documents(
            workplace.home,
            workplace.settings,
            lambda progress: reporter.progress("parsed_reports", progress.done, progress.total, progress.stage),
            reporter.wait,
        )
    reporter.record(summary)
    counts = {name: value for name, value in asdict(summary).items() if isinstance(value, int)}
    return dg.MaterializeResult(metadata={**counts, **asdict(summary.versions)}, check_results=[check_reading(summary)])


def describe_raw_table(table: RawTable) -> dg.AssetSpec:
    """One raw table as the asset `raw/<table>`; it is skipped, and all after it, when nothing would change."""
    columns = [
        dg.TableColumn(
            column.name,
            column.type,
            f"{column.zh} {column.en}",
            dg.TableColumnConstraints(nullable=column.optional),
        )
        for column in table.columns
    ]
    return dg.AssetSpec(
        [RAW_SCHEMA, table.name],
        deps=[parsed_reports],
        description=f"{table.zh}\n\n{table.en}",
        group_name=RAW_SCHEMA,
        kinds={"duckdb"},
        skippable=True,
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(specs=[describe_raw_table(table) for table in load_raw_tables().values()], pool=WAREHOUSE_POOL)
def raw_tables(
    context: dg.AssetExecutionContext, workplace: dg.ResourceParam[Workplace]
) -> Iterator[dg.MaterializeResult]:
    """Loads the raw tables in one transaction, unless the published files hold all this already."""
    workplace.take_warehouse()
    home, reporter = workplace.home, workplace.reporter
    if not pipeline.needs_build(home, workplace.settings):
        context.log.info("nothing new: the published files stay untouched")
        return
    reporter.progress("raw_tables", 0)
    with retry_passing_errors(context):
        void_build(home)
        summary = pipeline.load_raw_tables(home, workplace.settings)
    reporter.record(summary)
    reporter.progress("raw_tables", len(summary.rows), len(summary.rows))
    for name, rows in summary.rows.items():
        metadata = {"dagster/row_count": rows, "changed": summary.changed, "is_sample": summary.state.is_sample}
        yield dg.MaterializeResult(asset_key=[RAW_SCHEMA, name], metadata=metadata)


def define_published_warehouse(dbt_models: dg.AssetsDefinition) -> dg.AssetsDefinition:
    """The published files, downstream of every table that analysts or the gate look at."""
    published = [key for key in sorted(dbt_models.keys) if key.path[0] in PUBLISHED_LAYERS]

    @dg.asset(
        deps=published,
        group_name="publication",
        description=describe("asset.published_warehouse"),
        kinds={"duckdb", "parquet"},
        check_specs=[GATE_CHECK],
        pool=WAREHOUSE_POOL,
    )
    def published_warehouse(
        context: dg.AssetExecutionContext, workplace: dg.ResourceParam[Workplace]
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult]:
        """Passes the built warehouse through the gate and replaces the published files."""
        workplace.take_warehouse()
        workplace.reporter.progress("published_warehouse", 0)
        if not is_built(workplace.home):
            raise fail_step("step.not_built", "hint.not_built")
        with retry_passing_errors(context):
            summary = pipeline.publish_warehouse(workplace.home, workplace.settings)
        workplace.reporter.record(summary)
        yield check_gate(summary.gate)
        if not summary.gate.passed:
            messages = summary.gate.messages
            raise fail_step(
                "step.gate", "hint.gate", [Bilingual(each.message_zh, each.message_en) for each in messages]
            )
        workplace.reporter.progress("published_warehouse", 1, 1)
        rows = dg.MetadataValue.json(summary.rows)
        yield dg.MaterializeResult(metadata={"changed": summary.changed, "tables": len(summary.rows), "rows": rows})

    return published_warehouse


@dg.asset(
    deps=["published_warehouse"],
    group_name="publication",
    description=describe("asset.catalogue"),
    kinds={"html"},
    pool=WAREHOUSE_POOL,
)
def catalogue(
    context: dg.AssetExecutionContext, dbt: InstalledDbt, workplace: dg.ResourceParam[Workplace]
) -> dg.MaterializeResult:
    """Has dbt describe the built warehouse, and puts the page in its place."""
    workplace.take_warehouse()
    home, reporter = workplace.home, workplace.reporter
    reporter.progress("catalogue", 0)
    with retry_passing_errors(context):
        page = generate_docs(home, dbt) if needs_catalogue(home) else home.catalogue
        summary = pipeline.publish_catalogue(home, page)
    reporter.record(summary)
    reporter.progress("catalogue", 1, 1)
    size = summary.path.stat().st_size
    return dg.MaterializeResult(
        metadata={"changed": summary.changed, "path": dg.MetadataValue.path(summary.path), "byte_size": size}
    )


def add_summaries(summaries: Sequence[IngestSummary]) -> IngestSummary:
    """The sum of several ingestions."""
    return IngestSummary(
        files=sum(summary.files for summary in summaries),
        new_documents=sum(summary.new_documents for summary in summaries),
        new_sightings=sum(summary.new_sightings for summary in summaries),
        known=sum(summary.known for summary in summaries),
        ignored=sum(summary.ignored for summary in summaries),
        waiting=sum(summary.waiting for summary in summaries),
        problems=[problem for summary in summaries for problem in summary.problems],
    )


def _ingest_folder(workplace: Workplace, folder: Path) -> IngestSummary:
    try:
        return pipeline.ingest_folder(workplace.home, folder, workplace.report_file("documents"))
    except FileNotFoundError as error:
        raise fail_step("step.no_folder", "hint.folder", [Bilingual.same(str(folder))]) from error
    except ValueError as error:
        raise fail_step("step.folder_is_home", "hint.folder", [Bilingual.same(str(folder))]) from error
