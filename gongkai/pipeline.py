"""The steps from files to published tables. The command line and Dagster call these and nothing deeper.

In order: `ingest_samples`, `ingest_folder`, `ingest_inbox`; `parse_documents`; then, inside one `write_warehouse`,
`load_raw_tables`, dbt (with `dbt_environment`), `publish_warehouse`, `publish_catalogue`. Every step does only what is
new, can be killed at any moment and be run again.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from gongkai.home import Home
from gongkai.settings import PROJECT_ROOT, Settings
from gongkai.store import ingestion, parsed
from gongkai.store.ingestion import IngestSummary
from gongkai.store.parsed import ParseSummary
from gongkai.store.reading import ParseProgress
from gongkai.warehouse import catalogue, load, publish
from gongkai.warehouse.catalogue import CatalogueSummary
from gongkai.warehouse.load import LoadSummary
from gongkai.warehouse.lock import LockHolder, hold_lock
from gongkai.warehouse.publish import PublishSummary

DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"
SAMPLES_DIR = PROJECT_ROOT / "data" / "samples" / "reports"

OnFile = Callable[[Path], None]
OnProgress = Callable[[ParseProgress], None]
OnWait = Callable[[LockHolder | None], None]


def ingest_folder(home: Home, folder: Path, on_file: OnFile | None = None) -> IngestSummary:
    """Adds the bytes of every file under a folder (or of one file) to the documents; nothing in the folder changes.

    Files that cannot be read are problems in the summary, and the rest goes on. A second run over an unchanged folder
    changes nothing. Raises `FileNotFoundError` when there is no such folder.
    """
    return ingestion.ingest_folder(home, folder, "folder", on_file)


def ingest_inbox(home: Home, on_file: OnFile | None = None) -> IngestSummary:
    """Adds what lies in `inbox/`, and removes each file there once its document and sighting are committed.

    Files that are still growing or are named as unfinished (`.part`, `.tmp`, `.crdownload`, `~`) wait for the next
    tick; a file that cannot be read stays, as a problem in the summary.
    """
    return ingestion.ingest_inbox(home, on_file)


def ingest_samples(home: Home, samples: Path = SAMPLES_DIR, on_file: OnFile | None = None) -> IngestSummary:
    """Adds the bundled samples, unless the home has any other document: samples never stand beside real ones."""
    return ingestion.ingest_samples(home, samples, on_file)


def parse_documents(
    home: Home, settings: Settings, on_progress: OnProgress | None = None, on_wait: OnWait | None = None
) -> ParseSummary:
    """Reads every document that has no result of the current parsers; running again reads nothing.

    A document that breaks the parser is a row with status `unreadable` and reason `parser_error`, `parser_crashed` or
    `parser_timeout`; it never stops the others.
    """
    return parsed.parse_documents(home, settings, on_progress, on_wait)


@contextmanager
def write_warehouse(home: Home, on_wait: OnWait | None = None, name: str | None = None) -> Generator[None, None, None]:
    """Holds the one writer's place in the warehouse, whoever started it; a second writer waits.

    `on_wait` gets the holder (null when it has not yet named itself) once for every holder waited for; `name` is what
    others read of this one. Not reentrant: take it once around load, dbt and publish, or once around each of them.
    """
    home.ensure()
    with hold_lock(home.warehouse_lock, on_wait, name):
        yield


def needs_build(home: Home, settings: Settings) -> bool:
    """Whether load, dbt and publish would change anything: new documents, parsers, models, or a published file gone."""
    return publish.needs_build(home, settings, DBT_PROJECT_DIR) or catalogue.needs_catalogue(home)


def load_raw_tables(home: Home, settings: Settings) -> LoadSummary:
    """Builds the schema `raw` of the warehouse from manifest and parsed cache, in one transaction.

    To be called inside `write_warehouse` after `parse_documents`. Raises `LoadError` when a document has no result or
    a key stands twice.
    """
    return load.build_raw_tables(home, settings)


def dbt_environment(home: Home) -> dict[str, str]:
    """The environment variables dbt needs to build this home's warehouse, over those of the process."""
    return {
        "GONGKAI_WAREHOUSE_PATH": str(home.warehouse.resolve()),
        "DBT_PROJECT_DIR": str(DBT_PROJECT_DIR),
        "DBT_PROFILES_DIR": str(DBT_PROJECT_DIR),
        "DBT_TARGET_PATH": str(home.dbt_target.resolve()),
        "DBT_LOG_PATH": str(home.dbt_logs.resolve()),
        # What dbt would say to its own developers takes it a sixth of its time to write.
        "DBT_LOG_LEVEL_FILE": "info",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def publish_warehouse(home: Home, settings: Settings, run_results: Path | None = None) -> PublishSummary:
    """Passes the built warehouse through the gate and replaces the published files by rename.

    `run_results` is dbt's `run_results.json` of the build (default: in `home.dbt_target`). To be called inside
    `write_warehouse`. When the gate fails, `summary.gate.passed` is false, its messages say why, and the last good
    files stay; when nothing has changed, no file is touched. Caches of older parsers are removed after a success.
    """
    results = home.dbt_target / "run_results.json" if run_results is None else run_results
    return publish.publish_warehouse(home, settings, DBT_PROJECT_DIR, results)


def publish_catalogue(home: Home, static_index: Path | None = None) -> CatalogueSummary:
    """Copies dbt's `static_index.html` (made by `dbt docs generate --static`) to `published/catalogue/index.html`.

    Untouched when the catalogue there belongs to the published tables already. Raises `FileNotFoundError` without
    the file.
    """
    source = home.dbt_target / "static_index.html" if static_index is None else static_index
    return catalogue.publish_catalogue(home, source)
