"""A home with documents, raw tables and small marts of the contract's names, built without dbt for tests of publishing.

The models here are one statement each over the raw tables; the real ones are tested in their own right.
"""

import json
from contextlib import closing
from pathlib import Path

import duckdb

from gongkai.home import Home
from gongkai.pipeline import ingest_folder
from gongkai.settings import Settings
from gongkai.store.parsed import parse_documents
from gongkai.store.reading import ParserVersions
from gongkai.warehouse.load import LoadSummary, build_raw_tables
from tests.gongkai.store.example_parsers import VERSIONS, read_example_document, read_example_reports

SETTINGS = Settings(workers=0)
MODELS = """
CREATE SCHEMA IF NOT EXISTS staging;
CREATE SCHEMA IF NOT EXISTS core;
CREATE SCHEMA IF NOT EXISTS marts;
CREATE SCHEMA IF NOT EXISTS qc;
CREATE OR REPLACE VIEW staging.stg_reports AS SELECT * FROM warehouse.raw.reports;
CREATE OR REPLACE TABLE core.dim_rules AS SELECT 'R1' AS rule_id;
CREATE OR REPLACE TABLE marts.fct_agency_year AS
    SELECT 'unlinked:' || report_id AS agency_id, agency_name, report_year, report_id,
        NULL::VARCHAR AS region_code
    FROM warehouse.staging.stg_reports WHERE status = 'parsed';
CREATE OR REPLACE VIEW marts.agency_year_cells AS
    SELECT agency_id, report_year, printed_text, value
    FROM warehouse.marts.fct_agency_year JOIN warehouse.raw.report_cells USING (report_id);
CREATE OR REPLACE TABLE qc.qc_reports_unplaced AS
    SELECT report_id FROM warehouse.raw.reports WHERE agency_name IS NULL OR report_year IS NULL;
CREATE OR REPLACE TABLE qc.qc_reports_not_parsed AS
    SELECT report_id, status FROM warehouse.raw.reports WHERE status <> 'parsed';
CREATE OR REPLACE TABLE qc.qc_reports_superseded AS
    SELECT report_id FROM warehouse.raw.reports WHERE false;
COMMENT ON TABLE marts.fct_agency_year IS '机关年度。\nOne row an agency and year.';
COMMENT ON COLUMN marts.fct_agency_year.report_year IS '报告年度。';
COMMENT ON VIEW marts.agency_year_cells IS '机关年度与单元格''对应。';
"""


def add_reports(home: Home, texts: dict[str, str]) -> None:
    """Puts documents into the home; a text of agency, year and figure is a report."""
    folder = home.root.parent / "reports"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf8")
    ingest_folder(home, folder)


def load_home(home: Home, settings: Settings = SETTINGS, versions: ParserVersions = VERSIONS) -> LoadSummary:
    """Parses what is new and loads the raw tables."""
    parse_documents(
        home,
        settings,
        read_document=read_example_document,
        read_page_reports=read_example_reports,
        versions=versions,
    )
    return build_raw_tables(home, settings, versions)


def build_models(home: Home) -> Path:
    """Builds the models and leaves the results that dbt would leave; their path."""
    with closing(duckdb.connect(home.warehouse)) as warehouse:
        warehouse.execute(MODELS)
    return write_results(home, {"model.gongkai.fct_agency_year": "success", "test.gongkai.unique": "pass"})


def write_results(home: Home, statuses: dict[str, str]) -> Path:
    """A `run_results.json` with these statuses; its path."""
    path = home.dbt_target / "run_results.json"
    results = [{"unique_id": name, "status": status} for name, status in statuses.items()]
    path.write_text(json.dumps({"results": results}), encoding="utf8")
    return path


def make_dbt_project(folder: Path, text: str = "select 1") -> Path:
    """A folder that stands for the dbt project: only its content counts here."""
    project = folder / "dbt_project"
    project.mkdir(exist_ok=True)
    (project / "model.sql").write_text(text, encoding="utf8")
    return project
