"""One home with dbt's manifest for all tests of the room: parsing the dbt project takes seconds."""

import dagster as dg
import pytest

from gongkai.home import Home
from gongkai.settings import Settings, read_settings
from orchestration.location import define_location


@pytest.fixture(scope="session")
def settings() -> Settings:
    return read_settings(workers=0)


@pytest.fixture(scope="session")
def location_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Home:
    """A home that is shared by the workers of a test run; nothing is ever run in it."""
    base = tmp_path_factory.getbasetemp()
    root = (base if worker_id == "master" else base.parent) / "location_home"
    return Home(root).ensure()


@pytest.fixture(scope="session")
def definitions(location_home: Home, settings: Settings) -> dg.Definitions:
    return define_location(location_home, settings)
