"""What must hold before the built tables are published; otherwise the last good files stay.

dbt's tests have passed; every report is accounted for; no report year has vanished or shrunk since the last published
file; the parser has not failed on many documents. Every refusal says what was found and how to go on.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from gongkai.settings import Settings

MART = "marts.fct_agency_year"
UNPLACED = "qc.qc_reports_unplaced"
NOT_PARSED = "qc.qc_reports_not_parsed"
SUPERSEDED = "qc.qc_reports_superseded"
# Reports that have a place in the mart when agency and year are printed; others hold no report.
COUNTED_STATUSES = ("parsed", "no_tables")
PARSER_FAILURES = ("parser_error", "parser_crashed", "parser_timeout")
# Below this, one broken file among a handful would already be a large share.
SHARES_FROM_DOCUMENTS = 20
BAD_OUTCOMES = frozenset({"error", "fail", "runtime error"})
NAMES_SHOWN = 5

YearRows = dict[int, int]
RegionRows = dict[str, int]


@dataclass(frozen=True, slots=True)
class PublishedRows:
    """Rows of the mart in the last published file: by report year, and of linked agencies by county or region above."""

    years: YearRows
    regions: RegionRows


@dataclass(frozen=True, slots=True)
class GateMessage:
    """One reason why the gate refuses, with the remedy, in both languages."""

    code: str
    message_zh: str
    message_en: str
    hint_zh: str
    hint_en: str


@dataclass(frozen=True, slots=True)
class GateReport:
    """The gate's judgement; it passes when it has nothing to say."""

    messages: tuple[GateMessage, ...]

    @property
    def passed(self) -> bool:
        return not self.messages


def check_gate(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, run_results: Path, published: PublishedRows | None
) -> GateReport:
    """Judges a built warehouse; `published` are the rows of the last file, null without one.

    The tables are looked at only when dbt has built and tested them all.
    """
    messages = tuple(check_dbt(run_results))
    if messages:
        return GateReport(messages)
    found = [*check_reports(warehouse), *check_parser(warehouse, settings)]
    if published is not None and not settings.allow_fewer_rows:
        built = count_published(warehouse, "warehouse")
        found.extend(check_years(built.years, published.years, settings.max_row_loss_share))
        found.extend(check_regions(built.regions, published.regions))
    return GateReport(tuple(found))


def check_dbt(run_results: Path) -> Iterator[GateMessage]:
    """Whether dbt has built everything and all its tests have passed; warnings do not refuse."""
    if not run_results.is_file():
        yield GateMessage(
            "dbt_not_run",
            "没有 dbt 的运行结果",
            f"dbt has left no results: `{run_results.name}` is missing",
            "请先运行 dbt build；`gongkai run` 会自动完成",
            "run `dbt build` first; `gongkai run` does it by itself",
        )
        return
    results = json.loads(run_results.read_text(encoding="utf8"))["results"]
    failed = [result["unique_id"] for result in results if result["status"] in BAD_OUTCOMES]
    if failed:
        names = _show_names(failed)
        yield GateMessage(
            "dbt_failed",
            f"dbt 有 {len(failed)} 个模型或检验未通过：{names}",
            f"{len(failed)} dbt models or tests failed: {names}",
            "请查看 `dbt/target/run_results.json` 中的说明，改正后重新运行",
            "the messages stand in `dbt/target/run_results.json`; mend the cause and run again",
        )
    skipped = [result["unique_id"] for result in results if result["status"] == "skipped"]
    if skipped and not failed:
        names = _show_names(skipped)
        yield GateMessage(
            "dbt_skipped",
            f"dbt 跳过了 {len(skipped)} 个模型或检验：{names}",
            f"{len(skipped)} dbt models or tests were skipped: {names}",
            "请重新运行完整的 dbt build",
            "run the whole `dbt build` again",
        )


def check_reports(warehouse: duckdb.DuckDBPyConnection) -> Iterator[GateMessage]:
    """Whether every report is in the mart once, or named as unplaced, as superseded, or as no report by its status."""
    statuses = ", ".join(f"'{status}'" for status in COUNTED_STATUSES)
    lost = warehouse.execute(
        f"""
        SELECT report_id FROM raw.reports
        ANTI JOIN {MART} USING (report_id)
        ANTI JOIN {UNPLACED} USING (report_id)
        ANTI JOIN {SUPERSEDED} USING (report_id)
        ANTI JOIN (SELECT report_id FROM {NOT_PARSED} WHERE status NOT IN ({statuses})) USING (report_id)
        ORDER BY report_id
        """
    ).fetchall()
    if lost:
        names = _show_names([row[0] for row in lost])
        yield GateMessage(
            "reports_lost",
            f"有 {len(lost)} 份年报不在 `{MART}`、`{UNPLACED}`、`{SUPERSEDED}` 和 `{NOT_PARSED}` 中的任何一个：{names}",
            f"{len(lost)} reports are in none of `{MART}`, `{UNPLACED}`, `{SUPERSEDED}` and `{NOT_PARSED}`: {names}",
            "模型丢失了年报，请检查中间模型的连接条件",
            "a model drops reports; look at the joins of the intermediate models",
        )
    rows, reports, expected = warehouse.execute(
        f"""
        SELECT
            (SELECT count(*) FROM {MART}),
            (SELECT count(DISTINCT report_id) FROM {MART}),
            (SELECT count(*) FROM raw.reports
             WHERE status IN ({statuses}) AND agency_name IS NOT NULL AND report_year IS NOT NULL)
            - (SELECT count(*) FROM {SUPERSEDED})
        """
    ).fetchall()[0]
    if rows != reports or rows != expected:
        yield GateMessage(
            "mart_rows",
            f"`{MART}` 有 {rows} 行、{reports} 份年报，应为 {expected} 份",
            f"`{MART}` has {rows} rows of {reports} reports: {expected} were expected",
            "模型重复或丢失了年报，请检查连接条件",
            "a model doubles or drops reports; look at its joins",
        )


def check_parser(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[GateMessage]:
    """Whether the parser itself failed on more documents than the bound allows."""
    reasons = ", ".join(f"'{reason}'" for reason in PARSER_FAILURES)
    documents, failed = warehouse.execute(
        f"""
        SELECT
            count(DISTINCT document_id),
            count(DISTINCT document_id) FILTER (WHERE status_reason IN ({reasons}))
        FROM raw.report_documents JOIN raw.reports USING (report_id)
        """
    ).fetchall()[0]
    if documents >= SHARES_FROM_DOCUMENTS and failed > documents * settings.max_failed_share:
        yield GateMessage(
            "parser_failures",
            f"解析程序在 {documents} 个文件中的 {failed} 个上出错，上限为 {settings.max_failed_share:.0%}",
            f"the parser failed on {failed} of {documents} documents: the bound is {settings.max_failed_share:.0%}",
            "请查看 `raw.reports` 的 `status_detail`；确认可接受时提高 `GONGKAI_MAX_FAILED_SHARE`",
            "see `status_detail` in `raw.reports`; raise `GONGKAI_MAX_FAILED_SHARE` if it is acceptable",
        )


def check_years(built: YearRows, published: YearRows, max_loss: float) -> Iterator[GateMessage]:
    """Whether a report year of the last published file is missing, or has lost more rows than the bound allows.

    Documents are never removed, so rows fall only when a parser or a model reads fewer reports than before.
    """
    hint_zh = "如确认无误，请设置 `GONGKAI_ALLOW_FEWER_ROWS=1` 后重新运行"
    hint_en = "if this is as it should be, run again with `GONGKAI_ALLOW_FEWER_ROWS=1`"
    for year, before in sorted(published.items()):
        if year not in built:
            yield GateMessage(
                "year_missing",
                f"上次发布的 {year} 年度（{before} 行）不见了",
                f"report year {year} is missing: the last published file has {before} rows of it",
                hint_zh,
                hint_en,
            )
        elif built[year] < before * (1 - max_loss):
            yield GateMessage(
                "year_shrunk",
                f"{year} 年度由 {before} 行减少到 {built[year]} 行，上限为减少 {max_loss:.0%}",
                f"report year {year} has fallen from {before} to {built[year]} rows: the bound is {max_loss:.0%}",
                hint_zh,
                hint_en,
            )


def check_regions(built: RegionRows, published: RegionRows) -> Iterator[GateMessage]:
    """Whether a region that had linked agencies in the last published file has none now."""
    emptied = sorted(region for region in published if region not in built)
    if emptied:
        names = _show_names(emptied)
        yield GateMessage(
            "region_emptied",
            f"上次发布中有机关的 {len(emptied)} 个地区现在一个机关也没有：{names}",
            f"{len(emptied)} regions that had agencies in the last published file have none: {names}",
            "请查看 `core.report_links` 中未关联的原因；如确认无误，请设置 `GONGKAI_ALLOW_FEWER_ROWS=1` 后重新运行",
            "`core.report_links` says why reports are not linked; if this is as it should be, run again with"
            " `GONGKAI_ALLOW_FEWER_ROWS=1`",
        )


def count_published(connection: duckdb.DuckDBPyConnection, catalog: str) -> PublishedRows:
    """Rows of the mart by report year, and by region where an agency is linked."""
    years = connection.execute(f"SELECT report_year, count(*) FROM {catalog}.{MART} GROUP BY ALL").fetchall()
    regions = connection.execute(
        f"SELECT region_code, count(*) FROM {catalog}.{MART} WHERE region_code IS NOT NULL GROUP BY ALL"
    ).fetchall()
    return PublishedRows(dict(years), dict(regions))


def _show_names(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:NAMES_SHOWN])
    return f"{shown}, …" if len(names) > NAMES_SHOWN else shown
