"""dbt's manifest, which names the assets: made when it is missing or the dbt project has changed, else read."""

from pathlib import Path

from filelock import FileLock

from gongkai import pipeline
from gongkai.home import Home
from gongkai.warehouse.fingerprint import compute_project_fingerprint
from orchestration.dbt import InstalledDbt, locate_manifest, set_environment


def prepare_manifest(home: Home, dbt: InstalledDbt) -> Path:
    """The manifest of the dbt project as it stands on disk, kept in the home folder; to make it takes some seconds.

    A stamp beside it says where the project lay and what was in it. Two processes that start together make it once.
    """
    manifest = locate_manifest(home)
    folder, stamp = manifest.parent, manifest.with_name("stamp.txt")
    folder.mkdir(parents=True, exist_ok=True)
    project = pipeline.DBT_PROJECT_DIR
    with FileLock(folder / "manifest.lock"):
        wanted = f"{project.resolve()}\n{compute_project_fingerprint(project)}\n"
        if manifest.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return manifest
        stamp.unlink(missing_ok=True)
        with set_environment(pipeline.dbt_environment(home)):
            dbt.cli(["parse", "--quiet"], target_path=folder.resolve()).wait()
        stamp.write_text(wanted, encoding="utf-8")
    return manifest
