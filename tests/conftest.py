"""What every test may use: the folder of published reports that are not part of the repository."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Examples have no limit of time: a busy machine is no error. Elsewhere than in CI they are drawn anew every time.
if settings.get_current_profile_name() != "ci":
    settings.register_profile("house", deadline=None)
    settings.load_profile("house")


@pytest.fixture(scope="session")
def reports_folder(request: pytest.FixtureRequest) -> Path:
    """The published reports in `GONGKAI_REPORTS`; skipped without them, failed with `GONGKAI_REQUIRE_REPORTS=1`."""
    folder = request.config.rootpath / os.environ.get("GONGKAI_REPORTS", "../shared/reports")
    if folder.is_dir():
        return folder
    message = f"no published reports in `{folder}`; hint: set GONGKAI_REPORTS to the folder that holds them"
    if os.environ.get("GONGKAI_REQUIRE_REPORTS") == "1":
        pytest.fail(message)
    pytest.skip(message)
