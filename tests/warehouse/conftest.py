"""Warehouses of synthetic reports, built by dbt once for all test processes."""

import os
from pathlib import Path

import pytest

from tests.warehouse.dbt_builds import DbtBuild, build_once
from tests.warehouse.synthetic_reports import REPORTS


@pytest.fixture(scope="session")
def builds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that every process of this test run shares, and no other run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def reports_build(builds_folder: Path) -> DbtBuild:
    """The warehouse of all synthetic reports."""
    return build_once(builds_folder / "reports_build", REPORTS)


@pytest.fixture(scope="session")
def empty_build(builds_folder: Path) -> DbtBuild:
    """The warehouse of no report at all."""
    return build_once(builds_folder / "empty_build", ())
