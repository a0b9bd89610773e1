"""Whether the models in the warehouse were built, whole, from the raw tables and the dbt project as they are now.

The steps of two runs can follow one another in any order when somebody materializes single assets. So loading voids
the build, a whole and tested `dbt build` marks it with the project it was made from, and publishing asks for the mark.
Load, build and publish each hold the warehouse, so a mark can only stand for what lies in it.
"""

from gongkai import pipeline
from gongkai.home import Home
from gongkai.warehouse.fingerprint import compute_project_fingerprint

MARK = "built.txt"


def void_build(home: Home) -> None:
    """Takes the mark away: what follows changes the warehouse."""
    (home.dbt_target.parent / MARK).unlink(missing_ok=True)


def mark_build(home: Home, project_fingerprint: str) -> None:
    """Marks the warehouse as built whole from the project of this fingerprint."""
    path = home.dbt_target.parent / MARK
    part = path.with_suffix(".part")
    part.write_text(project_fingerprint, encoding="utf-8")
    part.replace(path)


def is_built(home: Home) -> bool:
    """Whether the mark stands, and for the project as it is on disk now."""
    path = home.dbt_target.parent / MARK
    return path.is_file() and path.read_text(encoding="utf-8") == compute_project_fingerprint(pipeline.DBT_PROJECT_DIR)
