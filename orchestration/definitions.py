"""What Dagster loads: the code location of the home folder that `GONGKAI_HOME` names."""

from gongkai.home import Home
from gongkai.settings import read_settings
from orchestration.location import define_location

settings = read_settings()
defs = define_location(Home(settings.home.resolve()).ensure(), settings)
