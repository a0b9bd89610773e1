"""Runs dbt on DuckDB files of synthetic reports, each build once for all test processes."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.house.tracked import ROOT
from tests.warehouse.synthetic_reports import SyntheticReport, create_raw_tables, insert_register, insert_reports

DBT_PROJECT = ROOT / "dbt_project"


@dataclass(frozen=True)
class DbtBuild:
    """A DuckDB file that dbt has built, with dbt's artifacts."""

    warehouse: Path
    target: Path
    returncode: int
    output: str

    def read_artifact(self, name: str) -> dict[str, Any]:
        """One of dbt's JSON files: `manifest`, `run_results`, `catalog`."""
        return json.loads((self.target / f"{name}.json").read_text(encoding="utf8"))


def run_dbt(warehouse: Path, folder: Path, *command: str, project: Path = DBT_PROJECT) -> DbtBuild:
    """Runs one dbt command on the file, with warnings and deprecations as errors."""
    target = folder / "target"
    places = {
        "project-dir": project,
        "profiles-dir": project,
        "target-path": target,
        "log-path": folder / "logs",
    }
    options = [part for name, place in places.items() for part in (f"--{name}", str(place))]
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from dbt.cli.main import cli; cli()",
            "--warn-error",
            "--no-use-colors",
            *command,
            *options,
        ],
        env={**os.environ, "GONGKAI_WAREHOUSE_PATH": str(warehouse), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    return DbtBuild(warehouse, target, run.returncode, run.stdout + run.stderr)


def build_once(folder: Path, reports: tuple[SyntheticReport, ...]) -> DbtBuild:
    """Builds the reports' warehouse in the folder unless another test process has done so."""
    folder.mkdir(exist_ok=True)
    outcome = folder / "outcome.json"
    with FileLock(folder / "lock"):
        if not outcome.exists():
            warehouse = folder / "warehouse.duckdb"
            create_raw_tables(warehouse)
            insert_register(warehouse)
            insert_reports(warehouse, reports)
            build = run_dbt(warehouse, folder, "build")
            outcome.write_text(json.dumps([build.returncode, build.output]), encoding="utf8")
        returncode, output = json.loads(outcome.read_text(encoding="utf8"))
    return DbtBuild(folder / "warehouse.duckdb", folder / "target", returncode, output)
