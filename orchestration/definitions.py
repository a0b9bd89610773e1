"""What Dagster loads: the code location of the home folder that `GONGKAI_HOME` names."""

from contextlib import ExitStack

from gongkai.home import Home
from gongkai.settings import read_settings
from orchestration.history import keep_history_open
from orchestration.location import define_location

# A run of `gongkai ui` is a process that loads this module; its history stays open as long as it lives.
process = ExitStack()
process.enter_context(keep_history_open())
settings = read_settings()
defs = define_location(Home(settings.home.resolve()).ensure(), settings)
