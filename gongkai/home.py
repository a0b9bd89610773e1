"""The home folder: every path in it has its one name here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder. `documents/` and `manifest.sqlite` are facts and never rebuilt; all else can be made again."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Files dropped here are ingested and then removed from here."""
        return self.root / "inbox"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def manifest(self) -> Path:
        """Where and when every document was seen (SQLite)."""
        return self.root / "manifest.sqlite"

    @property
    def parsed(self) -> Path:
        """The two cached stages, in Parquet."""
        return self.root / "parsed"

    @property
    def parsed_lock(self) -> Path:
        return self.root / "parsed.lock"

    @property
    def crawl_lock(self) -> Path:
        return self.root / "crawl.lock"

    @property
    def warc(self) -> Path:
        """Answers of portals as they came, when that is asked for."""
        return self.root / "warc"

    @property
    def warehouse(self) -> Path:
        """The private DuckDB file that dbt builds; analysts open `published_warehouse`."""
        return self.root / "warehouse.duckdb"

    @property
    def warehouse_lock(self) -> Path:
        return self.root / "warehouse.lock"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def published_warehouse(self) -> Path:
        return self.published / "gongkai.duckdb"

    @property
    def published_parquet(self) -> Path:
        return self.published / "parquet"

    @property
    def catalogue(self) -> Path:
        return self.published / "catalogue" / "index.html"

    @property
    def dashboard(self) -> Path:
        return self.published / "dashboard"

    @property
    def checksums(self) -> Path:
        """Every published file with its sha256, its rows and what it was built from; written last."""
        return self.published / "checksums.json"

    @property
    def dagster(self) -> Path:
        """Dagster's instance: run history, schedules' and sensors' state."""
        return self.root / "dagster"

    @property
    def dbt_target(self) -> Path:
        """Where dbt writes its artifacts, `run_results.json` and `static_index.html` among them."""
        return self.root / "dbt" / "target"

    @property
    def dbt_logs(self) -> Path:
        return self.root / "dbt" / "logs"

    def document(self, document_id: str) -> Path:
        """Where the bytes of a document are kept, whether or not they are there."""
        return self.documents / document_id[:2] / document_id

    def ensure(self) -> "Home":
        """Makes the folders that are missing and returns itself; an existing home is left as it is."""
        for folder in (self.inbox, self.documents, self.parsed, self.published, self.dagster, self.dbt_target):
            folder.mkdir(parents=True, exist_ok=True)
        return self
