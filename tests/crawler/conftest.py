"""A home folder, settings that let a crawl ask loopback, and portals that end with their test."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from gongkai.home import Home
from gongkai.settings import Settings, read_settings
from tests.crawler.servers import PortalServer, serve_portal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").ensure()


@pytest.fixture(scope="session")
def crawl_settings() -> Settings:
    return read_settings(
        crawl_private_addresses=True, crawl_timeout_seconds=1.5, crawl_patience_seconds=5.0, contact="test@example.cn"
    )


@pytest.fixture
def settings(crawl_settings: Settings) -> Settings:
    return crawl_settings


@pytest.fixture
def open_portal() -> Generator[Callable[[], PortalServer]]:
    with ExitStack() as stack:
        yield lambda: stack.enter_context(serve_portal())
