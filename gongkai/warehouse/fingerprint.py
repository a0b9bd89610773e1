"""What the tables are built from, as hashes: equal inputs need no new build, and no published file is touched."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path

from gongkai.linking.decisions import DECISIONS
from gongkai.linking.expected import EXPECTED_AGENCIES
from gongkai.settings import PROJECT_ROOT, Settings
from gongkai.store.caches import describe_caches
from gongkai.store.manifest import SeenDocument
from gongkai.store.reading import ParserVersions
from gongkai.warehouse.crawl_rows import CrawlRows
from parsers.versions import normalise_lines

WAREHOUSE_CODE = Path(__file__).resolve().parent
LINKING_CODE = WAREHOUSE_CODE.with_name("linking")
REFERENCE_DATA = PROJECT_ROOT / "data" / "reference"
# Written by dbt itself while it runs.
DBT_LEFT_OUT = frozenset({"target", "logs", "dbt_packages", ".user.yml", "__pycache__"})
CODE_LEFT_OUT = frozenset({"__pycache__"})


@dataclass(frozen=True, slots=True)
class BuildFingerprint:
    """What a build comes from: `load` covers the raw tables, `project` the models over them and what publishes them."""

    load: str
    project: str
    carrier_version: str
    form_version: str


def compute_load_fingerprint(
    documents: Iterable[SeenDocument], crawl: CrawlRows, settings: Settings, versions: ParserVersions
) -> str:
    """The hash of the documents in the load with what is known of them, the crawl, the parsers, the code that loads and
    links, the reference data, and the decisions of people."""
    digest = hashlib.sha256()
    digest.update(repr(sorted(crawl.items())).encode("utf8", "backslashreplace"))
    for document in documents:
        digest.update(repr(astuple(document)).encode("utf8", "backslashreplace"))
    digest.update("\n".join(describe_caches(settings, versions)).encode())
    for folder in (WAREHOUSE_CODE, LINKING_CODE, REFERENCE_DATA):
        digest.update(hash_folder(folder, CODE_LEFT_OUT).encode())
    for decisions in (DECISIONS, settings.portals / EXPECTED_AGENCIES):
        digest.update(normalise_lines(decisions.read_bytes()) if decisions.is_file() else b"none")
    digest.update(f"duckdb {version('duckdb')}".encode())
    return digest.hexdigest()


def compute_project_fingerprint(dbt_project: Path) -> str:
    """The hash of the dbt project's files and of dbt's versions."""
    libraries = " ".join(f"{name} {version(name)}" for name in ("dbt-core", "dbt-duckdb", "duckdb"))
    return hashlib.sha256(f"{hash_folder(dbt_project, DBT_LEFT_OUT)} {libraries}".encode()).hexdigest()


def hash_folder(folder: Path, left_out: frozenset[str]) -> str:
    """The hash of every file's path and content under a folder; line ends count as one."""
    digest = hashlib.sha256()
    files = [
        path for path in folder.rglob("*") if path.is_file() and not left_out & set(path.relative_to(folder).parts)
    ]
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        content = normalise_lines(path.read_bytes())
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
